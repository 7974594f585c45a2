import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import type { TicketDetail, TicketEvent } from '../../serve/api/shapes/ticket.ts'
import { useProject } from '../api/queries.ts'
import { MentionImages } from '../inbox/MentionImages.tsx'
import { Covered } from '../inbox/Covered.tsx'
import { AuthorName, placesIn, TonalityWord } from '../inbox/MentionRow.tsx'
import { MentionText } from '../inbox/MentionText.tsx'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { Figure, When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { statusName } from '../parts/names.ts'
import { repliesQuery } from '../replies/queries.ts'
import { isOver, ReplyCard, rivalsOf } from '../replies/ReplyCard.tsx'
import { priorities } from './Priority.tsx'
import { resultName } from '../service/words.ts'
import styles from './Tickets.module.css'

type Happened = { at: string; key: string; node: ReactNode }

/** What they wrote, what we answered and noted, and what was done, oldest first. A client does not read what the team says inside. */
export function Conversation({
  detail: { ticket, mentions, removedMentions, history },
  withNotes,
}: {
  detail: TicketDetail
  withNotes: boolean
}) {
  const { t } = useTranslation()
  const replies = useQuery(repliesQuery(useProject().id, ticket.id)).data?.items
  const list = useRef<HTMLOListElement>(null)
  const said = replies?.filter(isOver).length
  const saidBefore = useRef(said)
  useEffect(() => {
    // What leaves the box is seen to arrive here.
    if (saidBefore.current !== undefined && said !== undefined && said > saidBefore.current)
      list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
    saidBefore.current = said
  }, [said])
  const happened: Happened[] = [
    ...mentions.map((mention) => ({
      at: mention.postedAt,
      key: `mention ${mention.id}`,
      node: <TheirWords mention={mention} />,
    })),
    ...removedMentions.map(({ mentionId, platform, postedAt, removedAt }) => ({
      at: postedAt,
      key: `mention ${mentionId}`,
      node: <TakenBack platform={platform} postedAt={postedAt} removedAt={removedAt} />,
    })),
    // What still has to be done for a reply is done beside the box, by those who have one.
    ...(replies ?? [])
      .filter((reply) => !withNotes || isOver(reply))
      .map((reply) => ({
        at: reply.sentAt ?? reply.changedAt,
        key: `reply ${reply.id}`,
        node: <ReplyCard reply={reply} ticket={ticket.id} rivals={rivalsOf(reply, replies ?? [])} />,
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
    <ol ref={list} className={styles.conversation} aria-label={t('tickets.conversation')}>
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
      <Covered mention={mention}>
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
      </Covered>
      <MentionImages mention={mention} />
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

/** Its place stays, so that an answer below it does not seem to come from nowhere. */
function TakenBack({ platform, postedAt, removedAt }: { platform: string; postedAt: string; removedAt: string }) {
  const { t } = useTranslation()
  const f = useFormat()
  return (
    <article className={styles.theirs} data-removed>
      <header>
        <PlatformMark platform={platform} size={14} />
        <Icon name="trash" size={14} />
        <span>{t('tickets.takenBack', { at: f.ago(removedAt) })}</span>
        <span className={styles.time}>
          <When at={postedAt} />
        </span>
      </header>
      <p className={styles.quiet}>{t('tickets.takenBackWords')}</p>
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
    case 'priority-changed':
      return t('tickets.step_priority', { from: priorityName(t, event.from), to: priorityName(t, event.to) })
    case 'queue-changed':
      return event.to === null ? t('tickets.step_queueLeft', { from }) : t('tickets.step_queue', { to })
    case 'tags-changed':
      return event.to === null
        ? t('tickets.step_tagsOff', { from })
        : event.from === null
          ? t('tickets.step_tagsOn', { to })
          : t('tickets.step_tags', { from, to })
    case 'field-changed':
      return event.to === null
        ? t('tickets.step_fieldEmptied', { field: isolated(event.about ?? '') })
        : t('tickets.step_field', { field: isolated(event.about ?? ''), to })
    case 'watched':
      return event.to === null || event.to === event.actor
        ? t('tickets.step_watches')
        : t('tickets.step_watched', { to })
    case 'unwatched':
      return event.to === null || event.to === event.actor
        ? t('tickets.step_watchesNoMore')
        : t('tickets.step_unwatched', { to })
    case 'linked':
      return t('tickets.step_linked', { to })
    case 'unlinked':
      return t('tickets.step_unlinked', { to })
    case 'incident-joined':
      return t('tickets.step_incidentJoined', { to })
    case 'incident-left':
      return t('tickets.step_incidentLeft', { from })
    case 'merged-into':
      return t('tickets.step_mergedInto', { to })
    case 'merged-from':
      return t('tickets.step_mergedFrom', { from })
    case 'split-into':
      return t('tickets.step_splitInto', { to })
    case 'split-from':
      return t('tickets.step_splitFrom', { from })
    case 'move-undone':
      return t('tickets.step_moveUndone', { other: isolated(event.from ?? event.to ?? '') })
    case 'answered':
      return t('tickets.step_answered')
    case 'reply-queued':
      return t('tickets.step_replyQueued', { to })
    case 'reply-taken-back':
      return t('tickets.step_replyTakenBack')
    case 'reply-refused':
      return t('tickets.step_replyRefused', { to })
    case 'reply-chosen':
      return t('tickets.step_replyChosen', { to, from })
    case 'reply-edited':
      return t('tickets.step_replyEdited')
    case 'reply-removed':
      return t('tickets.step_replyRemoved')
    case 'promise-missed':
      return t(`tickets.step_missed_${clockName(event.about)}`)
    case 'escalated':
      return t(`tickets.step_escalated_${rungName(event.to)}`)
    case 'handed-over':
      return t('integrations.step_handedOver', { system: isolated(event.about ?? '') })
    case 'record-moved':
      return t('integrations.step_recordMoved', {
        system: isolated(event.about ?? ''),
        from: isolated(event.from ?? '—'),
        to: isolated(event.to ?? '—'),
      })
    case 'outcome-changed':
      return t('outcome.step', { to: outcomeName(t, event.to) })
    case 'rule-applied':
      return t('tickets.step_rule', { rule: isolated(event.about ?? '') })
  }
}

const results = ['satisfied', 'unsatisfied', 'undecided', 'silent'] as const

function outcomeName(t: TFunction, code: string | null): string {
  const result = results.find((known) => known === code)
  return resultName(t, result ?? null)
}

function priorityName(t: TFunction, code: string | null): string {
  const priority = priorities.find((known) => known === code)
  return priority === undefined ? (code ?? '') : t(`tickets.priority_${priority}`)
}

function clockName(code: string | null): 'first' | 'next' | 'solution' | 'window' {
  return code === 'next' || code === 'solution' || code === 'window' ? code : 'first'
}

function rungName(code: string | null): 'assignee' | 'manager' | 'head' | 'alarm' {
  return code === 'manager' || code === 'head' || code === 'alarm' ? code : 'assignee'
}

/** A name or a title inside our sentence must not turn the sentence around. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`
}
