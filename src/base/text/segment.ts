/**
 * Words of a run of letters in a script without spaces, by the dictionary of the runtime. Slow, so only such runs come here.
 * Offsets are relative to the run.
 */
export function segmentWords(run: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  // The segmenter's time grows faster than the text, and a word never needs that much of it.
  for (let from = 0; from < run.length; from += longest) {
    for (const part of segmenter.segment(run.slice(from, from + longest))) {
      if (part.isWordLike) found.push({ start: from + part.index, end: from + part.index + part.segment.length })
    }
  }
  return found
}

const longest = 2_000

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })
