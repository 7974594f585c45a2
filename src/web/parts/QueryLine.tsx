/**
 * The line on top of every view of mentions: a text query, the period, and a chip for each filter that is on.
 *   <QueryLine project={project.id} sentence={problemOfTheQuery}>buttons at the right</QueryLine>
 * `onAll` offers the panel of all filters (FilterSheet). It reads and writes the address through useFilter(); the screen only asks useFilter().filter.
 */
import { Menu, Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTopics } from '../api/queries.ts'
import { sourcesQuery } from '../sources/queries.ts'
import { checkQuery } from '../topics/queries.ts'
import { topicColor } from '../look/colors.ts'
import { Icon } from '../look/icons.tsx'
import { Chooser } from './Chooser.tsx'
import { facetLabel, facetOptions, useFacets } from './facets.ts'
import { type FacetName, facetNames, listOf, marks, noFilters, toggled, useFilter } from './filter.ts'
import { useFormat } from './format.ts'
import { useKeys } from './keys.ts'
import { PeriodChip } from './PeriodChip.tsx'
import { repaired, repairWords } from './repair.ts'
import styles from './QueryLine.module.css'

export function QueryLine({
  project,
  sentence,
  onAll,
  children,
}: {
  project: number
  sentence?: string | null
  onAll?: () => void
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const { search, set, count } = useFilter()
  const [adding, setAdding] = useState<FacetName | null>(null)
  const withoutSpam = listOf(search.without).includes('spam')
  const shown = facetNames.filter((name) => search[name] !== undefined || name === adding)
  return (
    <>
      <div className={styles.line}>
        <TextQuery
          value={search.q ?? ''}
          wrong={sentence != null}
          onChange={(q) => set({ q: q === '' ? undefined : q })}
        />
        <PeriodChip />
        {shown.map((name) => (
          <FacetChip
            key={name}
            project={project}
            facet={name}
            openFirst={name === adding}
            onClosed={() => setAdding(null)}
          />
        ))}
        {(['author', 'cluster'] as const).map(
          (name) =>
            search[name] !== undefined && (
              <Chip
                key={name}
                label={t(`filter.${name}`)}
                value={name === 'author' ? search[name] : t('filter.sameText')}
                onRemove={() => set({ [name]: undefined })}
              />
            ),
        )}
        {search.sourceId !== undefined && (
          <SourceChip project={project} ids={listOf(search.sourceId)} onRemove={() => set({ sourceId: undefined })} />
        )}
        {search.mark !== undefined && (
          <Chip label={t('filter.mark')} value={t(`filter.${search.mark}`)} onRemove={() => set({ mark: undefined })} />
        )}
        <Menu>
          <Menu.Target>
            <button type="button" className={styles.add} aria-label={t('filter.add')} title={t('filter.add')}>
              <Icon name="filter" /> {count === 0 && <span>{t('filter.filter')}</span>}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {onAll !== undefined && (
              <>
                <Menu.Item rightSection={<kbd className={styles.kbd}>f</kbd>} onClick={onAll}>
                  {t('filter.all')}
                </Menu.Item>
                <Menu.Divider />
              </>
            )}
            {facetNames.map((name) => (
              <Menu.Item key={name} onClick={() => setAdding(name)}>
                {t(`filter.${name}`)}
              </Menu.Item>
            ))}
            <Menu.Divider />
            {marks.map((mark) => (
              <Menu.Item key={mark} onClick={() => set({ mark })}>
                {t(`filter.${mark}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <button
          type="button"
          className={styles.add}
          aria-pressed={withoutSpam}
          data-on={withoutSpam || undefined}
          title={t('filter.withoutSpamHelp')}
          onClick={() => set({ without: toggled(search.without, 'spam') })}
        >
          {withoutSpam && <Icon name="check" size={12} />} {t('filter.withoutSpam')}
        </button>
        {(count > 0 || search.from !== undefined || search.period !== undefined) && (
          <button type="button" className={styles.clear} onClick={() => set(noFilters)}>
            {t('filter.clear')}
          </button>
        )}
        {children !== undefined && <div className={styles.right}>{children}</div>}
      </div>
      {sentence != null && sentence !== '' && (
        <p className={styles.sentence} role="alert">
          {sentence} <Repair project={project} text={search.q ?? ''} onRepair={(q) => set({ q })} />
        </p>
      )}
    </>
  )
}

function TextQuery({ value, wrong, onChange }: { value: string; wrong: boolean; onChange: (text: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => setText(value), [value])
  useKeys(t('filter.keys'), [{ keys: '/', does: t('filter.keyQuery'), run: () => input.current?.select() }])
  return (
    <form
      className={styles.query}
      role="search"
      data-wrong={wrong || undefined}
      onSubmit={(event) => {
        event.preventDefault()
        onChange(text.trim())
        input.current?.blur()
      }}
    >
      <Icon name="search" />
      <input
        ref={input}
        value={text}
        placeholder={t('filter.query')}
        aria-label={t('filter.query')}
        aria-invalid={wrong}
        spellCheck={false}
        autoComplete="off"
        enterKeyHint="search"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          setText(value)
          event.currentTarget.blur()
        }}
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={t('filter.clearQuery')}
          onClick={() => {
            setText('')
            onChange('')
          }}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </form>
  )
}

/** What is wrong can mostly be put right with one press. */
function Repair({ project, text, onRepair }: { project: number; text: string; onRepair: (text: string) => void }) {
  const { t, i18n } = useTranslation()
  const check = useQuery(checkQuery(project, text, i18n.language))
  const broken = check.data?.problems.find(({ severity, repair }) => severity === 'error' && repair !== null)
  if (broken === undefined || broken.repair === null) return null
  const { repair } = broken
  return (
    <button type="button" className={styles.repair} onClick={() => onRepair(repaired(text, repair))}>
      {repairWords(t, text, repair)}
    </button>
  )
}

/** A source is asked for by its number, so the link still holds when it is renamed; people read its name. */
function SourceChip({ project, ids, onRemove }: { project: number; ids: readonly string[]; onRemove: () => void }) {
  const { t } = useTranslation()
  const sources = useQuery(sourcesQuery(project)).data
  const names = ids.map((id) => sources?.find((source) => String(source.id) === id)?.name ?? `№ ${id}`)
  return <Chip label={t('filter.source')} value={names.join(', ')} onRemove={onRemove} />
}

function FacetChip({
  project,
  facet,
  openFirst,
  onClosed,
}: {
  project: number
  facet: FacetName
  openFirst: boolean
  onClosed: () => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const { search, filter, set } = useFilter()
  const [open, setOpen] = useState(openFirst)
  const facets = useFacets(project, filter, open || facet === 'topic')
  const topics = useTopics(project).data ?? []
  const chosen = listOf(search[facet])
  const nameOf = (value: string) =>
    facet === 'topic' ? (topics.find(({ id }) => String(id) === value)?.name ?? value) : facetLabel(t, f, facet, value)
  const options = facetOptions(t, f, facet, facets.data).map((option) => {
    const topic = facet === 'topic' ? topics.find(({ id }) => String(id) === option.value) : undefined
    return topic === undefined
      ? option
      : { ...option, mark: <i className={styles.dot} style={{ background: topicColor(topic.color) }} /> }
  })
  const missing = chosen
    .filter((value) => !options.some((option) => option.value === value))
    .map((value) => ({ value, label: nameOf(value) }))
  return (
    <Popover
      opened={open}
      onChange={(next) => {
        setOpen(next)
        if (!next) onClosed()
      }}
      position="bottom-start"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Chip
          label={t(`filter.${facet}`)}
          value={
            chosen.length === 0
              ? t('filter.any')
              : chosen.length > 2
                ? t('filter.several', { count: chosen.length })
                : chosen.map(nameOf).join(', ')
          }
          onOpen={() => setOpen(!open)}
          {...(chosen.length === 0 ? {} : { onRemove: () => set({ [facet]: undefined }) })}
        />
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <Chooser
          label={t(`filter.${facet}`)}
          options={[...missing, ...options]}
          chosen={chosen}
          multiple
          empty={facets.isPending ? t('states.loading') : t('filter.noValues')}
          onChoose={(value) => set({ [facet]: toggled(search[facet], value) })}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

export function Chip({
  label,
  value,
  onOpen,
  onRemove,
  plain = false,
  ref,
}: {
  label: string
  value: string
  onOpen?: () => void
  onRemove?: () => void
  /** The value says it all, so the label gives way on a phone. */
  plain?: boolean
  ref?: Ref<HTMLSpanElement>
}) {
  const { t } = useTranslation()
  const words = (
    <>
      <span className={styles.of}>{label}</span> <bdi className={styles.value}>{value}</bdi>
    </>
  )
  return (
    <span
      className={styles.chip}
      ref={ref}
      data-on={onRemove !== undefined || undefined}
      data-plain={plain || undefined}
    >
      {onOpen === undefined ? (
        <span className={styles.words}>{words}</span>
      ) : (
        <button type="button" className={styles.words} onClick={onOpen} aria-haspopup="dialog">
          {words}
        </button>
      )}
      {onRemove !== undefined && (
        <button
          type="button"
          className={styles.remove}
          aria-label={t('filter.remove', { what: label })}
          onClick={onRemove}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  )
}
