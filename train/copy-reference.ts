import type { ChannelPost } from './data/telegram-ru.ts'

/**
 * Which posts are copies of one another, found slowly and plainly: every pair of posts within 30 days that shares three
 * words in a row is compared word by word. What speed needs (hashes, samples, an index that forgets) has no part in it.
 * The limits stand where they agree best with train/labels/copies.telegram-ru.tsv, pairs that were read by a person.
 */
export function copyReference(posts: ChannelPost[]): number[] {
  const texts = posts.map(({ text }) => words(text))
  const endings = findEndings(posts, texts)
  const bare = texts.map((lines) => withoutEnding(lines, endings).flat())
  const groups = posts.map((_, index) => index)
  const exact = new Map<string, number>()
  const withRow = new Map<string, number[]>()
  for (const [index, { at }] of posts.entries()) {
    const text = bare[index]!
    const same = exact.get(text.join(' '))
    if (same !== undefined && isLong(text) && at.getTime() - posts[same]!.at.getTime() <= window)
      join(groups, index, same)
    exact.set(text.join(' '), index)
    const partners = new Set<number>()
    for (const row of rows(text)) {
      const before = withRow.get(row)
      if (!before) withRow.set(row, [index])
      else {
        for (let i = before.length - 1; i >= 0 && at.getTime() - posts[before[i]!]!.at.getTime() <= window; i--)
          partners.add(before[i]!)
        before.push(index)
      }
    }
    for (const partner of partners) {
      const days = (at.getTime() - posts[partner]!.at.getTime()) / dayMs
      if (areCopies(bare[partner]!, text, days)) join(groups, index, partner)
    }
  }
  return groups.map((_, index) => find(groups, index))
}

/** Whether one of two texts was made from the other by copying, cutting, extending or swapping words. */
export function areCopies(a: string[], b: string[], days: number): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (!isLong(short)) return false
  // The same sentence with another number is another event: “the dollar is above 108 roubles”.
  if (!numbersAgree(short, long)) return false
  const shared = shareOfRows(short, long)
  if (shared < 0.5) return false
  const inOrder = commonWords(short, long)
  const ofLong = inOrder / long.length
  // Days later the same words are rather the same form filled in anew.
  if (days > 3) return shared >= 0.75 && ofLong >= 0.7
  if (ofLong >= 0.5) return shared >= 0.5 && inOrder / short.length >= 0.75
  // A cut keeps the beginning; a line found in the middle of a digest is a quotation of it.
  return shareOfRows(short, long.slice(0, Math.ceil(short.length * 1.3) + 4)) >= 0.65
}

const dayMs = 86_400_000
const window = 30 * dayMs

/** The words of each line that has any. Links, names and the addresses behind linked words do not count. */
export function words(text: string): string[][] {
  return text
    .replace(/\]\(https?:[^)]*\)/g, ']')
    .replace(/(?:https?:\/\/|www\.)\S+|@\w+|#[\p{L}\p{N}_]+/gu, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/(?<=\d)[.,](?=\d)/g, '')
    .split('\n')
    .map((line) => line.match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((line) => line.length > 0)
}

function isLong(text: string[]): boolean {
  return text.join('').length >= 24 && text.length >= 4
}

/** Lines that end many different posts are the signature of a channel. */
function findEndings(posts: ChannelPost[], texts: string[][][]): Set<string> {
  const before = new Map<string, Set<string>>()
  for (const [index] of posts.entries()) {
    const lines = texts[index]!
    for (let line = Math.max(0, lines.length - 3); line < lines.length; line++) {
      if (lines[line]!.length > 10) continue
      const ending = lines[line]!.join(' ')
      const rest = lines.slice(0, line).flat().join(' ')
      before.set(ending, (before.get(ending) ?? new Set()).add(rest))
    }
  }
  return new Set([...before].flatMap(([ending, rests]) => (rests.size >= 8 ? [ending] : [])))
}

export function withoutEnding(lines: string[][], endings: Set<string>): string[][] {
  let end = lines.length
  while (end > 0 && lines.length - end < 3 && endings.has(lines[end - 1]!.join(' '))) end--
  return lines.slice(0, end)
}

function rows(text: string[]): Set<string> {
  const found = new Set<string>()
  for (let i = 0; i + 3 <= text.length; i++) found.add(`${text[i]} ${text[i + 1]} ${text[i + 2]}`)
  return found
}

function shareOfRows(short: string[], long: string[]): number {
  const [inShort, inLong] = [rows(short), rows(long)]
  return inShort.size === 0 ? 0 : [...inShort].filter((row) => inLong.has(row)).length / inShort.size
}

function numbersAgree(short: string[], long: string[]): boolean {
  const [inShort, inLong] = [short, long].map((text) => new Set(text.filter((word) => /\d/.test(word))))
  const missing = [...inShort!].filter((number) => !inLong!.has(number)).length
  return missing <= inShort!.size / 4
}

/** Words of both texts in the same order: the longest common subsequence. */
function commonWords(a: string[], b: string[]): number {
  let before = new Int32Array(b.length + 1)
  let now = new Int32Array(b.length + 1)
  for (const word of a) {
    for (let i = 1; i <= b.length; i++)
      now[i] = word === b[i - 1] ? before[i - 1]! + 1 : Math.max(before[i]!, now[i - 1]!)
    ;[before, now] = [now, before]
  }
  return before[b.length]!
}

function find(groups: number[], index: number): number {
  while (groups[index] !== index) index = groups[index] = groups[groups[index]!]!
  return index
}

function join(groups: number[], a: number, b: number): void {
  const [first, second] = [find(groups, a), find(groups, b)]
  groups[Math.max(first, second)] = Math.min(first, second)
}
