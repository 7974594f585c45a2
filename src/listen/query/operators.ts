/** What a word in capitals does. `between` of a distance that a person did not write is 4, as at Meltwater. */
export type Operator =
  | { kind: 'and' }
  | { kind: 'or' }
  | { kind: 'not' }
  | { kind: 'near'; between: number; ordered: boolean }
  | { kind: 'same'; unit: 'sentence' | 'paragraph'; ordered: boolean }
  | { kind: 'outside' }
  | { kind: 'at-least'; count: number }

// No text is longer than that, so a larger number says nothing more.
const mostBetween = 100_000

const simple = new Map<string, Operator>([
  ['AND', { kind: 'and' }],
  ['&&', { kind: 'and' }],
  ['И', { kind: 'and' }],
  ['OR', { kind: 'or' }],
  ['|', { kind: 'or' }],
  ['||', { kind: 'or' }],
  ['ИЛИ', { kind: 'or' }],
  ['NOT', { kind: 'not' }],
  ['НЕ', { kind: 'not' }],
  ['XNOT', { kind: 'outside' }],
  ['NEAR', { kind: 'near', between: 4, ordered: false }],
  ['ONEAR', { kind: 'near', between: 4, ordered: true }],
  ['SENTENCE', { kind: 'same', unit: 'sentence', ordered: false }],
  ['OSENTENCE', { kind: 'same', unit: 'sentence', ordered: true }],
  ['PARAGRAPH', { kind: 'same', unit: 'paragraph', ordered: false }],
  ['OPARAGRAPH', { kind: 'same', unit: 'paragraph', ordered: true }],
])

/** The operator that a word is; null for any other word, also for one in small letters. */
export function readOperator(word: string): Operator | null {
  const found = word.length <= 10 ? simple.get(word) : undefined
  if (found || !word.includes('/')) return found ?? null
  const near = /^(O?)NEAR\/(\d{1,9})(f?)$/.exec(word)
  if (near)
    return {
      kind: 'near',
      between: Math.min(Number(near[2]), mostBetween),
      ordered: near[1] === 'O' || near[3] === 'f',
    }
  // YouScan and Yandex count steps, not words between: /1 is the next word.
  const steps = /^\/(\d{1,9})(f?)$/.exec(word)
  if (steps)
    return {
      kind: 'near',
      between: Math.min(Math.max(Number(steps[1]) - 1, 0), mostBetween),
      ordered: steps[2] === 'f',
    }
  const least = /^ATLEAST\/(\d{1,6})$/.exec(word)
  return least ? { kind: 'at-least', count: Number(least[1]) } : null
}

/** The operator somebody probably meant by a word in small letters. */
export function meantOperator(word: string): string | null {
  if (word.length > 20) return null
  if (small.has(word)) return word.toUpperCase()
  return /^o?near\/\d+f?$/.test(word)
    ? word.replace(/near|onear/, (name) => name.toUpperCase()).replace(/^o/, 'O')
    : null
}

/** The same for a word of letters alone, which most words are. */
export function isSmallOperator(word: string): boolean {
  return word.length <= 10 && small.has(word)
}

const small = new Set(['and', 'or', 'not', 'xnot', 'или', 'onear', 'near', 'osentence', 'oparagraph'])
