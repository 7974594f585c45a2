import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Words } from '../analytics/measure.ts'

export const solvedReachWords: Words = {
  en: 'Reach of solved problems: people who could see the solution. Of every thread in which a solved ticket was answered in public, the views of the answered mention, or the followers of its author where the platform tells no views; a thread counts once. Private messages and answers noted by hand are left out. Unknown when neither is known of any thread. People who read several threads count several times.',
  ru: 'Охват решённых проблем: люди, которые могли увидеть решение. По каждому обсуждению, где по решённому тикету ответили публично, — просмотры отвеченного упоминания либо число подписчиков его автора, если просмотры не известны; обсуждение считается один раз. Личные сообщения и ответы, отмеченные вручную, не учитываются. Неизвестен, если ни про одно обсуждение ничего не известно. Читатель нескольких обсуждений считается несколько раз.',
}

/** `reach` null: of none of the threads it is known. */
export type SolvedReach = { reach: number | null; threads: number; known: number }

/** `answered`: the mentions of solved tickets that were answered at their platform. */
export async function reachOfSolved(clickhouse: Clickhouse, project: number, answered: string[]): Promise<SolvedReach> {
  if (answered.length === 0) return { reach: null, threads: 0, known: 0 }
  // A mention that stands in the table twice is one of its thread all the same.
  const row = await clickhouse.row<SolvedReach>(
    `select count() as threads, countIf(seen >= 0) as known, sumOrNullIf(seen, seen >= 0) as reach
     from (
       select max(ifNull(toInt64(views), ifNull(toInt64(author_followers), -1))) as seen
       from mention
       where project_id = {project:UInt32} and id in {answered:Array(String)} and kind != 'message'
       group by if(root = '', id, root)
     )`,
    { project, answered },
  )
  return row ?? { reach: null, threads: 0, known: 0 }
}
