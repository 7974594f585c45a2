import { expect, test } from 'vitest'
import { findBrokenRules } from '../scripts/imports.ts'

function broken(files: { [path: string]: string }): string[] {
  return findBrokenRules(new Map(Object.entries(files)))
}

test('imports point up the flow, never down', () => {
  expect(broken({ 'respond/tickets/ticket.ts': `import { a } from '../../listen/posts/post.ts'` })).toEqual([])
  expect(
    broken({ 'listen/mentions/save.ts': `import type { Ticket } from '../../respond/tickets/ticket.ts'` }),
  ).toEqual(['listen/mentions/save.ts: listen has never heard of respond, but imports respond/tickets/ticket.ts'])
  expect(broken({ 'base/text/word.ts': `export { a } from '../../app.ts'` })).toHaveLength(1)
  expect(broken({ 'base/text/word.ts': `const a = await import('../../serve/house.ts')` })).toHaveLength(1)
  expect(broken({ 'app.ts': `import { a } from './respond/tickets/ticket.ts'` })).toEqual([])
})

test('screens take types from the API and nothing else', () => {
  expect(broken({ 'web/today/Today.tsx': `import type { Topic } from '../../serve/api/shapes/topic.ts'` })).toEqual([])
  expect(broken({ 'web/today/Today.tsx': `import { topic } from '../../serve/api/shapes/topic.ts'` })).toHaveLength(1)
  expect(broken({ 'web/today/Today.tsx': `import type { Post } from '../../listen/posts/post.ts'` })).toHaveLength(1)
})

test('a driver stays in its room', () => {
  expect(broken({ 'base/postgres/postgres.ts': `import pg from 'pg'\nimport { Kysely } from 'kysely'` })).toEqual([])
  expect(broken({ 'listen/mentions/save.ts': `import { createClient } from '@clickhouse/client'` })).toHaveLength(1)
  expect(broken({ 'respond/tickets/queries.ts': `import { sql, type RawBuilder } from 'kysely'` })).toEqual([])
  expect(broken({ 'respond/tickets/queries.ts': `import {\n  sql,\n  Kysely,\n} from 'kysely'` })).toHaveLength(1)
  expect(broken({ 'listen/connectors/rss.ts': `import { fetch } from 'undici'` })).toHaveLength(1)
})

test('rooms of a floor do not go in a circle', () => {
  const query = `import { word } from '../match/matcher.ts'`
  expect(
    broken({
      'listen/query/sql.ts': query,
      'listen/match/matcher.ts': `import type { Query } from '../query/query.ts'`,
    }),
  ).toEqual([])
  expect(
    broken({ 'listen/query/sql.ts': query, 'listen/match/matcher.ts': `import { parse } from '../query/parse.ts'` }),
  ).toEqual(['listen/match → listen/query → listen/match is a circle (see listen/query/sql.ts)'])
})

test('a thread loads no engine, not even through others', () => {
  const started = { 'listen/threads.ts': `new Worker(new URL('./thread.ts', import.meta.url))` }
  const topic = `import { sql } from 'kysely'`
  expect(
    broken({
      ...started,
      'listen/thread.ts': `import { match } from './match/match.ts'`,
      'listen/match/match.ts': `import type { Topic } from '../topics/topic.ts'`,
      'listen/topics/topic.ts': topic,
    }),
  ).toEqual([])
  expect(
    broken({
      ...started,
      'listen/thread.ts': `import { match } from './match/match.ts'`,
      'listen/match/match.ts': `import { read } from '../topics/topic.ts'`,
      'listen/topics/topic.ts': topic,
    }),
  ).toEqual(['listen/thread.ts → listen/match/match.ts → listen/topics/topic.ts → kysely: a thread loads no engine'])
})

test('the environment is read in one place', () => {
  expect(broken({ 'config.ts': 'process.env.PORT' })).toEqual([])
  expect(broken({ 'serve/api/server.ts': `process.env['PORT']` })).toHaveLength(1)
})
