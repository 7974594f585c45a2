import { typed, wrong } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import type { GraphKeys } from './graph.ts'
import { renewMeta } from './renew.ts'

/** What replies of a page are signed in with; with an app and its secret, a token that ends is exchanged in time. */
export type MetaAccount = GraphKeys & { appId?: string; renewal?: string }

export function parseMetaAccount(input: unknown): MetaAccount {
  const [token, appId, appSecret] = [typed(input, 'pageToken'), typed(input, 'appId'), typed(input, 'appSecret')]
  if (!/^[\w|.-]{20,600}$/.test(token)) throw wrong('meta.keys', {}, 'pageToken')
  if (appId !== '' && !/^\d{1,20}$/.test(appId)) throw wrong('meta.app-id', {}, 'appId')
  if (appSecret !== '' && !/^[0-9a-f]{16,64}$/i.test(appSecret)) throw wrong('meta.app-secret', {}, 'appSecret')
  return { token, ...(appId !== '' && { appId }), ...(appSecret !== '' && { appSecret }) }
}

export async function renewMetaAccount<Account extends MetaAccount>(
  account: Account,
  io: ConnectorIo,
): Promise<Account | null> {
  const { token, appId = '', appSecret = '', renewal = '' } = account
  const renewed = await renewMeta({ token, appId, appSecret, renewal }, io)
  return renewed && { ...account, ...renewed }
}
