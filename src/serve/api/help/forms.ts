import type { Context } from 'hono'
import { timingSafeEqual } from 'node:crypto'
import { NotFound } from '../../../base/errors.ts'
import { isAddress } from '../../../base/letters/letter.ts'
import type { Secrets } from '../../../base/secrets/secrets.ts'
import { topicKinds, type TopicKind } from '../../../respond/help/post.ts'
import { longestName, longestText, longestTitle } from '../../../respond/help/submit.ts'

/** What a form of ours carries: the moment in which it was drawn, signed for the page. */
export function makeToken(secrets: Secrets, project: number, now: Date): string {
  const at = now.getTime().toString(36)
  return `${at}-${secrets.derive(`help-form:${project}:${at}`)}`
}

/** How long ago the form was drawn; null where it is none of ours, or is older than a day. */
export function readToken(secrets: Secrets, project: number, token: string, now: Date): number | null {
  const at = /^([0-9a-z]{1,11})-[\w-]{43}$/.exec(token)?.[1]
  if (at === undefined) return null
  const drawnAt = Number.parseInt(at, 36)
  if (!timingSafeEqual(Buffer.from(token), Buffer.from(makeToken(secrets, project, new Date(drawnAt))))) return null
  const age = now.getTime() - drawnAt
  return age >= 0 && age < dayMs ? age : null
}

const dayMs = 86_400_000

export type Form = { [field: string]: string }

/** The fields as text without what no engine stores; files and repeated fields are not ours. */
export async function readForm(request: Request): Promise<Form> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return {}
  return Object.fromEntries(
    [...new URLSearchParams(await request.text())].map(([name, value]) => [name, tidy(value)] as const),
  )
}

export function tidy(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').replaceAll('\r\n', '\n').trim()
}

/** Somebody filled the field that only programs see. */
export function isTrapped(form: Form): boolean {
  return (form['website'] ?? '') !== ''
}

export function readKind(text: string | undefined): TopicKind {
  return topicKinds.find((kind) => kind === text) ?? 'question'
}

/** One line; nothing is no name. */
export function readName(form: Form): string | null {
  return (form['name'] ?? '').replace(/\s+/g, ' ').slice(0, longestName).trim() || null
}

export function readTitle(form: Form): string {
  return (form['title'] ?? '').replace(/\s+/g, ' ').slice(0, longestTitle).trim()
}

/** Null: longer than fits. */
export function readText(form: Form): string | null {
  const text = form['text'] ?? ''
  return text.length > longestText ? null : text
}

/** In small letters; null where it is no address; empty where none was given. */
export function readEmail(form: Form): string | null {
  const email = (form['email'] ?? '').toLowerCase()
  if (email === '') return ''
  return isAddress(email) && /@[^@]+\.[^@.]+$/.test(email) ? email : null
}

/** The number in an address; one that no database has is that of nothing. */
export function idOf(c: Context): number {
  const id = Number(c.req.param('id'))
  if (!(id < 2 ** 31)) throw new NotFound()
  return id
}
