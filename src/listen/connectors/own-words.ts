import type { OutgoingReply } from './reply-channel.ts'

/** A text for a site that takes HTML, so that its signs show as they were written. */
export function toHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Sites dress a text: quotes turn round, links are shortened, spaces are joined. Letters and digits stay. */
export function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase()
}

/** Whether something that stands there now can be this reply; what has no time can. Clocks of two machines are never the same. */
export function isSince(at: string | null | undefined, { begunAt }: Pick<OutgoingReply, 'begunAt'>): boolean {
  const moment = Date.parse(at ?? '')
  return Number.isNaN(moment) || moment >= begunAt.getTime() - 5 * 60_000
}
