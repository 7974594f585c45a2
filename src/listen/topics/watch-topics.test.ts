import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import type { Events } from '../../base/events/events.ts'
import type { Postgres } from '../../base/postgres/postgres.ts'
import { addProject } from '../../base/team/project.ts'
import { analyse } from '../../base/text/analyse.ts'
import { saveList } from '../lists/list.ts'
import { barePost } from '../posts/post.ts'
import { addTopic, changeTopic } from './topic.ts'
import { watchTopics } from './watch-topics.ts'

let postgres: Postgres
let project: number
beforeAll(async () => {
  postgres = await openTestPostgres()
  const who = { kind: 'member', id: 'm', name: 'M', email: 'm@heed.test', locale: 'en', isHead: true } as const
  project = (await addProject(postgres.db, who, { name: 'Owl', timeZone: 'UTC' })).id
})
afterAll(() => postgres[Symbol.asyncDispose]())

// An event of another process may come late.
const late: Events = { publish: async () => {}, subscribe: () => () => {}, [Symbol.asyncDispose]: async () => {} }
const post = barePost({ id: 'x:1', platform: 'x', text: 'green tea' })

test('work on a page is done again when another process changed a topic meanwhile', async () => {
  const { db } = postgres
  const { id } = await addTopic(db, project, { name: 'Drinks', group: null, query: 'coffee' }, null)
  using topics = await watchTopics(db, late, { alone: false })
  const found: boolean[] = []
  const work = (during: () => Promise<unknown>) => async () => {
    found.push(topics.match(post, analyse(post.text), null).has(project))
    if (found.length === 1) await during()
    return found.length
  }
  expect(await topics.holding(work(async () => {}))).toBe(1)

  found.length = 0
  await topics.holding(work(() => changeTopic(db, project, id, { name: 'Drinks', group: null, query: 'tea' }, null)))
  expect(found).toEqual([false, true])

  found.length = 0
  await saveList(db, project, { name: 'drinks', query: 'juice' }, null)
  const listed = { name: 'Drinks', group: null, query: 'list:drinks' }
  await topics.holding(work(() => changeTopic(db, project, id, listed, null)))
  expect(found).toEqual([true, false])

  found.length = 0
  await topics.holding(work(() => saveList(db, project, { name: 'drinks', query: 'tea' }, null)))
  expect(found).toEqual([false, true])

  found.length = 0
  let saved: Promise<unknown> | null = null
  const together = () =>
    topics.holding(async () => {
      found.push(topics.match(post, analyse(post.text), null).has(project))
      await (saved ??= saveList(db, project, { name: 'drinks', query: 'milk' }, null))
    })
  await Promise.all([together(), together()])
  expect(found).toEqual([true, true, false, false])
})
