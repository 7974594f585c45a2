import { expect, test } from 'vitest'
import type { Request } from '../../../base/http/request.ts'
import { plainIo } from '../reader.testing.ts'
import { facebookReplies } from '../facebook/reply.ts'
import { instagramReplies } from '../instagram/reply.ts'
import { must } from '../../../base/errors.ts'
import { renewMeta } from './renew.ts'

const now = new Date('2026-11-22T12:00:00Z')
const given = { token: 'EAAB-first', appId: '1234567890', appSecret: 'abcdef0123456789' }

/** Graph API of an app, which knows when each token ends; 0: never. */
function graphOf(expires_at: number) {
  const asked: string[] = []
  const request: Request = async (url, options) => {
    const { pathname, searchParams } = new URL(url)
    asked.push(pathname.replace('/v26.0/', ''))
    const isApp = options?.headers?.['authorization'] === `Bearer ${given.appId}|${given.appSecret}`
    const isExchange =
      searchParams.get('grant_type') === 'fb_exchange_token' &&
      searchParams.get('client_id') === given.appId &&
      searchParams.get('client_secret') === given.appSecret &&
      searchParams.get('fb_exchange_token') === 'EAAB-first'
    const body = pathname.endsWith('/debug_token')
      ? { data: { app_id: given.appId, is_valid: true, expires_at } }
      : isExchange
        ? { access_token: 'EAAB-longer', token_type: 'bearer', expires_in: 5_184_000 }
        : { error: { message: 'no', code: 100 } }
    const bytes = new TextEncoder().encode(JSON.stringify(isApp ? body : { error: { message: 'no', code: 190 } }))
    return { kind: 'ok', status: isApp ? 200 : 400, headers: {}, body: bytes, url, movedTo: null, requests: 1 }
  }
  return { io: plainIo({ request, now: () => now, signal: new AbortController().signal }), asked }
}
async function renew(secrets: { [name: string]: string }, expires_at: number) {
  const { io, asked } = graphOf(expires_at)
  return { kept: await renewMeta(secrets, io), asked }
}

test('a token that ends is exchanged for a longer one, one that never ends stays', async () => {
  const ends = await renew(given, now.getTime() / 1000 + 3600)
  expect([ends.kept?.['token'], ends.asked]).toEqual(['EAAB-longer', ['debug_token', 'oauth/access_token']])
  const stays = await renew(given, 0)
  expect([stays.kept?.['token'], stays.asked]).toEqual(['EAAB-first', ['debug_token']])
  expect((await renew({ ...given, ...stays.kept }, 0)).asked).toEqual([])
})

test('without an app nothing is asked, and a refusal leaves the token as it is', async () => {
  expect(await renew({ token: given.token }, 0)).toEqual({ kept: null, asked: [] })
  const refused = await renew({ ...given, appSecret: '0123456789abcdef' }, 0)
  expect([refused.kept?.['token'], refused.asked]).toEqual(['EAAB-first', ['debug_token']])
})

test('an account that replies exchanges its token as well, and stays the account it is', async () => {
  const settings = { pageToken: given.token.padEnd(20, '-'), appId: given.appId, appSecret: given.appSecret }
  for (const channel of [facebookReplies, instagramReplies]) {
    const parsed = { ...channel.parseAccount(settings), token: given.token }
    const renewed = await must(channel.renew)(parsed as never, graphOf(now.getTime() / 1000 + 3600).io)
    expect(renewed).toMatchObject({ ...parsed, token: 'EAAB-longer' })
    const { appId: _, ...without } = parsed
    expect(await must(channel.renew)(without as never, graphOf(0).io)).toBeNull()
  }
})
