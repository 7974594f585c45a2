/** One stretch of a text against an earlier one, in reading order; what is gone stands before what is new. */
export type DiffPart = { kind: 'same' | 'gone' | 'new'; text: string }

/** Cells of the table that may be filled; beyond that whole lines are compared instead of words. */
const mostCells = 4_000_000

/** What changed between two texts, word by word. Joined without the new parts it is the old text, and the other way round. */
export function diffWords(before: string, after: string): DiffPart[] {
  const words = compare(cut(before, word), cut(after, word))
  const found = words ?? compare(cut(before, line), cut(after, line))
  return joined(
    found ?? [
      { kind: 'gone', text: before },
      { kind: 'new', text: after },
    ],
  )
}

const word = /\s+|[\p{L}\p{N}\p{M}_*?'’-]+|[^]/gu
const line = /[^\n]*\n|[^\n]+/g

function cut(text: string, into: RegExp): string[] {
  return text.match(into) ?? []
}

/** The longest common sequence by a table of lengths; null when it would be too large. */
function compare(before: string[], after: string[]): DiffPart[] | null {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++
  const old = before.slice(head, before.length - tail)
  const now = after.slice(head, after.length - tail)
  const width = now.length + 1
  if ((old.length + 1) * width > mostCells) return null
  const lengths = new Uint32Array((old.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--)
      lengths[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const parts: DiffPart[] = [{ kind: 'same', text: before.slice(0, head).join('') }]
  for (let i = 0, j = 0; i < old.length || j < now.length;) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      parts.push({ kind: 'same', text: old[i++] ?? '' })
      j++
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1)))
      parts.push({ kind: 'gone', text: old[i++] ?? '' })
    else parts.push({ kind: 'new', text: now[j++] ?? '' })
  }
  return [...parts, { kind: 'same', text: before.slice(before.length - tail).join('') }]
}

/** Neighbours become one, and a blank between two changes belongs to both: a phrase is read whole. */
function joined(parts: DiffPart[]): DiffPart[] {
  const all: DiffPart[] = []
  let gone = ''
  let fresh = ''
  const flush = () => {
    if (gone !== '') all.push({ kind: 'gone', text: gone })
    if (fresh !== '') all.push({ kind: 'new', text: fresh })
    gone = fresh = ''
  }
  parts.forEach(({ kind, text }, i) => {
    if (kind === 'gone') gone += text
    else if (kind === 'new') fresh += text
    else if (text.trim() === '' && gone !== '' && fresh !== '' && (parts[i + 1]?.kind ?? 'same') !== 'same') {
      gone += text
      fresh += text
    } else if (text !== '') {
      flush()
      const last = all.at(-1)
      if (last?.kind === 'same') last.text += text
      else all.push({ kind: 'same', text })
    }
  })
  flush()
  return all
}
