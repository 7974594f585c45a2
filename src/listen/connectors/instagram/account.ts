import { z } from 'zod'
import { failed, type Trouble } from '../answers.ts'
import type { ConnectorIo, Cursor } from '../connector.ts'
import { askGraph, graph, type GraphKeys } from '../meta/graph.ts'

/** The professional account that a page's token speaks for. */
export type OwnAccount = { id: string; username: string }

const Me = z.object({
  instagram_business_account: z.object({ id: z.string().min(1), username: z.string().min(1) }).nullish(),
})

export async function ownAccount(
  cursor: Cursor,
  keys: GraphKeys,
  io: ConnectorIo,
): Promise<OwnAccount | { trouble: Trouble }> {
  const { ig, username } = cursor
  if (typeof ig === 'string' && typeof username === 'string' && /^\d+$/.test(ig)) return { id: ig, username }
  const asked = await askGraph(`${graph}/me`, { fields: 'instagram_business_account{id,username}' }, keys, Me, io)
  if ('trouble' in asked) return asked
  return asked.value.instagram_business_account ?? { trouble: failed('instagram.no-account') }
}
