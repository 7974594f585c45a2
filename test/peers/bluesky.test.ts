import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi, type TestContext } from 'vitest'
import { addProject } from '../../src/base/team/project.ts'
import { startCollecting } from '../../src/listen/collect/collector.ts'
import { addSource } from '../../src/listen/collect/source.ts'
import { collectWorld } from '../../src/listen/collect/world.ts'
import { blueskyConnector } from '../../src/listen/connectors/bluesky/bluesky.ts'
import { blueskyReplies } from '../../src/listen/connectors/bluesky/reply.ts'
import type { BlueskyAccount } from '../../src/listen/connectors/bluesky/session.ts'
import type { OutgoingReply } from '../../src/listen/connectors/reply-channel.ts'
import { addTopic } from '../../src/listen/topics/topic.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { startBluesky, withoutBluesky, type BlueskyNetwork, type Person } from './bluesky-network.ts'

// Posts of a real Bluesky network come in, and a reply goes back to it. The network and we are stopped and started.

// A whole network starts here, on a machine that may be busy.
vi.setConfig({ testTimeout: 150_000, hookTimeout: 300_000 })

let network: BlueskyNetwork
let house: TestHouse
let collecting: AsyncDisposable
let anna: Person
let bank: Person
let account: BlueskyAccount

beforeAll(async () => {
  if (withoutBluesky !== null) return
  network = await startBluesky()
  anna = await network.join('anna.test')
  bank = await network.join('owlbank.test')
  const { password } = await bank.call<{ password: string }>('com.atproto.server.createAppPassword', { name: 'Heed' })
  account = blueskyReplies.parseAccount({ handle: '@OwlBank.test', password, service: network.pds })
  house = await openTestHouse()
  const { db } = house.postgres
  const who = { kind: 'member', id: 'test', name: 'Test', email: 'test@heed.test', locale: 'en', isHead: true } as const
  const { id } = await addProject(db, who, { name: 'Owl Bank', timeZone: 'UTC' })
  house.topics.set(await addTopic(db, id, { name: 'Owl Bank', group: null, query: 'owlbank' }, null))
  await addSource({ db, secrets: house.secrets }, id, blueskyConnector, {
    settings: { url: network.jetstream },
    secrets: {},
    name: null,
  })
  collecting = await collect()
})

afterAll(async () => {
  await collecting?.[Symbol.asyncDispose]()
  await house?.[Symbol.asyncDispose]()
  await network?.[Symbol.asyncDispose]()
})

const collect = () => startCollecting(collectWorld(house), { onlyProcess: true })
const io = () => ({ request: house.request, now: () => new Date(), signal: new AbortController().signal })
const rkeyOf = (uri: string) => uri.slice(uri.lastIndexOf('/') + 1)

function needsNetwork(context: TestContext): void {
  if (withoutBluesky !== null) context.skip(withoutBluesky)
}

/** Every row of the table as it stands, so that a mention that is saved twice is seen. */
async function texts(): Promise<string[]> {
  const rows = await house.clickhouse.rows<{ text: string }>('select text from mention final order by text')
  return rows.map(({ text }) => text)
}

async function waitFor(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await isSo()) return
    await sleep(100)
  }
  throw new Error(`Not within thirty seconds: ${what}; there is ${JSON.stringify(await texts())}`)
}

const arrives = (text: string) => waitFor(`“${text}” arrives`, async () => (await texts()).includes(text))
const leaves = (text: string) => waitFor(`“${text}” leaves`, async () => !(await texts()).includes(text))

/** A stream begins at its present, so what was posted before it is connected is not meant to come. */
async function untilListening(): Promise<void> {
  for (let n = 0; n < 60; n += 1) {
    const hello = `owlbank hello ${n}`
    const { uri } = await anna.write(hello)
    const isThere = await Promise.race([arrives(hello).then(() => true), sleep(1000, false)])
    await anna.call('com.atproto.repo.deleteRecord', {
      repo: anna.did,
      collection: 'app.bsky.feed.post',
      rkey: rkeyOf(uri),
    })
    if (isThere) return leaves(hello)
  }
  throw new Error('The stream was not opened')
}

test('a post arrives as a mention with its author and its address; what nobody asked for does not', async (context) => {
  needsNetwork(context)
  await untilListening()
  await anna.write('Nothing to see here')
  const { uri } = await anna.write('My owlbank card is blocked, help! #cards')
  await arrives('My owlbank card is blocked, help! #cards')
  const rows = await house.clickhouse.rows<{
    id: string
    platform: string
    author_id: string
    url: string
    lang: string
  }>('select id, platform, author_id, url, lang from mention final')
  expect(rows).toEqual([
    {
      id: `bluesky:${uri}`,
      platform: 'bluesky',
      author_id: anna.did,
      url: `https://bsky.app/profile/${anna.did}/post/${rkeyOf(uri)}`,
      lang: 'en',
    },
  ])
})

