import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import type { TicketDetail, TicketEvent } from '../../serve/api/shapes/ticket.ts'
import { useProject } from '../api/queries.ts'
import { AuthorName, placesIn, TonalityWord } from '../inbox/MentionRow.tsx'
import { MentionText } from '../inbox/MentionText.tsx'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { Figure, When } from '../parts/figures.tsx'
import { statusName } from '../parts/names.ts'
import styles from './Tickets.module.css'

type Happened = { at: string; key: string; node: ReactNode }

/** What they wrote, what we noted and what was done, oldest first. A client does not read what the team says inside. */
export function Conversation({
  detail: { mentions, history },
  withNotes,
}: {
  detail: TicketDetail
  withNotes: boolean
}) {
  const { t } = useTranslation()
  const happened: Happened[] = [
    ...mentions.map((mention) => ({
      at: mention.postedAt,
      key: `mention ${mention.id}`,
      node: <TheirWords mention={mention} />,
    })),
    ...history
      .filter(({ kind }) => withNotes || kind !== 'note-added')
      .map((event, index) => ({
        at: event.at,
        key: `event ${event.id} ${index}`,
        node: event.kind === 'note-added' ? <Note event={event} /> : <Step event={event} />,
      })),
  ].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
  return (
    <ol className={styles.conversation} aria-label={t('tickets.conversation')}>
      {happened.map(({ key, node }) => (
        <li key={key}>{node}</li>
      ))}
    </ol>
  )
}

function TheirWords({ mention }: { mention: Mention }) {
  const { t } = useTranslation()
  const project = useProject()
  const { author, source, platform } = mention
  return (
    <article className={styles.theirs} data-tonality={mention.sentiment ?? undefined}>
      <header>
        <PlatformMark platform={platform} size={14} />
        <strong>
          <AuthorName author={author} />
        </strong>
        {author !== null && author.followers !== null && (
          <span className={styles.quiet} title={t('inbox.followers')}>
            <Icon name="people" size={12} /> <Figure value={author.followers} short />
          </span>
        )}
        {source !== null && source !== platform && <bdi className={styles.cut}>{source}</bdi>}
        <span className={styles.time}>
          <When at={mention.postedAt} />
        </span>
      </header>
      {mention.title !== null && (
        <p className={styles.headline}>
          <MentionText text={mention.title} places={placesIn(mention, 'title')} />
        </p>
      )}
      {mention.text === '' ? (
        mention.title === null && <p className={styles.quiet}>{t('inbox.untitled')}</p>
      ) : (
        <p>
          <MentionText text={mention.text} places={placesIn(mention, 'text')} />
        </p>
      )}
      <footer>
        <TonalityWord tonality={mention.sentiment} />
        {mention.rating !== null && <span>{t('inbox.rating', { rating: mention.rating })}</span>}
        <Link
          to="/projects/$project/inbox"
          params={{ project: String(project.id) }}
          search={{ open: mention.id, cluster: mention.cluster }}
        >
          {t('tickets.showMention')}
        </Link>
        {mention.url === null ? (
          <span className={styles.quiet}>{t('inbox.noOriginal')}</span>
        ) : (
          <a href={mention.url} target="_blank" rel="noopener noreferrer nofollow">
            <Icon name="out" size={12} /> {t('inbox.original')}
          </a>
        )}
      </footer>
    </article>
  )
}

/** Inside, never out: tinted, moved to our side and said in words. */
function Note({ event }: { event: TicketEvent }) {
  const { t } = useTranslation()
  return (
    <article className={styles.note} data-unsaved={event.id < 0 || undefined}>
      <header>
        <Icon name="pen" size={12} />
        <strong>
          <bdi>{event.actor ?? t('tickets.someone')}</bdi>
        </strong>
        <span>{t('tickets.noteLabel')}</span>
        <span className={styles.time}>
          <When at={event.at} />
        </span>
      </header>
      <p className={styles.noteText} dir="auto">
        {event.note}
      </p>
    </article>
  )
}

function Step({ event }: { event: TicketEvent }) {
  const { t } = useTranslation()
  return (
    <p className={styles.step} data-unsaved={event.id < 0 || undefined}>
      <span>
        <bdi className={styles.strong}>{event.actor ?? t('tickets.heed')}</bdi> {wordsOf(t, event)}
      </span>
      <span className={styles.time}>
        <When at={event.at} />
      </span>
    </p>
  )
}

function wordsOf(t: TFunction, event: TicketEvent): string {
  const from = isolated(event.from ?? '')
  const to = isolated(event.to ?? '')
  switch (event.kind) {
    case 'opened':
      return t('tickets.step_opened')
    case 'mention-added':
      return t('tickets.step_mentionAdded')
    case 'status-changed': {
      const status = statusName(t, event.to ?? '')
      return event.from === null
        ? t('tickets.step_statusSet', { to: status })
        : t('tickets.step_statusChanged', { from: statusName(t, event.from), to: status })
    }
    case 'assigned':
      return event.to === null ? t('tickets.step_unassigned', { from }) : t('tickets.step_assigned', { to })
    case 'title-changed':
      return t('tickets.step_titleChanged', { to })
    case 'note-added':
      return t('tickets.noteLabel')
  }
}

/** A name or a title inside our sentence must not turn the sentence around. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`
}
