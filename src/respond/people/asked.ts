import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { fromRow, mentionColumns, type Mention, type MentionRow } from '../../listen/mentions/mention.ts'
import type { Words } from '../../measure/analytics/measure.ts'
import { answersOthers } from '../../measure/authors/written.ts'
import { listTicketsOf, type Ticket } from '../tickets/ticket.ts'

/** Something a person asked, and what came of it. */
export type Question = {
  mention: Mention
  /** The newest ticket it belongs to; null when nobody has opened one. */
  ticket: Ticket | null
  /** What we replied from Heed, oldest first, whether or not the platform was read again since. */
  replies: OwnReply[]
  /** What others wrote under it, verified accounts first, then in order. */
  answers: Mention[]
  /**
   * answered: we replied, a verified account answered below it, or its ticket is solved or closed. inWork: its ticket is open or waits.
   * open: neither; answers of others may stand below it.
   */
  state: 'answered' | 'inWork' | 'open'
}

export type OwnReply = { text: string; at: Date; by: string | null; url: string | null }

export type Asked = { questions: Question[]; tickets: Ticket[] }

export const askedWords: Words = {
  en: 'Questions: among the newest sixty mentions of each account, those that have a ticket, are a question on their platform, stand at a stage of asking, or have a question mark while no stage is known and no account is verified. Replies of a verified account are answers. Answered: a reply went out from Heed, a verified account wrote below within thirty days, or the ticket is solved or closed.',
  ru: 'Вопросы: среди шестидесяти последних упоминаний каждого аккаунта — те, у которых есть тикет, которые сама площадка называет вопросом, у которых этап — вопрос или просьба о помощи, либо со знаком вопроса, если этап не известен и аккаунты не подтверждены. Ответы подтверждённого аккаунта — не вопросы. Ответ есть: он ушёл из Heed, либо ниже за тридцать дней написал подтверждённый аккаунт, либо тикет решён или закрыт.',
}

const askingStages = new Set(['general-request', 'product-request', 'support', 'awkward-question'])
const answeredWithinMs = 30 * 86_400_000
const mostAnswers = 3

/**
 * What they asked before and what they were told, newest first, and all of their tickets. `latest` are the mentions in
 * which questions are looked for.
 */
export async function listAsked(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  project: number,
  latest: Mention[],
  known: { customers: number[]; tickets: number[] },
): Promise<Asked> {
  const tickets = await listTicketsOf(db, project, known)
  const ticketOf = new Map(tickets.map((ticket) => [ticket.id, ticket]))
  // Who is verified mostly answers others, and a question mark is then none for us.
  const isVerified = latest.some(({ author }) => author?.verified === true)
  const asked = latest.filter((mention) => isQuestion(mention, isVerified))
  const answers = await findAnswers(clickhouse, project, asked, latest)
  const replies = await findReplies(db, project, asked)
  const questions = asked.map((mention): Question => {
    const ticket = mention.ticket === null ? null : (ticketOf.get(mention.ticket) ?? null)
    const ours = replies.get(mention.id) ?? []
    // Collected since, our own reply stands there as a mention, too.
    const isOurs = ({ url }: Mention) => ours.some((reply) => reply.url !== null && reply.url === url)
    const below = (answers.get(mention.id) ?? []).filter((answer) => !isOurs(answer))
    const state = ours.length > 0 ? 'answered' : stateOf(ticket, below)
    return { mention, ticket, replies: ours, answers: below.slice(0, mostAnswers), state }
  })
  return { questions, tickets }
}

export function isQuestion({ ticket, kind, stage, title, text, author }: Mention, isVerified: boolean): boolean {
  if (ticket !== null || kind === 'question') return true
  if (answersOthers({ kind, verified: author?.verified ?? null })) return false
  if (stage !== null) return askingStages.has(stage)
  return (
    !isVerified && kind !== 'article' && kind !== 'repost' && /[?？؟]/.test(withoutAddresses(`${title ?? ''} ${text}`))
  )
}

function withoutAddresses(text: string): string {
  return text.replace(/https?:\/\/\S+/g, ' ')
}

function stateOf(ticket: Ticket | null, below: Mention[]): Question['state'] {
  if (ticket?.status === 'solved' || ticket?.status === 'closed') return 'answered'
  if (below.some((answer) => answer.author?.verified === true)) return 'answered'
  return ticket === null ? 'open' : 'inWork'
}

/** What went out from Heed to these mentions and stands there. */
async function findReplies(db: Database, project: number, asked: Mention[]): Promise<Map<string, OwnReply[]>> {
  const rows = await list(
    db,
    sql<OwnReply & { mentionId: string }>`
      select mention_id, text, sent_at as at, sent_by as by, url
      from reply
      where project_id = ${project} and state = 'sent' and mention_id = any(${asked.map(({ id }) => id)}::text[])
      order by sent_at`,
  )
  return Map.groupBy(rows, ({ mentionId }) => mentionId)
}

/** What others wrote right below these mentions in time, by the mention it stands below. */
async function findAnswers(
  clickhouse: Clickhouse,
  project: number,
  asked: Mention[],
  latest: Mention[],
): Promise<Map<string, Mention[]>> {
  if (asked.length === 0) return new Map()
  const times = asked.map(({ postedAt }) => postedAt.getTime())
  const own = new Set(latest.map(({ author }) => author?.id))
  const rows = await clickhouse.rows<MentionRow>(
    `select ${mentionColumns}
     from mention final
     where project_id = {project:UInt32} and posted_at >= {from:DateTime64(3)} and posted_at < {to:DateTime64(3)}
       and parent in {ids:Array(String)}
     order by posted_at, id
     limit 500`,
    {
      project,
      ids: asked.map(({ id }) => id),
      from: moment(new Date(Math.min(...times))),
      to: moment(new Date(Math.max(...times) + answeredWithinMs)),
    },
  )
  const answers = rows.map(fromRow).filter(({ author }) => !own.has(author?.id))
  const verifiedFirst = answers.toSorted(
    (a, b) => Number(b.author?.verified ?? false) - Number(a.author?.verified ?? false),
  )
  return Map.groupBy(verifiedFirst, ({ parent }) => parent ?? '')
}
