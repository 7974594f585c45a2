import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { useProject } from '../api/queries.ts'
import { MentionLine, placesIn } from '../inbox/MentionRow.tsx'
import { MentionText } from '../inbox/MentionText.tsx'
import { Why } from '../inbox/Why.tsx'
import { useKeys } from '../parts/keys.ts'
import { mayWork } from '../parts/roles.ts'
import { MarkButtons } from './MarkButtons.tsx'
import styles from './MarkList.module.css'
import type { Marks } from './marks.ts'

/**
 * Posts to read and to mark, with the mouse or with j, k, w, u and y. A press opens the whole text in its place, and why the query
 * finds it or does not.
 */
export function MarkList({
  mentions,
  marks,
  query,
  label,
}: {
  mentions: readonly Mention[]
  marks: Marks
  query: string
  label: string
}) {
  const { t } = useTranslation()
  const marker = mayWork(useProject().role)
  const [cursor, setCursor] = useState<string | null>(null)
  const [opened, setOpened] = useState<string | null>(null)
  const [explained, setExplained] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const at = mentions.findIndex(({ id }) => id === cursor)
  const current = mentions[at]

  useEffect(() => {
    list.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' })
  }, [cursor, opened])
  const moveTo = (index: number) => {
    const mention = mentions[Math.max(0, Math.min(index, mentions.length - 1))]
    if (mention === undefined) return
    // What had the focus would take Enter for itself.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setCursor(mention.id)
  }
  const mark = (wanted: boolean) => {
    if (current === undefined) return
    marks.set(current, marks.of(current.id) === wanted ? null : wanted)
    if (marks.of(current.id) === null) moveTo(at + 1)
  }
  const toggle = (id: string) => setOpened((before) => (before === id ? null : id))
  const explain = () => {
    if (current === undefined) return
    setOpened(current.id)
    setExplained(opened === current.id && explained === current.id ? null : current.id)
  }
  const off = current === undefined
  useKeys(t('topics.keys'), [
    { keys: 'j', also: 'ArrowDown', does: t('inbox.next'), off: mentions.length === 0, run: () => moveTo(at + 1) },
    { keys: 'k', also: 'ArrowUp', does: t('inbox.previous'), off: mentions.length === 0, run: () => moveTo(at - 1) },
    { keys: 'Enter', does: t('topics.openWhole'), off, run: () => current !== undefined && toggle(current.id) },
    { keys: 'y', does: t('topics.whyKey'), off, run: explain },
    { keys: 'w', does: t('topics.wantedKey'), off: off || !marker, run: () => mark(true) },
    { keys: 'u', does: t('topics.unwantedKey'), off: off || !marker, run: () => mark(false) },
  ])

  return (
    <ul ref={list} className={styles.list} aria-label={label}>
      {mentions.map((mention) => (
        <li
          key={mention.id}
          data-current={mention.id === cursor || undefined}
          data-open={mention.id === opened || undefined}
          className={styles.row}
        >
          <div className={styles.line}>
            <MentionLine
              mention={mention}
              onOpen={() => {
                setCursor(mention.id)
                toggle(mention.id)
              }}
            />
            {mention.id === opened && <Whole mention={mention} query={query} isExplained={mention.id === explained} />}
          </div>
          {marker && (
            <MarkButtons
              wanted={marks.of(mention.id)}
              onMark={(wanted) => {
                setCursor(mention.id)
                marks.set(mention, wanted)
              }}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

function Whole({ mention, query, isExplained }: { mention: Mention; query: string; isExplained: boolean }) {
  const { t } = useTranslation()
  const project = useProject()
  return (
    <div className={styles.whole} lang={mention.lang ?? undefined}>
      {mention.title !== null && (
        <strong>
          <MentionText text={mention.title} places={placesIn(mention, 'title')} />
        </strong>
      )}
      <MentionText text={mention.text} places={placesIn(mention, 'text')} />
      <Why key={String(isExplained)} mention={mention.id} query={query} isOpen={isExplained} />
      <p className={styles.links}>
        {mention.topics.length > 0 && (
          <Link to="/projects/$project/inbox" params={{ project: String(project.id) }} search={{ open: mention.id }}>
            {t('topics.inInbox')}
          </Link>
        )}
        {mention.url !== null && (
          <a href={mention.url} target="_blank" rel="noopener noreferrer nofollow">
            {t('inbox.original')}
          </a>
        )}
      </p>
    </div>
  )
}
