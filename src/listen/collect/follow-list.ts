import type { Database } from '../../base/postgres/postgres.ts'
import { findSurroundings, listLists } from '../lists/list.ts'
import { asksForClock, listKey, listsNamed, listsUsed } from '../query/in-project.ts'
import { listTopics, type Topic } from '../topics/topic.ts'
import { startBackfill } from './backfill.ts'

/** Everything already collected is looked through anew for the topics that mean another thing since the list changed. */
export async function followList(db: Database, project: number, name: string): Promise<void> {
  const { lists } = await findSurroundings(db, project)
  await rerun(db, project, ({ query }) => listsUsed(query, lists).has(listKey(name)))
}

/** The same after the project moved to another time zone: days and hours are other ones now. */
export async function followTimeZone(db: Database, project: number): Promise<void> {
  const { lists } = await findSurroundings(db, project)
  await rerun(db, project, ({ query }) =>
    [query, ...[...listsUsed(query, lists)].map((key) => lists.get(key) ?? '')].some(asksForClock),
  )
}

/** The names of the topics and lists that ask for the list, which therefore must stay. */
export async function usersOfList(db: Database, project: number, name: string): Promise<string[]> {
  const all = [...(await listTopics(db, project)), ...(await listLists(db, project))]
  return all.filter(({ query }) => listsNamed(query).has(listKey(name))).map((user) => user.name)
}

async function rerun(db: Database, project: number, changed: (topic: Topic) => boolean): Promise<void> {
  for (const topic of await listTopics(db, project)) if (changed(topic)) await startBackfill(db, topic)
}
