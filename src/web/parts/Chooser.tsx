/**
 * A search box over a list of values: filters, tags, projects, members.
 *   <Chooser label={t('…')} options={[{ value, label, count?, mark?, hint? }]} chosen={['a']} onChoose={(value) => …}
 *            onCreate={(text) => …} createWords={(text) => t('…', { text })} multiple
 *            onType={look} more={found} />
 * Arrows move, Enter chooses; put it into a Popover or a Sheet.
 */
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../look/icons.tsx'
import { useFormat } from './format.ts'
import styles from './Chooser.module.css'

export type Option = { value: string; label: string; count?: number; mark?: ReactNode; hint?: string; tail?: ReactNode }

export function Chooser({
  label,
  options,
  chosen = [],
  onChoose,
  onCreate,
  createWords,
  multiple = false,
  empty,
  onType,
  more = [],
}: {
  label: string
  options: readonly Option[]
  chosen?: readonly string[]
  onChoose: (value: string) => void
  onCreate?: (text: string) => void
  createWords?: (text: string) => string
  multiple?: boolean
  empty?: string
  /** Hears what stands in the box. */
  onType?: (text: string) => void
  /** What was looked for with it elsewhere; stands behind the options. */
  more?: readonly Option[]
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const wanted = text.trim().toLocaleLowerCase()
  const found = [...(wanted === '' ? options : bestFirst(options, wanted)), ...more]
  const creates =
    onCreate !== undefined && wanted !== '' && !options.some((option) => option.label.toLocaleLowerCase() === wanted)
  const size = found.length + (creates ? 1 : 0)
  const current = Math.min(at, size - 1)

  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const choose = (index: number) => {
    const option = found[index]
    if (option !== undefined) onChoose(option.value)
    else if (creates) onCreate(text.trim())
    if (option === undefined || !multiple) setText('')
    // The next word that is typed is about the next value.
    else input.current?.select()
  }
  return (
    <div className={styles.chooser}>
      <input
        ref={input}
        className={styles.input}
        placeholder={label}
        aria-label={label}
        value={text}
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={size > 0 ? `${id}-${current}` : undefined}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.currentTarget.value)
          onType?.(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            setAt((current + (event.key === 'ArrowDown' ? 1 : -1) + Math.max(size, 1)) % Math.max(size, 1))
          }
          // It closes the box it stands in, not what lies behind.
          if (event.key === 'Escape') event.stopPropagation()
          if (event.key === 'Enter') {
            event.preventDefault()
            choose(current)
          }
        }}
      />
      <div
        className={styles.list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        aria-multiselectable={multiple}
        ref={list}
      >
        {found.map((option, index) => (
          <button
            type="button"
            tabIndex={-1}
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={chosen.includes(option.value)}
            className={styles.option}
            data-current={index === current || undefined}
            onPointerMove={() => setAt(index)}
            onClick={() => choose(index)}
          >
            <span
              className={styles.check}
              data-multiple={multiple || undefined}
              data-on={chosen.includes(option.value) || undefined}
            >
              {chosen.includes(option.value) && <Icon name="check" size={12} />}
            </span>
            {option.mark}
            <bdi className={styles.name}>{option.label}</bdi>
            {option.hint !== undefined && <span className={styles.hint}>{option.hint}</span>}
            {option.tail}
            {option.count !== undefined && <span className={styles.count}>{f.number(option.count)}</span>}
          </button>
        ))}
        {creates && (
          <button
            type="button"
            tabIndex={-1}
            id={`${id}-${found.length}`}
            role="option"
            aria-selected={false}
            className={styles.option}
            data-current={current === found.length || undefined}
            onClick={() => choose(found.length)}
          >
            <Icon name="plus" />
            <span className={styles.name}>{createWords?.(text.trim()) ?? text}</span>
          </button>
        )}
        {size === 0 && (
          <p className={styles.nothing}>{wanted === '' && empty !== undefined ? empty : t('common.nothingFound')}</p>
        )}
      </div>
    </div>
  )
}

/** Those that have what was typed: at the beginning, at the beginning of a word, anywhere in the name, in the hint. */
function bestFirst(options: readonly Option[], wanted: string): Option[] {
  const rank = ({ label, hint = '' }: Option) => {
    const name = label.toLocaleLowerCase()
    if (name.startsWith(wanted)) return 0
    if (name.includes(` ${wanted}`)) return 1
    return name.includes(wanted) ? 2 : hint.toLocaleLowerCase().includes(wanted) ? 3 : null
  }
  return options
    .map((option) => ({ option, rank: rank(option) }))
    .filter((one): one is { option: Option; rank: 0 | 1 | 2 | 3 } => one.rank !== null)
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ option }) => option)
}
