/**
 * A mention as people see it in a list.
 *   <MentionRow mention current selected onOpen onSelect />   the stream
 *   <MentionLine mention onOpen? />                            two quiet lines: threads, clusters, previews
 */
import { memo, type MouseEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { Figure, When } from '../parts/figures.tsx'
import { stageName, statusName } from '../parts/names.ts'
import { Covered } from './Covered.tsx'
import styles from './MentionRow.module.css'
import { MentionText } from './MentionText.tsx'

export const MentionRow = memo(function MentionRow({
  mention,
  current,
  open,
  selected,
  onOpen,
  onSelect,
}: {
  mention: Mention
  current: boolean
  open: boolean
  selected: boolean
  onOpen: (mention: Mention) => void
  onSelect: ((mention: Mention, extend: boolean) => void) | null
}) {
  const { t } = useTranslation()
  return (
    // The author's name is the button of this row; a press anywhere on it is only the larger target.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <article
      className={styles.row}
      data-current={current || undefined}
      data-open={open || undefined}
      data-selected={selected || undefined}
      data-read={mention.read || undefined}
      data-tonality={mention.sentiment ?? undefined}
      onClick={({ target }) => target instanceof Element && target.closest('label') === null && onOpen(mention)}
    >
      <label className={styles.select}>
        {onSelect !== null && (
          <input
            type="checkbox"
            checked={selected}
            aria-label={t('inbox.select')}
            onChange={() => undefined}
            onClick={(event: MouseEvent) => onSelect(mention, event.shiftKey)}
          />
        )}
        <span className={styles.platform}>
          <PlatformMark platform={mention.platform} />
        </span>
      </label>
      <div className={styles.content}>
        <div className={styles.head}>
          <button type="button" className={styles.author}>
            {!mention.read && <span className={styles.unread} title={t('inbox.unread')} />}
            <AuthorName author={mention.author} />
          </button>
          <Reach mention={mention} />
          {namesSource(mention) && <bdi className={styles.source}>{mention.source}</bdi>}
        </div>
        <span className={styles.time}>
          <When at={mention.postedAt} />
        </span>
        <p className={styles.text} lang={mention.lang ?? undefined}>
          <Covered mention={mention}>
            {mention.title !== null && (
              <strong>
                <MentionText text={mention.title} places={placesIn(mention, 'title')} excerpt />{' '}
              </strong>
            )}
            {mention.text === '' && mention.title === null ? (
              <span className={styles.quiet}>{t('inbox.untitled')}</span>
            ) : (
              <MentionText text={mention.text} places={placesIn(mention, 'text')} excerpt />
            )}
          </Covered>
        </p>
        <Marks mention={mention} />
      </div>
    </article>
  )
})

export function MentionLine({ mention, onOpen }: { mention: Mention; onOpen?: (mention: Mention) => void }) {
  const { t } = useTranslation()
  const words = (
    <>
      <span className={styles.head}>
        <span className={styles.platform}>
          <PlatformMark platform={mention.platform} size={14} />
        </span>
        <span className={styles.name}>
          <AuthorName author={mention.author} />
        </span>
        {namesSource(mention) && <bdi className={styles.source}>{mention.source}</bdi>}
        <span className={styles.time}>
          <When at={mention.postedAt} />
        </span>
      </span>
      <span className={styles.text} lang={mention.lang ?? undefined}>
        <Covered mention={mention}>
          {mention.text === '' ? (
            (mention.title ?? t('inbox.untitled'))
          ) : (
            <MentionText text={mention.text} places={placesIn(mention, 'text')} excerpt />
          )}
        </Covered>
      </span>
    </>
  )
  return onOpen === undefined ? (
    <article className={styles.line}>{words}</article>
  ) : (
    <button type="button" className={styles.line} onClick={() => onOpen(mention)}>
      {words}
    </button>
  )
}

export function AuthorName({ author }: { author: Mention['author'] }) {
  const { t } = useTranslation()
  const name = author?.name ?? author?.handle
  if (name == null)
    return (
      <span className={styles.quiet} title={t('inbox.noAuthor')}>
        {t('inbox.unknownAuthor')}
      </span>
    )
  return (
    <>
      <bdi className={styles.bdi}>{name}</bdi>
      {author?.verified === true && (
        <span className={styles.verified} title={t('inbox.verified')}>
          <Icon name="check" size={12} />
        </span>
      )}
    </>
  )
}

export const tonalitySigns = { negative: '−', neutral: '=', positive: '+' } as const

export function TonalityWord({ tonality }: { tonality: Mention['sentiment'] }) {
  const { t } = useTranslation()
  return tonality === null ? null : (
    <span className={styles.tonality} data-tonality={tonality}>
      <span aria-hidden="true">{tonalitySigns[tonality]}</span> {t(`tonality.${tonality}`)}
    </span>
  )
}

/** A source that says nothing new is left out: a platform without sources, or a channel that its author is called like. */
function namesSource({ source, platform, author }: Mention): boolean {
  return source !== null && source !== platform && source !== author?.name
}

export function placesIn(mention: Pick<Mention, 'places'>, field: 'title' | 'text') {
  return mention.places.filter((place) => place.field === field)
}

function Reach({ mention: { author } }: { mention: Mention }) {
  const { t } = useTranslation()
  if (author === null || author.followers === null) return null
  return (
    <span className={styles.reach} title={t('inbox.reach')}>
      <Icon name="people" size={12} /> <Figure value={author.followers} short />
    </span>
  )
}

function Marks({ mention }: { mention: Mention }) {
  const { t } = useTranslation()
  const marks: ReactNode[] = []
  if (mention.important)
    marks.push(
      <span key="important" className={styles.important}>
        <Icon name="star" size={12} filled /> {t('inbox.isImportant')}
      </span>,
    )
  if (mention.rating !== null)
    marks.push(
      <span key="rating" title={t('inbox.stars', { rating: mention.rating })}>
        <Icon name="star" size={12} /> {mention.rating}/5
      </span>,
    )
  if (mention.sentiment !== null) marks.push(<TonalityWord key="tonality" tonality={mention.sentiment} />)
  else if (mention.sentimentConfidence !== null)
    marks.push(
      <span key="tonality" className={styles.quiet} title={t('understood.unsureWhy')}>
        {t('understood.unsure')}
      </span>,
    )
  if (mention.stage !== null) marks.push(<span key="stage">{stageName(t, mention.stage)}</span>)
  if (mention.ticket !== null) {
    marks.push(
      <span key="ticket" className={styles.ticket} data-status={mention.status ?? undefined}>
        <Icon name="ticket" size={12} /> {mention.ticket}
        {mention.status !== null && ` · ${statusName(t, mention.status)}`}
      </span>,
    )
  }
  if (mention.clusterSize > 1)
    marks.push(
      <span key="cluster">
        <Icon name="layers" size={12} /> {t('inbox.sameMore', { count: mention.clusterSize - 1 })}
      </span>,
    )
  for (const tag of mention.tags)
    marks.push(
      <span key={`tag ${tag}`} className={styles.tag}>
        <bdi>{tag}</bdi>
      </span>,
    )
  return marks.length === 0 ? null : <div className={styles.marks}>{marks}</div>
}
