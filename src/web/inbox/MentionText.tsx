/**
 * Collected text, always as text. It may be hostile, so nothing in it is read as HTML or as a link, directions of
 * writing stay inside it, and long words break.
 *   <MentionText text={mention.text} places={…} />              whole, line breaks kept
 *   <MentionText text={mention.text} places={…} excerpt />      a piece around the first match, for a row
 *   `lit`: the places are those that a person points at, and stand out
 */
import { Fragment } from 'react'
import styles from './MentionText.module.css'

type Place = { start: number; end: number }

const before = 80
const excerptLength = 480

export function MentionText({
  text,
  places,
  excerpt = false,
  lit = false,
}: {
  text: string
  places: readonly Place[]
  excerpt?: boolean
  lit?: boolean
}) {
  const [from, to] = excerpt ? windowOf(text, places) : [0, text.length]
  return (
    <span className={excerpt ? styles.excerpt : styles.whole} dir="auto">
      {from > 0 && '… '}
      {cut(text, places, from, to).map(({ piece, isMatch, start }) =>
        isMatch ? (
          <mark key={start} className={lit ? styles.lit : styles.mark}>
            {piece}
          </mark>
        ) : (
          <Fragment key={start}>{piece}</Fragment>
        ),
      )}
    </span>
  )
}

/** Where an excerpt begins and ends: at blanks, so that no letter or emoji is cut in two. */
function windowOf(text: string, places: readonly Place[]): [number, number] {
  const first = Math.min(text.length, ...places.map(({ start }) => start))
  if (first === text.length || first < before * 2) return [0, blankAfter(text, excerptLength)]
  const from = blankAfter(text, first - before)
  return [from < first ? from : first, blankAfter(text, first + excerptLength)]
}

function blankAfter(text: string, at: number): number {
  if (at >= text.length) return text.length
  const found = text.slice(at, at + 80).search(/\s/)
  if (found >= 0) return at + found
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at
}

function cut(text: string, places: readonly Place[], from: number, to: number) {
  const pieces: { piece: string; isMatch: boolean; start: number }[] = []
  let at = from
  for (const { start, end } of places.toSorted((one, other) => one.start - other.start)) {
    const first = Math.max(start, at)
    const last = Math.min(end, to)
    if (last <= first) continue
    if (first > at) pieces.push({ piece: text.slice(at, first), isMatch: false, start: at })
    pieces.push({ piece: text.slice(first, last), isMatch: true, start: first })
    at = last
  }
  if (at < to) pieces.push({ piece: text.slice(at, to), isMatch: false, start: at })
  return pieces
}
