/** A piece of a text with the place of what it is shown for; `end` is exclusive. */
export type Excerpt = { text: string; start: number; end: number }

const longest = 240

/**
 * The sentence around a place of a text, and all sentences that the place runs through; when that is more than can be read
 * at a glance, the words around it, with “…” where something was left out.
 */
export function excerptOf(text: string, place: { start: number; end: number }, lang: string | null): Excerpt {
  const start = Math.max(0, Math.min(place.start, text.length))
  const end = Math.max(start, Math.min(place.end, text.length))
  let [from, to] = sentencesAround(text, start, end, lang)
  let [before, after] = ['', '']
  if (to - from > longest) {
    const room = Math.max(0, longest - (end - start))
    const earliest = Math.max(from, start - Math.floor(room / 2))
    const latest = Math.min(to, Math.max(end, earliest + longest))
    if (earliest > from) [from, before] = [blankAfter(text, earliest, start), '… ']
    if (latest < to) [to, after] = [blankBefore(text, latest, end), ' …']
  }
  const piece = text.slice(from, to).trimEnd()
  const offset = before.length - from
  return {
    text: before + piece + after,
    start: start + offset,
    end: Math.min(end + offset, before.length + piece.length),
  }
}

function sentencesAround(text: string, start: number, end: number, lang: string | null): [number, number] {
  let from = start
  let to = end
  for (const { index, segment } of segmenter(lang).segment(text)) {
    const until = index + segment.length
    if (index <= start && start < until) from = index
    if (index < end && end <= until) {
      to = until
      break
    }
  }
  while (from < start && /\s/.test(text[from] ?? '')) from++
  return [from, to]
}

const segmenters = new Map<string, Intl.Segmenter>()

function segmenter(lang: string | null): Intl.Segmenter {
  const key = lang ?? ''
  let found = segmenters.get(key)
  if (!found) {
    found = new Intl.Segmenter(isLanguage(lang) ? lang : undefined, { granularity: 'sentence' })
    segmenters.set(key, found)
  }
  return found
}

/** A platform may call a language as it likes. */
function isLanguage(lang: string | null): lang is string {
  return lang !== null && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(lang)
}

function blankAfter(text: string, at: number, most: number): number {
  const found = text.slice(at, most).search(/\s/)
  return found < 0 ? most : at + found + 1
}

function blankBefore(text: string, at: number, least: number): number {
  for (let i = at; i > least; i--) if (/\s/.test(text[i] ?? '')) return i
  return least
}
