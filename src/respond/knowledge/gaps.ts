import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { groupQuestions } from './group-questions.ts'
import type { KnowledgeIndex } from './project-index.ts'
import { suggest, type Suggestion } from './suggest.ts'

/** What is asked again and again, and nobody took an answer from the knowledge base. */
export type Gap = {
  /** What the questions have in common. */
  words: string[]
  /** How many questions there are; the newest of them are shown. */
  count: number
  authors: number
  /** Newest first. */
  questions: Asked[]
  /** The nearest that is written down; null: nothing speaks of it. */
  nearest: Pick<Suggestion, 'articleId' | 'title' | 'score'> | null
}
type Asked = {
  mention: string
  ticket: number | null
  text: string
  lang: string | null
  postedAt: Date
  author: string
}

export type Gaps = { gaps: Gap[]; asked: number; helped: number }

export const gapsWords = {
  en: 'Questions: the newest 2,000 mentions of the period that have a ticket, are a question on their platform, stand at a stage of asking, or have a question mark while no stage is known; one of each cluster of copies. Helped: somebody took an article into an answer in their ticket. The others are put together by the words they share; a group has three at least.',
  ru: 'Вопросы: последние 2 000 упоминаний за период, у которых есть тикет, которые сама площадка называет вопросом, у которых этап — вопрос или просьба о помощи, либо со знаком вопроса, если этап не известен; из копий одного текста — одна. Помогла база знаний: в тикете кто-то взял из неё ответ. Остальные собраны по общим словам; в группе не меньше трёх.',
}

const most = 2000
const fewest = 3
const shown = 30
const questionsShown = 20

/** The largest groups of questions of the period that no article has helped with. */
export async function findGaps(
  { db, clickhouse, index }: { db: Database; clickhouse: Clickhouse; index: KnowledgeIndex },
  project: number,
  period: { from: Date; to: Date },
): Promise<Gaps> {
  const asked = await listQuestions(clickhouse, project, period)
  const helped = await ticketsHelped(db, project)
  const open = asked.filter(({ ticket }) => ticket === null || !helped.has(ticket))
  const of = new Map(open.map((question) => [question.mention, question]))
  const groups = groupQuestions(open.map(({ mention, text, lang }) => ({ id: mention, text, lang })))
  const gaps: Gap[] = []
  for (const { questions, words } of groups.slice(0, shown)) {
    if (questions.length < fewest) break
    const all = questions.flatMap(({ id }) => of.get(id) ?? [])
    const text = all
      .slice(0, fewest)
      .map((one) => one.text)
      .join('\n')
    const [nearest] = await suggest(db, index, project, { text, lang: all[0]?.lang ?? null, limit: 1 })
    gaps.push({
      words,
      count: all.length,
      authors: new Set(all.map(({ author }) => author)).size,
      questions: all.slice(0, questionsShown),
      nearest: nearest ? { articleId: nearest.articleId, title: nearest.title, score: nearest.score } : null,
    })
  }
  return { gaps, asked: asked.length, helped: asked.length - open.length }
}

async function listQuestions(
  clickhouse: Clickhouse,
  project: number,
  { from, to }: { from: Date; to: Date },
): Promise<Asked[]> {
  const rows = await clickhouse.rows<{
    id: string
    ticket: number | null
    text: string
    lang: string
    at: number
    author: string
  }>(
    `select id, ticket, trim(concat(title, '\\n', text)) as text, lang, toUnixTimestamp64Milli(posted_at) as at, author_id as author
     from mention final
     where project_id = {project:UInt32} and posted_at >= {from:DateTime64(3)} and posted_at < {to:DateTime64(3)}
       and (ticket is not null or kind = 'question' or stage in ('general-request', 'product-request', 'support', 'awkward-question')
         or (stage = '' and position(text, '?') > 0))
     order by posted_at desc, id
     limit 1 by cluster
     limit ${most}`,
    { project, from: moment(from), to: moment(to) },
  )
  return rows.map(({ id, ticket, text, lang, at, author }) => ({
    ...{ mention: id, ticket, text, lang: lang || null, postedAt: new Date(at) },
    author: author || id,
  }))
}

async function ticketsHelped(db: Database, project: number): Promise<Set<number>> {
  const rows = await list(
    db,
    sql<{ ticketId: number }>`
      select distinct ticket_id from article_use where project_id = ${project} and ticket_id is not null`,
  )
  return new Set(rows.map(({ ticketId }) => ticketId))
}
