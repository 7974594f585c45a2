import { analyse } from '../src/base/text/analyse.ts'
import { readRows } from './data/read-rows.ts'
import { readChannelPosts } from './data/telegram-ru.ts'

/** How posts use a word: in small letters, with a capital inside a sentence, and with a capital behind “in” or “from”. */
export type Use = { small: number; capital: number; led: number }

const leading = new Set(['в', 'во', 'из', 'под', 'in', 'from', 'near'])

/** Uses of the given words, in Russian channels and English tweets. */
export function readUses(names: Set<string>): Map<string, Use> {
  const uses = new Map<string, Use>()
  const texts: [lang: string, text: string][] = [
    ...readChannelPosts().map(({ text }): [string, string] => ['ru', text]),
    ...readRows<'text'>('semeval2017-task4/A.train.tsv.gz').map(({ text }): [string, string] => ['en', text]),
  ]
  for (const [lang, text] of texts) {
    const { words, starts, ends, positions } = analyse(text.slice(0, 2_000), { lang })
    for (let i = 1; i < words.length; i++) {
      const word = words[i]!
      if (word.width > 1 || positions[i] === positions[i - 1]) continue
      const forms = [word.folded, ...word.stems.filter((stem) => stem.startsWith('ru:')).map((stem) => stem.slice(3))]
      const isSmall = word.written === word.accented || word.written[0] === word.written[0]!.toLowerCase()
      const isInside = /[\p{L}\p{N},]\s$/u.test(text.slice(Math.max(0, starts[i]! - 2), starts[i]))
      if (!isSmall && !isInside) continue
      const isLed = leading.has(words[i - 1]!.folded) && text.slice(ends[i - 1], starts[i]) === ' '
      for (const form of new Set(forms)) {
        if (!names.has(form)) continue
        const use = uses.get(form) ?? { small: 0, capital: 0, led: 0 }
        if (isSmall) use.small++
        else {
          use.capital++
          if (isLed) use.led++
        }
        uses.set(form, use)
      }
    }
  }
  return uses
}
