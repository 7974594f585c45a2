import { sql } from 'kysely'
import { openHouse } from '../../src/app.ts'
import { must } from '../../src/base/errors.ts'
import { first, list } from '../../src/base/postgres/postgres.ts'
import { addProject } from '../../src/base/team/project.ts'
import { noWords } from '../../src/base/text/stored-words.ts'
import { readConfig } from '../../src/config.ts'
import { mastodonReplies } from '../../src/listen/connectors/mastodon/reply.ts'
import { findMentions } from '../../src/listen/mentions/read.ts'
import { saveMentions } from '../../src/listen/mentions/save.ts'
import { barePost } from '../../src/listen/posts/post.ts'
import { connectAccount } from '../../src/respond/replies/account.ts'
import { beginDraft, writeDraft } from '../../src/respond/replies/draft.ts'
import { queueReply } from '../../src/respond/replies/queue.ts'
import { sendDue } from '../../src/respond/replies/send.ts'
import { tellStream } from '../../src/respond/replies/tell-stream.ts'
import { openTicket } from '../../src/respond/tickets/open.ts'
import { localAdmin } from '../../src/serve/local/operations.ts'

// The process that mastodon-kill.test.ts kills: it queues the replies once, and goes on sending whenever it is started again.
type Told = { server: string; token: string; mention: { id: string; url: string; handle: string }; replies: number }
const [data = '', told = ''] = process.argv.slice(2)
const { server, token, mention, replies } = JSON.parse(told) as Told
await using house = await openHouse({ ...readConfig({}, { data }), allowPrivate: true, logLevel: 'fatal' })
const { db } = house.postgres
const say = (text: string) => process.stdout.write(`${text}\n`)

// A try on loopback has arrived or never will within a second.
const channel = { ...mastodonReplies, settleMs: 1000 }
const io = { request: house.request, now: house.now, signal: new AbortController().signal }
const anna = { id: 'anna', name: 'Anna' }

const queued = async () =>
  must(await first(db, sql<{ count: number }>`select count(*)::int as count from reply where state <> 'draft'`)).count
const known = await first(db, sql<{ id: number }>`select id from project`)
await sql`
  insert into member (id, name, email, is_head) values (${anna.id}, ${anna.name}, 'anna@heed.test', true)
  on conflict do nothing`.execute(db)
const project = known?.id ?? (await addProject(db, localAdmin, { name: 'Kill', timeZone: 'UTC' })).id
if ((await queued()) < replies) {
  const post = {
    ...barePost({ id: mention.id, platform: 'mastodon', text: 'Карта не работает', url: mention.url }),
    author: { id: mention.handle, name: 'Alice', handle: mention.handle, bio: null, followers: null, verified: null },
    postedAt: new Date(),
  }
  const rest = {
    project,
    sourceId: null,
    collectedAt: new Date(),
    langConfidence: null,
    cluster: 'c',
    topics: [],
    places: {},
  }
  await saveMentions(house.clickhouse, [{ post, ...rest, words: noWords }])
  const [found] = await findMentions(house.clickhouse, project, [mention.id])
  const ticket = await openTicket(db, project, { mentions: [must(found)] }, anna)
  const settings = { server, token }
  const account = await connectAccount(db, house.secrets, project, { channel, settings, by: 'Anna' }, io)
  for (let number = await queued(); number < replies; number += 1) {
    const to = { ticket: ticket.id, mention: must(found), channel: account.id }
    const draft = await beginDraft(db, project, to, anna)
    const { version } = await writeDraft(db, project, draft.id, {
      text: `Ответ номер ${number}.`,
      version: draft.version,
    })
    await queueReply(db, project, draft.id, { version, sendAt: null, despite: [] }, anna, house.now())
  }
}
say('working')
const world = { ...house, db, channelOf: () => channel, settled: async () => {} }
for (;;) {
  const next = await sendDue(world, io.signal)
  await tellStream(db, house.clickhouse)
  if (next === null) break
  await new Promise((resolve) => setTimeout(resolve, Math.max(20, next.getTime() - Date.now())))
}
const states = await list(
  db,
  sql<{ state: string; count: number }>`select state, count(*)::int as count from reply group by state`,
)
say(`finished ${JSON.stringify(states)}`)
