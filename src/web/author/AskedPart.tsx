import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { useProject } from '../api/queries.ts'
import { useMentionActions } from '../inbox/actions.ts'
import { AuthorName, MentionLine } from '../inbox/MentionRow.tsx'
import { MentionText } from '../inbox/MentionText.tsx'
import { Icon, type IconName } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { statusName } from '../parts/names.ts'
import { mayWork } from '../parts/roles.ts'
import { TicketTitle } from '../tickets/TicketTitle.tsx'
import { OpenThere } from '../replies/OpenThere.tsx'
import styles from './Author.module.css'
import { Part } from './Part.tsx'

type Question = AuthorCard['questions'][number]

const shownFirst = 5
const marks = { answered: 'check', inWork: 'clock', open: 'speech' } as const satisfies { [state: string]: IconName }

/** Their questions, those that wait first, each with the words that came back and the ticket it is in. */
export function AskedPart({ card: { questions, tickets, measures } }: { card: AuthorCard }) {
  const { t } = useTranslation()
  const f = useFormat()
  const [all, setAll] = useState(false)
  const waiting = questions.filter(({ state }) => state !== 'answered')
  const sorted = [...waiting, ...questions.filter(({ state }) => state === 'answered')]
  const shown = all ? sorted : sorted.slice(0, shownFirst)
  const others = tickets.filter(({ id }) => !questions.some(({ ticket }) => ticket?.id === id))
  const title =
    questions.length === 0
      ? t('author.askedNone')
      : waiting.length > 0
        ? t('author.askedWaiting', { count: waiting.length, shown: f.number(waiting.length) })
        : t('author.askedAllAnswered', { count: questions.length, shown: f.number(questions.length) })
  return (
    <Part title={t('author.asked')} formula={measures.questions}>
      <p className={styles.finding} data-waits={waiting.length > 0 || undefined}>
        {title}
      </p>
      <ol className={styles.questions}>
        {shown.map((question) => (
          <Asked key={question.mention.id} question={question} />
        ))}
      </ol>
      {sorted.length > shown.length && (
        <button type="button" className={styles.textButton} onClick={() => setAll(true)}>
          {t('author.moreQuestions', { count: sorted.length - shown.length })}
        </button>
      )}
      {others.length > 0 && (
        <>
          <h3 className={styles.under}>{t('author.otherTickets')}</h3>
          {others.map((ticket) => (
            <TicketLine key={ticket.id} ticket={ticket} />
          ))}
        </>
      )}
    </Part>
  )
}

function Asked({ question: { mention, replies, answers, ticket, state } }: { question: Question }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const navigate = useNavigate()
  const actions = useMentionActions(project.id)
  const openTicket = async () => {
    await actions.openTicket([mention])
    await client.invalidateQueries({ queryKey: ['project', project.id, 'author'] })
  }
  return (
    <li className={styles.question}>
      <p className={styles.state} data-state={state}>
        <Icon name={marks[state]} size={14} /> {t(`author.state_${state}`)}
      </p>
      <MentionLine
        mention={mention}
        onOpen={({ id }) =>
          void navigate({
            to: '/projects/$project/inbox',
            params: { project: String(project.id) },
            search: { open: id, ...(mention.author === null ? {} : { author: mention.author.id }) },
          })
        }
      />
      {replies.map((reply) => (
        <blockquote key={reply.at} className={styles.answer} data-ours>
          <span className={styles.answerer}>
            <strong>{t('author.weReplied')}</strong>
            {reply.by !== null && <bdi>{reply.by}</bdi>}
            <span className={styles.time}>
              <When at={reply.at} />
            </span>
            {reply.url !== null && <OpenThere url={reply.url} />}
          </span>
          <span dir="auto">{reply.text}</span>
        </blockquote>
      ))}
      {answers.map((answer) => (
        <blockquote key={answer.id} className={styles.answer} data-ours={answer.author?.verified || undefined}>
          <span className={styles.answerer}>
            <AuthorName author={answer.author} />
            <span className={styles.time}>
              <When at={answer.postedAt} />
            </span>
          </span>
          <span lang={answer.lang ?? undefined}>
            <MentionText text={answer.text} places={[]} excerpt />
          </span>
        </blockquote>
      ))}
      {ticket !== null && <TicketLine ticket={ticket} />}
      {state === 'open' && mayWork(project.role) && (
        <div className={styles.choice}>
          {answers.length === 0 && <span className={styles.quiet}>{t('author.noAnswerSeen')}</span>}
          <Button variant="light" leftSection={<Icon name="ticket" />} onClick={() => void openTicket()}>
            {t('inbox.ticket')}
          </Button>
        </div>
      )}
    </li>
  )
}

function TicketLine({ ticket }: { ticket: AuthorCard['tickets'][number] }) {
  const { t } = useTranslation()
  const project = useProject()
  return (
    <Link
      className={styles.ticket}
      to="/projects/$project/tickets/$ticket"
      params={{ project: String(project.id), ticket: String(ticket.id) }}
    >
      <Icon name="ticket" size={14} /> <TicketTitle ticket={ticket} />
      <span className={styles.quiet}>{statusName(t, ticket.status)}</span>
    </Link>
  )
}
