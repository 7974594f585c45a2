import { describe, expect, test } from 'vitest'
import { UserError } from '../../base/errors.ts'
import type { Answer, Request, RequestOptions } from '../../base/http/request.ts'
import type { PlatformAnswer } from './connector.contract.ts'
import type { ConnectorIo } from './connector.ts'
import { plainIo } from './reader.testing.ts'
import type { AnsweredMention, OutgoingReply, ReplyChannel } from './reply-channel.ts'

export type Asked = { method: string; url: URL; headers: { [name: string]: string }; body: string }

/** A platform that takes replies, after its documentation; it refuses whatever it does not know. */
export type ReplyPlatform = {
  answer: (asked: Asked) => PlatformAnswer
  /** What stands there as a reply, oldest first. */
  published: () => { id: string; text: string }[]
}

export type PlayedReplies<Account> = {
  channel: ReplyChannel<Account>
  settings: unknown
  wrongSettings: { input: unknown; field: string }[]
  /** The name people know the account by. */
  name: string
  to: AnsweredMention
  start: () => ReplyPlatform
  /** Whether this request is the one that publishes. */
  publishes: (asked: Asked) => boolean
}

const now = new Date('2026-11-22T12:00:00Z')

/** What every reply channel promises. Each channel's test calls this once. */
export function replyContract<Account>(what: string, played: PlayedReplies<Account>): void {
  describe(`${what} keeps the contract of reply channels`, () => {
    const { channel, to } = played
    type Fault = (asked: Asked, platform: ReplyPlatform) => Answer | PlatformAnswer | null
    const wired = (fault: Fault = () => null) => {
      const platform = played.start()
      const faults = { now: fault }
      const request: Request = async (url, options: RequestOptions = {}) => {
        const { method = 'GET', headers = {}, body = '' } = options
        const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
        const asked = {
          method,
          url: new URL(url),
          headers: lower,
          body: typeof body === 'string' ? body : new TextDecoder().decode(body),
        }
        const given = faults.now(asked, platform) ?? platform.answer(asked)
        if ('kind' in given) return given
        const text = given.body ?? ''
        const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
        return {
          kind: 'ok',
          status: given.status ?? 200,
          headers: given.headers ?? {},
          body: bytes,
          url,
          movedTo: null,
          requests: 1,
        }
      }
      const io: ConnectorIo = plainIo({ request, now: () => now, signal: new AbortController().signal })
      return { platform, io, faults }
    }
    const connect = async (io: ConnectorIo): Promise<Account> => {
      const greeted = await channel.greet(channel.parseAccount(played.settings), io)
      if (greeted.kind !== 'ready') throw new Error(JSON.stringify(greeted))
      return JSON.parse(JSON.stringify(greeted.account)) as Account
    }
    const reply = (text = 'Здравствуйте! Уже чиним.'): OutgoingReply => ({
      key: 'key-1',
      text: channel.compose?.(text, to) ?? text,
      lang: 'ru',
      to,
      begunAt: now,
    })
    const lost = (url: URL): Answer => ({ kind: 'timed-out', timeoutMs: 1000, url: url.href, requests: 1 })
    const onPublishing =
      (answer: (asked: Asked, platform: ReplyPlatform) => Answer | PlatformAnswer): Fault =>
      (asked, platform) =>
        played.publishes(asked) ? answer(asked, platform) : null

    test('settings that are wrong name the field', () => {
      for (const { input, field } of played.wrongSettings) {
        let problem: unknown = null
        try {
          channel.parseAccount(input)
        } catch (error) {
          problem = error
        }
        expect(problem).toBeInstanceOf(UserError)
        expect(problem).toMatchObject({ field })
      }
    })

    test('the platform says who the account is, or why it refuses', async () => {
      const { io } = wired()
      expect(await channel.greet(channel.parseAccount(played.settings), io)).toMatchObject({
        kind: 'ready',
        name: played.name,
      })
      for (const status of [401, 403]) {
        const refused = wired(() => ({ status, body: '{}' }))
        expect((await channel.greet(channel.parseAccount(played.settings), refused.io)).kind).toBe('refused')
      }
    })

    test('a reply is there once, is found, and is taken away', async () => {
      const { io, platform } = wired()
      const account = await connect(io)
      const sent = await channel.send(reply(), account, io)
      if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent))
      expect(platform.published().map(({ text }) => text)).toEqual([reply().text])
      expect(sent.mention.startsWith(`${channel.platform}:`) || /^https?:/.test(sent.mention)).toBe(true)
      expect(await channel.find(reply(), account, io)).toMatchObject({
        kind: 'sent',
        id: sent.id,
        mention: sent.mention,
      })
      if (channel.edit) {
        expect((await channel.edit(sent, 'Починили', account, io)).kind).toBe('done')
        expect(platform.published().map(({ text }) => text)).toEqual(['Починили'])
      }
      if (!channel.remove) return
      expect((await channel.remove(sent, account, io)).kind).toBe('done')
      expect(platform.published()).toEqual([])
      expect((await channel.remove(sent, account, io)).kind).toBe('done')
    })

    test('an answer that was lost is unknown, and a look-up finds what was published', async () => {
      const { io, platform, faults } = wired()
      const account = await connect(io)
      faults.now = onPublishing((asked, there) => {
        there.answer(asked)
        return lost(asked.url)
      })
      expect((await channel.send(reply(), account, io)).kind).toBe('unknown')
      faults.now = () => null
      expect(await channel.find(reply(), account, io)).toMatchObject({ kind: 'sent', id: platform.published()[0]?.id })
      expect(platform.published()).toHaveLength(1)
    })

    test('a clock of ours that is half an hour ahead hides no reply that is there', async () => {
      const { io, platform } = wired()
      const account = await connect(io)
      const ahead = { ...reply(), begunAt: new Date(now.getTime() + 30 * 60_000) }
      expect((await channel.send(ahead, account, io)).kind).toBe('sent')
      expect(await channel.find(ahead, account, io)).toMatchObject({ kind: 'sent', id: platform.published()[0]?.id })
    })

    test('what never arrived is proved absent', async () => {
      const { io, platform, faults } = wired()
      const account = await connect(io)
      faults.now = onPublishing(({ url }) => lost(url))
      expect((await channel.send(reply(), account, io)).kind).toBe('unknown')
      faults.now = () => null
      expect(await channel.find(reply(), account, io)).toEqual({ kind: 'absent' })
      expect(platform.published()).toEqual([])
    })

    test('another reply to the same is not taken for this one', async () => {
      const { io } = wired()
      const account = await connect(io)
      await channel.send(reply('Напишите нам, пожалуйста'), account, io)
      expect(await channel.find(reply(), account, io)).toEqual({ kind: 'absent' })
    })

    test('refusals say whether a later try may help, and nothing is published', async () => {
      const cases: [Answer | PlatformAnswer, string][] = [
        [{ status: 403, body: '{}' }, 'refused'],
        [{ status: 429, headers: { 'retry-after': '60' }, body: '{}' }, 'later'],
        [{ status: 500, body: 'oops' }, 'unknown'],
        [{ kind: 'unreachable', reason: 'ECONNREFUSED', url: '', requests: 1 }, 'later'],
      ]
      for (const [answer, kind] of cases) {
        const { io, platform, faults } = wired()
        const account = await connect(io)
        faults.now = onPublishing(() => answer)
        expect((await channel.send(reply(), account, io)).kind, JSON.stringify(answer)).toBe(kind)
        expect(platform.published()).toEqual([])
      }
    })

    test('what is answered must be one of the platform', async () => {
      const { io, platform } = wired()
      const account = await connect(io)
      const foreign = { ...to, id: 'https://elsewhere.example/1', url: 'https://elsewhere.example/1' }
      expect((await channel.send({ ...reply(), to: foreign }, account, io)).kind).toBe('refused')
      expect(platform.published()).toEqual([])
    })
  })
}
