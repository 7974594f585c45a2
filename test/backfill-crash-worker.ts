import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { openHouse } from '../src/app.ts'
import { must } from '../src/base/errors.ts'
import { first } from '../src/base/postgres/postgres.ts'
import type { Progress } from '../src/base/progress/progress.ts'
import { addProject } from '../src/base/team/project.ts'
import { readConfig } from '../src/config.ts'
import { bringIn } from '../src/listen/bring-in.ts'
import { startBackfill } from '../src/listen/collect/backfill.ts'
import { startCollecting } from '../src/listen/collect/collector.ts'
import { collectWorld } from '../src/listen/collect/world.ts'
import { barePost } from '../src/listen/posts/post.ts'
import { createTopicMatcher } from '../src/listen/topics/topic-matcher.ts'
import { addTopic, listAllTopics } from '../src/listen/topics/topic.ts'
import { localAdmin } from '../src/serve/local/operations.ts'

// The process that backfill-crash.test.ts kills: it begins a run over the archive once, and goes on with it at each start.
const [data = '', rows = ''] = process.argv.slice(2)
await using house = await openHouse({ ...readConfig({}, { data }), logLevel: 'fatal' })
const { db } = house.postgres
const say = (text: string) => process.stdout.write(`${text}\n`)
const progress = async () => must(await first(db, sql<Progress>`select * from progress where kind = 'backfill'`))

if ((await listAllTopics(db)).length === 0) await begin()
{
  await using _collecting = await startCollecting(collectWorld(house), { onlyProcess: true })
  for (let ended = false; !ended; await sleep(10)) {
    const now = await progress()
    say(`done ${now.done}`)
    ended = now.endedAt !== null
  }
}
const ids = await house.clickhouse.rows<{ id: string }>('select id from mention')
const [topic] = await listAllTopics(db)
say(`found ${JSON.stringify({ progress: await progress(), topic, ids: ids.map(({ id }) => id) })}`)

async function begin(): Promise<void> {
  const collectedAt = new Date()
  const posts = Array.from({ length: Number(rows) }, (_, n) => ({
    ...barePost({
      id: `vk:${n}`,
      platform: 'vk',
      text: `Запись ${n} о ${n % 2 === 0 ? 'банке' : 'погоде'}`,
      lang: 'ru',
    }),
    postedAt: new Date(collectedAt.getTime() - n * 1_000),
  }))
  const topics = createTopicMatcher()
  for (let from = 0; from < posts.length; from += 2_000)
    await bringIn(posts.slice(from, from + 2_000), {
      ...{ project: null, sourceId: null, keepAll: false, collectedAt, topics },
      clickhouse: house.clickhouse,
    })
  const project = await addProject(db, localAdmin, { name: 'Crash', timeZone: 'UTC' })
  await startBackfill(db, await addTopic(db, project.id, { name: 'Bank', group: null, query: 'банк' }, null))
}
