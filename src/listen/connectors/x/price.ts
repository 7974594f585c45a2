import type { Charge, Micros } from '../connector.ts'

// US dollars of https://docs.x.com/x-api/getting-started/pricing, read in August 2026, in millionths.
export const postMicros: Micros = 5_000
const userMicros: Micros = 10_000
export const replyMicros: Micros = 15_000
export const replyWithLinkMicros: Micros = 200_000
export const removalMicros: Micros = 10_000
export const ownReadMicros: Micros = 1_000

/** The most that a post with its author may cost. */
export const authoredPostMicros: Micros = postMicros + userMicros

/** What an answer with these posts and users was billed with: each of them once per UTC day. */
export function chargesFor(posts: readonly string[], users: readonly string[] = []): Charge[] {
  return [
    ...posts.map((id) => ({ micros: postMicros, once: `post ${id}` })),
    ...users.map((id) => ({ micros: userMicros, once: `user ${id}` })),
  ]
}
