import { lower, tidy } from '../text/fold.ts'

/** Words that begin like those of a text, all of them, as PostgreSQL looks for them; null: the text has no word. */
export function beginningsIn(text: string): string | null {
  const words = lower(tidy(text)).match(/[\p{L}\p{N}]+/gu)
  return words === null ? null : words.map((word) => `'${word}':*`).join(' & ')
}