test('a reply is there once, however often it is sent, comes back as a mention, and can be taken back', async (context) => {
  needsNetwork(context)
  expect(await blueskyReplies.greet(account, io())).toMatchObject({ kind: 'ready', name: '@owlbank.test' })
  const first = await anna.write('owlbank, where is my card?')
  const second = await bank.write('owlbank is looking')
  const reply: OutgoingReply = {
    key: 'reply-1',
    text: '🦉 We are on it, @anna.test: https://owlbank.test/cards #owlbank',
    lang: 'en',
    to: { id: `bluesky:${first.uri}`, url: null, title: null, parent: null, root: null, author: null },
    begunAt: new Date(),
  } as OutgoingReply
  expect(await blueskyReplies.find(reply, account, io())).toEqual({ kind: 'absent' })
  const sent = await blueskyReplies.send(reply, account, io())
  if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent))
  // The answer was lost on its way: it is looked up, and even a blind second try changes nothing.
  expect(await blueskyReplies.find(reply, account, io())).toEqual(sent)
  expect(await blueskyReplies.send(reply, account, io())).toEqual(sent)
  type Records = { records: { uri: string; value: { facets?: unknown[]; reply?: { root: object; parent: object } } }[] }
  const listed = await bank.ask<Records>('com.atproto.repo.listRecords', {
    repo: bank.did,
    collection: 'app.bsky.feed.post',
  })
  expect(listed.records.map(({ uri }) => uri).toSorted()).toEqual([second.uri, sent.id].toSorted())
  const { value } = listed.records.find(({ uri }) => uri === sent.id) ?? {}
  expect(value?.reply).toEqual({ root: first, parent: first })
  expect(value?.facets).toEqual([
    { index: { byteStart: 19, byteEnd: 29 }, features: [{ $type: 'app.bsky.richtext.facet#mention', did: anna.did }] },
    {
      index: { byteStart: 31, byteEnd: 57 },
      features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://owlbank.test/cards' }],
    },
    { index: { byteStart: 58, byteEnd: 66 }, features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'owlbank' }] },
  ])

  await arrives(reply.text)
  const rows = await house.clickhouse.rows<{ id: string; parent: string }>(
    `select id, parent from mention final where id = '${sent.mention}'`,
  )
  expect(rows).toEqual([{ id: sent.mention, parent: `bluesky:${first.uri}` }])
  // An answer to the answer stays in the thread of the first.
  const again = await blueskyReplies.send(
    { ...reply, key: 'reply-2', to: { ...reply.to, id: sent.mention } },
    account,
    io(),
  )
  const { value: deeper } = await bank.ask<{ value: { reply: { root: object; parent: { uri: string } } } }>(
    'com.atproto.repo.getRecord',
    {
      repo: bank.did,
      collection: 'app.bsky.feed.post',
      rkey: again.kind === 'sent' ? rkeyOf(again.id) : '',
    },
  )
  expect(deeper.reply).toMatchObject({ root: first, parent: { uri: sent.id } })

  for (let times = 0; times < 2; times += 1)
    expect(await blueskyReplies.remove?.(sent, account, io())).toEqual({ kind: 'done' })
  expect(await blueskyReplies.find(reply, account, io())).toEqual({ kind: 'absent' })
  if (again.kind === 'sent') await blueskyReplies.remove?.(again, account, io())
  await leaves(reply.text)
})

test('a reply to what is gone, or with a password that was taken back, is refused', async (context) => {
  needsNetwork(context)
  const { uri } = await anna.write('owlbank, forget it')
  await anna.call('com.atproto.repo.deleteRecord', {
    repo: anna.did,
    collection: 'app.bsky.feed.post',
    rkey: rkeyOf(uri),
  })
  const to = { id: `bluesky:${uri}`, url: null, title: null, parent: null, root: null, author: null }
  const reply = { key: 'reply-3', text: 'Hello', lang: null, to, begunAt: new Date() } as OutgoingReply
  expect(await blueskyReplies.send(reply, account, io())).toMatchObject({
    kind: 'refused',
    problem: { key: 'reply.gone' },
  })
  const wrong = { ...account, password: 'aaaa-bbbb-cccc-dddd' }
  for (const told of [await blueskyReplies.greet(wrong, io()), await blueskyReplies.send(reply, wrong, io())])
    expect(told).toMatchObject({ kind: 'refused', problem: { key: 'bluesky.signed-out' } })
})

test('an edit and a deletion are followed', async (context) => {
  needsNetwork(context)
  const { uri } = await anna.write('owlbank is fine')
  const other = await anna.write('owlbank is not fine')
  await arrives('owlbank is fine')
  await anna.write('owlbank is slow', rkeyOf(uri))
  await arrives('owlbank is slow')
  expect(await texts()).not.toContain('owlbank is fine')
  await anna.call('com.atproto.repo.deleteRecord', {
    repo: anna.did,
    collection: 'app.bsky.feed.post',
    rkey: rkeyOf(other.uri),
  })
  await leaves('owlbank is not fine')
})

test(
  'the network and we are stopped and started, and nothing is lost or doubled',
  { timeout: 150_000 },
  async (context) => {
    needsNetwork(context)
    const written: string[] = []
    const write = async (text: string) => {
      await anna.write(text)
      written.push(text)
    }
    const before = await texts()
    for (let round = 0; round < 3; round += 1) {
      await write(`owlbank round ${round}, all is well`)
      await network.do('stopJetstream')
      await write(`owlbank round ${round}, the stream is down`)
      await network.do('startJetstream')
      await write(`owlbank round ${round}, the stream is back`)
      await collecting[Symbol.asyncDispose]()
      await write(`owlbank round ${round}, we are down`)
      await network.do('stopPds')
      collecting = await collect()
      await network.do('startPds')
      await write(`owlbank round ${round}, the server is back`)
    }
    for (const text of written) await arrives(text)
    expect(await texts()).toEqual([...before, ...written].toSorted())
    const rows = await house.clickhouse.rows<{ n: number }>('select count() as n from mention group by id having n > 1')
    expect(rows).toEqual([])
  },
)

test('the posts of an account that is closed are removed', async (context) => {
  needsNetwork(context)
  const vera = await network.join('vera.test')
  await vera.write('owlbank, I am leaving')
  await arrives('owlbank, I am leaving')
  const others = (await texts()).filter((text) => text !== 'owlbank, I am leaving')
  await vera.call('com.atproto.server.deactivateAccount', {})
  await leaves('owlbank, I am leaving')
  expect(await texts()).toEqual(others)
})
