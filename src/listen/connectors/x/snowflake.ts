// X numbers its posts by the millisecond since this one, followed by 22 further bits.
const epochMs = 1_288_834_974_657n

/** Ids are larger than numbers can hold, so they stay texts and are compared by length and letters. */
export function isLater(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length
}

export function isPostId(text: unknown): text is string {
  return typeof text === 'string' && /^[1-9]\d{0,18}$/.test(text)
}

/** When a post with this id was made. */
export function momentOfId(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + epochMs))
}
