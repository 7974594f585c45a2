import type { SqlParams } from '../../base/clickhouse/clickhouse.ts'
import { keyOfStem, keyOfWord, type WordKey } from '../../base/text/word-key.ts'
import type { Term } from './terms.ts'

/** Values of a condition, bound as parameters; equal ones are bound once. */
export class Binder {
  readonly params: SqlParams = {}
  readonly #known = new Map<string, string>()

  bind(value: unknown, type: string): string {
    const key = `${type} ${JSON.stringify(value)}`
    let placeholder = this.#known.get(key)
    if (!placeholder) {
      const name = `q_${this.#known.size}`
      this.params[name] = value
      this.#known.set(key, (placeholder = `{${name}:${type}}`))
    }
    return placeholder
  }
}

/**
 * A word asked for, as the stored words know it: a mention has it when it has one of the keys, or one of the words that
 * fit a condition on the table `word`. `simple`: each token of it covers one position.
 */
export type Asked = { keys: WordKey[]; of: 'words' | 'stems'; spelled: string | null; simple: boolean }

export function askedFor(term: Term): Asked {
  // Tags and addresses cover several positions or stand beside their parts; the matcher knows how.
  const simple = /^[\p{L}\p{N}']+$/u.test(term.folded)
  return term.form === 'any' && term.stems.length > 0
    ? { keys: term.stems.map(keyOfStem), of: 'stems', spelled: null, simple }
    : { keys: [keyOfWord(term.folded)], of: 'words', spelled: null, simple }
}

/** Words as written that fit a condition on the table `word`. */
export function askedAs(spelled: string): Asked {
  return { keys: [], of: 'words', spelled, simple: false }
}

/** Whether a mention has one of the words. The index answers it, however many they are. */
export function hasAnyOf(asked: Asked[], binder: Binder): string {
  const terms = [...new Set(asked.flatMap(({ keys }) => keys.map(({ term }) => term)))].toSorted()
  const spelled = asked.flatMap((one) => (one.spelled === null ? [] : [one.spelled]))
  const [term] = terms
  if (spelled.length === 0 && terms.length === 1) return `has(terms, ${binder.bind(term, 'FixedString(8)')})`
  const lists = terms.length === 0 ? [] : [binder.bind(terms, 'Array(FixedString(8))')]
  if (spelled.length > 0) lists.push(`(select groupUniqArray(term) from word where ${spelled.join(' or ')})`)
  return `hasAny(terms, ${joinLists(lists)})`
}

/**
 * Where something stands: arrays of first positions by how many positions it covers. Only of what the stored words place
 * exactly. `scope` narrows to the title or the text, between which one position is empty.
 */
type Spans = Map<number, string>
export type Scope = 'title' | 'text' | null

/** Positions of any of the words. */
export function placesOf(asked: Asked[], scope: Scope, binder: Binder): string {
  const lists = (['words', 'stems'] as const).flatMap((of) => {
    const some = asked.filter((one) => one.of === of)
    if (some.length === 0) return []
    const places = [...new Set(some.flatMap(({ keys }) => keys.map(({ place }) => place)))].toSorted((a, b) => a - b)
    const spelled = some.flatMap((one) => (one.spelled === null ? [] : [one.spelled]))
    const is: string[] = []
    if (places.length === 1) is.push(`key = ${binder.bind(places[0], 'UInt32')}`)
    if (places.length > 1) is.push(`has(${binder.bind(places, 'Array(UInt32)')}, key)`)
    if (spelled.length > 0) is.push(`key in (select place from word where ${spelled.join(' or ')})`)
    const inScope = scope === null ? '' : ` and at ${scope === 'title' ? '<' : '>='} text_at`
    return [
      `arrayFilter((at, key) -> (${is.join(' or ')})${inScope}, ${of === 'words' ? 'word_at' : 'stem_at'}, ${of})`,
    ]
  })
  return joinLists(lists)
}

/** Where each word of the row follows the one before it: the positions of the first. */
export function rowsOf(row: Row, scope: Scope, binder: Binder): string {
  const [first, ...others] = row.map((asked) => placesOf(asked, scope, binder))
  return `arrayFilter(begin -> ${others.map((places, i) => `has(${places}, begin + ${i + 1})`).join(' and ')}, ${first})`
}

function joinLists(lists: string[]): string {
  return lists.length === 1 ? lists[0]! : `arrayConcat(${lists.join(', ')})`
}

/** Words that stand one after another; at each place one of several. */
export type Row = Asked[][]

/** Words, and rows of words: what can be told of from the stored words alone. */
export type Placed = { words: Asked[]; rows: Row[] }

/** Rows that differ in their last word only, such as the cases of a name, are one row with several words at its end. */
export function joinRows(rows: Row[]): Row[] {
  const byStart = Map.groupBy(rows, (row) => JSON.stringify(row.slice(0, -1)))
  return [...byStart.values()].map((some) => [...some[0]!.slice(0, -1), some.flatMap((row) => row.at(-1)!)])
}

/** Null where a token may cover several positions. */
export function spansOf({ words, rows }: Placed, scope: Scope, binder: Binder): Spans | null {
  if (!words.every(({ simple }) => simple)) return null
  const spans: Spans = new Map()
  if (words.length > 0) spans.set(1, placesOf(words, scope, binder))
  for (const [width, some] of Map.groupBy(rows, (row) => row.length)) {
    spans.set(width, joinLists(some.map((row) => rowsOf(row, scope, binder))))
  }
  return spans
}

/** Some left span with a right one beside it as `near` of the language asks: in one field, sharing no position, at most `between` words apart. */
export function anyNear(left: Spans, right: Spans, between: number, ordered: boolean, binder: Binder): string {
  const most = binder.bind(between, 'UInt32')
  return anyPair(left, right, (a, b) => {
    const after = `q >= p + ${a} and q <= p + ${a} + ${most}`
    const before = `p >= q + ${b} and p <= q + ${b} + ${most}`
    return `((p < text_at) = (q < text_at)) and ${ordered ? `(${after})` : `((${after}) or (${before}))`}`
  })
}

/** Some left span without a right one at most `between` words away; touching and overlapping ones are near. */
export function someFar(left: Spans, right: Spans, between: number, binder: Binder): string {
  const most = binder.bind(between + 1, 'UInt32')
  return someWithout(
    left,
    right,
    (a, b) => `((p < text_at) = (q < text_at)) and q <= p + ${a - 1} + ${most} and q + ${b - 1} + ${most} >= p`,
  )
}

/** Some left span that lies inside no right one. */
export function someOutside(left: Spans, right: Spans): string {
  return someWithout(left, right, (a, b) => `q <= p and p + ${a} <= q + ${b}`)
}

function anyPair(left: Spans, right: Spans, related: (a: number, b: number) => string): string {
  const pairs = [...left].flatMap(([a, first]) =>
    [...right].map(([b, second]) => `arrayExists(p -> arrayExists(q -> ${related(a, b)}, ${second}), ${first})`),
  )
  return `(${pairs.join(' or ')})`
}

function someWithout(left: Spans, right: Spans, excludes: (a: number, b: number) => string): string {
  const alone = [...left].map(
    ([a, first]) =>
      `arrayExists(p -> ${[...right].map(([b, second]) => `not arrayExists(q -> ${excludes(a, b)}, ${second})`).join(' and ')}, ${first})`,
  )
  return `(${alone.join(' or ')})`
}

/** Between `from` and `to` different positions; a null `to` is no end. */
export function countBetween(places: string, from: number, to: number | null, binder: Binder): string {
  const count = `length(arrayDistinct(${places}))`
  const least = `${count} >= ${binder.bind(from, 'UInt32')}`
  return to === null ? least : `(${least} and ${count} <= ${binder.bind(to, 'UInt32')})`
}
