import { Button, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueryImport, QueryToImport } from '../../serve/api/shapes/query-import.ts'
import { send } from '../api/client.ts'
import { Icon } from '../look/icons.tsx'
import { tell } from '../parts/notices.ts'
import { Sheet } from '../parts/Sheet.tsx'
import { Answer } from '../parts/states.tsx'
import styles from './ImportQuery.module.css'

const tools: readonly { tool: QueryToImport['from']; name: string }[] = [
  { tool: 'brandwatch', name: 'Brandwatch' },
  { tool: 'talkwalker', name: 'Talkwalker' },
  { tool: 'meltwater', name: 'Meltwater' },
  { tool: 'youscan', name: 'YouScan' },
  { tool: 'brand-analytics', name: 'Brand Analytics' },
]
const readAfterMs = 300

/** A query from another tool, read by the rules of that tool; what changed and what is lost stands below, before it is taken. */
export function ImportQuery({ current, onTake }: { current: string; onTake: (query: string) => void }) {
  const { t, i18n } = useTranslation()
  const [open, setOpen] = useState(false)
  const [original, setOriginal] = useState('')
  const [from, setFrom] = useState<QueryToImport['from']>('brandwatch')
  const [toRead] = useDebouncedValue(original, readAfterMs)
  const read = useQuery(importQuery(toRead, from, i18n.language))
  const field = useRef<HTMLTextAreaElement>(null)
  const isFresh = toRead === original && !read.isPlaceholderData

  function showPlace(start: number, end: number) {
    field.current?.focus()
    field.current?.setSelectionRange(start, end)
  }

  return (
    <>
      <button type="button" className={styles.open} onClick={() => setOpen(true)}>
        {t('importQuery.open')}
      </button>
      <Sheet open={open} title={t('importQuery.open')} onClose={() => setOpen(false)}>
        <div className={styles.sheet}>
          <fieldset className={styles.tools}>
            <legend>{t('importQuery.tool')}</legend>
            {tools.map(({ tool, name }) => (
              <label key={tool}>
                <input type="radio" name="tool" checked={tool === from} onChange={() => setFrom(tool)} />
                {name}
              </label>
            ))}
          </fieldset>
          <Textarea
            ref={field}
            label={t('importQuery.original')}
            placeholder={t('importQuery.originalPlace')}
            classNames={{ input: styles.original ?? '' }}
            value={original}
            autosize
            minRows={5}
            maxRows={10}
            spellCheck={false}
            data-autofocus
            onChange={(event) => setOriginal(event.currentTarget.value)}
          />
          {original.trim() !== '' && (
            <Answer of={read} rows={3}>
              {(imported) => (
                <div className={styles.result} aria-live="polite" data-fresh={isFresh}>
                  <Result imported={imported} original={toRead} onShow={showPlace} />
                  <div className={styles.take}>
                    <Button
                      variant="filled"
                      size="sm"
                      disabled={!isFresh || imported.printed === ''}
                      onClick={() => {
                        onTake(imported.printed)
                        setOpen(false)
                        tell(t('importQuery.taken'))
                      }}
                    >
                      {t('importQuery.take')}
                    </Button>
                    {current.trim() !== '' && <p className={styles.hint}>{t('importQuery.replaces')}</p>}
                  </div>
                </div>
              )}
            </Answer>
          )}
        </div>
      </Sheet>
    </>
  )
}

function Result({
  imported: { printed, notes },
  original,
  onShow,
}: {
  imported: QueryImport
  original: string
  onShow: (start: number, end: number) => void
}) {
  const { t } = useTranslation()
  return (
    <>
      <h3>{t('importQuery.result')}</h3>
      {printed === '' ? (
        <p className={styles.hint}>{t('importQuery.nothing')}</p>
      ) : (
        <pre className={styles.printed}>
          <bdi>{printed}</bdi>
        </pre>
      )}
      {notes.length === 0 && <p className={styles.hint}>{t('importQuery.meansSame')}</p>}
      {(['lost', 'changed', 'kept'] as const).map((severity) => {
        // That nothing is left already stands in the place of the result.
        const some = notes.filter((note) => note.severity === severity && note.key !== 'nothing-left')
        return (
          some.length > 0 && (
            <details key={severity} open={severity !== 'kept'} className={styles.notes}>
              <summary>{t(`importQuery.${severity}`, { count: some.length })}</summary>
              <ul>
                {some.map(({ key, start, end, times, message }) => (
                  <li key={`${key} ${start} ${message}`} data-severity={severity}>
                    <Part part={original.slice(start, end)} whole={original} onShow={() => onShow(start, end)} />
                    {times > 1 && <span className={styles.times}>{t('importQuery.times', { count: times })}</span>}
                    <p>{message}</p>
                  </li>
                ))}
              </ul>
            </details>
          )
        )
      })}
    </>
  )
}

const longestPart = 40

function Part({ part, whole, onShow }: { part: string; whole: string; onShow: () => void }) {
  const { t } = useTranslation()
  if (part === whole) return <span className={styles.hint}>{t('importQuery.wholeQuery')}</span>
  const shown = part.length > longestPart ? `${part.slice(0, longestPart - 1)}…` : part
  return (
    <button type="button" className={styles.part} aria-label={t('importQuery.show', { part: shown })} onClick={onShow}>
      <code>
        <bdi>{shown}</bdi>
      </code>
      <Icon name="search" size={12} />
    </button>
  )
}

/** Language is part of the key: what changed is worded by the server. */
function importQuery(query: string, from: QueryToImport['from'], language: string) {
  return queryOptions({
    queryKey: ['import-query', from, query, language],
    queryFn: ({ signal }) =>
      send<QueryImport>('POST', '/query/import', { query, from } satisfies QueryToImport, { signal }),
    enabled: query.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
}
