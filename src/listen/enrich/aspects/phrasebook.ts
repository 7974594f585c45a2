import type { FoundAspect } from '../aspects.ts'

/** A mention with what was found in it. */
export type PhrasebookMention = { id: string; text: string; likes: number | null; aspects: readonly FoundAspect[] }

/** What people said, word for word, and where. */
export type Phrase = { mention: string; words: string }

export type PhrasebookEntry = {
  aspect: string
  /** Mentions that praise, blame, or only name it; one that does two of them counts in both. */
  praised: number
  blamed: number
  named: number
  /** Mentions that judge it by what it does, and by what they feel. */
  functional: number
  emotional: number
  praise: Phrase[]
  blame: Phrase[]
}

/**
 * The phrasebook of a page of mentions: for each aspect how many praise and blame it, and the customers' best words, most
 * judged aspect first. The best are those that stand alone: neither too short nor too long, liked by others, and no two alike.
 */
export function makePhrasebook(mentions: Iterable<PhrasebookMention>, { quotes = 5 } = {}): PhrasebookEntry[] {
  const gathered = new Map<string, Gathered>()
  for (const mention of mentions) {
    for (const [aspect, found] of Map.groupBy(mention.aspects, (one) => one.aspect)) {
      let entry = gathered.get(aspect)
      if (!entry)
        gathered.set(aspect, (entry = { praised: 0, blamed: 0, named: 0, functional: 0, emotional: 0, quotes: [] }))
      const judged = found.filter(({ polarity }) => polarity !== 'neutral')
      if (judged.some(({ polarity }) => polarity === 'positive')) entry.praised++
      if (judged.some(({ polarity }) => polarity === 'negative')) entry.blamed++
      if (judged.length === 0) entry.named++
      if (judged.some(({ kind }) => kind === 'functional')) entry.functional++
      if (judged.some(({ kind }) => kind === 'emotional')) entry.emotional++
      for (const { polarity, quote } of judged) {
        const words = mention.text.slice(quote.start, quote.end).trim()
        if (words !== '')
          entry.quotes.push({
            mention: mention.id,
            words,
            praises: polarity === 'positive',
            worth: worth(words, mention.likes),
          })
      }
    }
  }
  return [...gathered]
    .map(([aspect, { quotes: all, ...counts }]) => ({
      aspect,
      ...counts,
      praise: best(
        all.filter(({ praises }) => praises),
        quotes,
      ),
      blame: best(
        all.filter(({ praises }) => !praises),
        quotes,
      ),
    }))
    .toSorted(
      (a, b) => b.praised + b.blamed - (a.praised + a.blamed) || b.named - a.named || (a.aspect < b.aspect ? -1 : 1),
    )
}

type Quote = Phrase & { praises: boolean; worth: number }
type Gathered = {
  praised: number
  blamed: number
  named: number
  functional: number
  emotional: number
  quotes: Quote[]
}

function best(quotes: Quote[], most: number): Phrase[] {
  const seen = new Set<string>()
  const chosen: Phrase[] = []
  for (const { mention, words } of quotes.toSorted((a, b) => b.worth - a.worth)) {
    const letters = words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
    if (seen.has(letters) || chosen.length === most) continue
    seen.add(letters)
    chosen.push({ mention, words })
  }
  return chosen
}

/** Six to fifteen words say something and can be read at a glance. */
function worth(words: string, likes: number | null): number {
  const count = words.split(/\s+/).length
  const length = count < 3 ? 0 : count < 6 ? 1 : count <= 15 ? 2 : 1
  return length + Math.log10(1 + Math.max(0, likes ?? 0))
}
