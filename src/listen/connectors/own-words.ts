import type { OutgoingReply } from './reply-channel.ts'

/** A text for a site that takes HTML, so that its signs show as they were written. */
export function toHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Sites dress a text: quotes turn round, links are shortened, spaces are joined. Letters and digits stay. */
export function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase()
}

const clockMs = 3_600_000

/** The oldest moment that the platform may give this reply: clocks of two machines are never the same, and ours may be ahead. */
export function sinceOf({ begunAt }: Pick<OutgoingReply, 'begunAt'>): Date {
  return new Date(begunAt.getTime() - clockMs)
}

/** Whether something that stands there now can be this reply; what has no time can. */
export function isSince(at: string | number | null | undefined, reply: Pick<OutgoingReply, 'begunAt'>): boolean {
  const moment = typeof at === 'number' ? at : Date.parse(at ?? '')
  return Number.isNaN(moment) || moment >= sinceOf(reply).getTime()
}
