import { astral, classes, packed, surrogate } from './characters.ts'

/** Letters of scripts without spaces that stand together. `words`: where each begins and ends, counted from the first letter. */
export type Run = { end: number; words: number[] }

/**
 * The run of such letters that begins here, in words by the dictionary of the runtime. To begin is the slowest of it, so the runs that
 * follow in the text are read at once; what stands beside a run changes nothing in it.
 */
export function segmentRun(text: string, start: number): Run {
  if (text !== lastText) {
    lastText = text
    runs.clear()
    readUntil = 0
  }
  const known = runs.get(start)
  if (known) return known
  if (start >= readUntil) readRuns(text, start)
  else runs.set(start, readOne(text, start, endOfRun(text, start)))
  return runs.get(start)!
}

// One thread reads one text at a time.
let lastText = ''
/** Of that text, by where they begin. */
const runs = new Map<number, Run>()
let readUntil = 0

function readRuns(text: string, from: number): void {
  const some: Run[] = []
  let joined = ''
  let at = from
  while (at < text.length) {
    if (!isPacked(text, at)) {
      at++
      continue
    }
    const end = endOfRun(text, at)
    if (at > from && joined.length + end - at > mostAtOnce) break
    const run = end - at > mostAtOnce ? readOne(text, at, end) : { end, words: [] }
    runs.set(at, run)
    some.push(run)
    // A line break parts words whatever stands on its sides. What was read alone leaves its place empty.
    joined += (run.words.length > 0 ? '' : text.slice(at, end)) + '\n'
    at = end
  }
  readUntil = at
  let run = 0
  let begin = 0
  for (const { segment, index, isWordLike } of segmenter.segment(joined)) {
    if (segment === '\n') {
      run++
      begin = index + 1
    } else if (isWordLike) some[run]!.words.push(index - begin, index - begin + segment.length)
  }
}

function readOne(text: string, start: number, end: number): Run {
  const words: number[] = []
  // The segmenter's time grows faster than the text, and a word never needs that much of it.
  for (let from = start; from < end; from += mostAtOnce) {
    for (const part of segmenter.segment(text.slice(from, Math.min(end, from + mostAtOnce))))
      if (part.isWordLike) words.push(from - start + part.index, from - start + part.index + part.segment.length)
  }
  return { end, words }
}

function endOfRun(text: string, start: number): number {
  let end = start + 1
  while (end < text.length && isPacked(text, end)) end++
  return end
}

function isPacked(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (classes[code] === packed) return true
  if (classes[code] !== surrogate) return false
  return astral(text, code >= 0xdc00 ? at - 1 : at) === packed
}

const mostAtOnce = 2_000

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })
