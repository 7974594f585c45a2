import { timingSafeEqual } from 'node:crypto'
import type { Secrets } from '../../base/secrets/secrets.ts'

type Owner = Pick<Secrets, 'derive'>

/** The number of the question and its signature: nobody can guess the one of another question. */
export function linkOf(secrets: Owner, id: number): string {
  return `${id}-${secrets.derive(`expert-question:${id}`)}`
}

/** Null when the signature is not ours. */
export function readLink(secrets: Owner, link: string): number | null {
  const id = Number(/^([1-9]\d{0,8})-[\w-]{43}$/.exec(link)?.[1] ?? 0)
  if (id === 0) return null
  return timingSafeEqual(Buffer.from(link), Buffer.from(linkOf(secrets, id))) ? id : null
}

/** Where the expert reads and answers. */
export function addressOfQuestion(secrets: Owner, publicUrl: string, id: number): string {
  return `${publicUrl}/ask/${linkOf(secrets, id)}`
}
