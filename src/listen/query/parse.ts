import { findField, isWordField, nearestField, type Field } from './fields.ts'
import { lint } from './lint.ts'
import { readCase, readPhrase, readWord, type Operand } from './operand.ts'
import { isSmallOperator, type Operator } from './operators.ts'
import { mostOfAKind, problem, type Place, type Problem, type ProblemKey } from './problems.ts'
import { nothing, type Query } from './query.ts'
import { isBlank } from './signs.ts'
import { quoted, readToken, type Token } from './tokens.ts'
import { readValue } from './value.ts'

export type Parsed = {
  query: Query
  problems: Problem[]
  /** Where each part of the tree was written. */
  places: Map<Query, Place>
}

// Enough for every query a person reads, and far from the end of the stack.
const mostDepth = 100
const mostHeight = 300

/**
 * Reads a query. Never throws and never hangs: whatever cannot be read becomes a problem, and the rest is the query.
 * Problems come in the order of their place. Save a query only when none of them is an error.
 */
export function parseQuery(text: string): Parsed {
  const problems: Problem[] = []
  const counts = new Map<ProblemKey, number>()
  const places = new Map<Query, Place>()
  const bracketed = new Set<Query>()
  // Where the last token that was taken ends; the one behind it may be known already.
  let at = 0
  let ahead: Token | null = null
  let depth = 0
  let fieldDepth = 0
  /** How high the tree of the part that was read last is: bracketless chains grow without any depth. */
  let height = 0
  // Inside `field:( … )` words are values of the field.
  let valuesOf: Field | null = null

  const root = either()
  closed(peek())
  if (!root && problems.every(({ severity }) => severity !== 'error')) report('empty', { start: 0, end: text.length })
  const query = root ?? nothing
  problems.push(...lint(query, places, bracketed, text))
  return { query, problems: problems.sort((a, b) => a.start - b.start || a.end - b.end), places }

  function either(): Query | null {
    const start = peek().start
    const parts: Query[] = []
    let tallest = 0
    let joint: Token | null = null
    for (;;) {
      const branch = all()
      if (branch) {
        parts.push(branch)
        tallest = Math.max(tallest, height)
      }
      // A list may end with a comma or hold an empty line; a written OR must join something.
      else if (joint && joint.text !== ',') missing(joint)
      const token = peek()
      if (token.operator?.kind === 'or') {
        if (!branch && !joint && token.text !== ',') missing(token)
        joint = take()
      } else if (token.kind === ')' && depth === 0) {
        report('bracket-close', token, {}, { start: token.start, end: token.end, text: '' })
        take()
        joint = null
        if (peek().kind === 'end') break
      } else break
    }
    return join('or', parts, start, tallest)
  }

  function all(): Query | null {
    const start = peek().start
    const parts: Query[] = []
    let tallest = 0
    for (;;) {
      const token = peek()
      if (token.kind === 'end' || token.kind === ')') break
      if (token.operator) {
        const { kind } = token.operator
        if (kind === 'or') break
        if (kind === 'and') {
          take()
          if (parts.length === 0 || !operandFollows()) missing(token)
          continue
        }
        if (kind === 'near' || kind === 'same' || kind === 'outside') {
          missing(take())
          continue
        }
      }
      let negations = 0
      let last = token
      while (peek().operator?.kind === 'not') {
        last = take()
        negations++
      }
      const before = at
      const operand = near()
      if (operand) {
        parts.push(negate(operand, negations, token.start))
        tallest = Math.max(tallest, height)
      } else if (negations > 0 && at === before) missing(last)
    }
    return join('and', parts, start, tallest)
  }

  // NOT NOT … a thousand times is the same as once or twice, and a tree that deep would be of no use.
  function negate(operand: Query, negations: number, start: number): Query {
    let result = operand
    for (let left = negations > 20 ? 20 + (negations % 2) : negations; left > 0; left--) {
      result = node({ kind: 'not', of: result }, start)
      height++
    }
    return result
  }

  function near(): Query | null {
    const start = peek().start
    let left = item()
    if (!left) return null
    let tallest = height
    for (let chain = 0; ; chain++) {
      const operator = nearOperator()
      if (!operator) break
      const before = at
      const right = item()
      if (!right) {
        if (at === before) missing(operator)
        continue
      }
      if (chain >= mostDepth) {
        if (chain === mostDepth) report('too-deep', operator, { most: mostDepth })
        continue
      }
      left = node(paired(operator, left, right), start)
      tallest = Math.max(tallest, height) + 1
    }
    height = tallest
    if (tallest <= mostHeight) return left
    report('too-deep', { start, end: at }, { most: mostDepth })
    return null
  }

  function nearOperator(): (Token & { negated: boolean }) | null {
    const token = peek()
    if (!token.operator) return null
    const { kind } = token.operator
    if (kind === 'near' || kind === 'same' || kind === 'outside') return { ...take(), negated: false }
    if (kind !== 'not' || token.text.length === 1) return null
    const before = at
    take()
    const next = peek()
    if (next.operator?.kind === 'near')
      return { ...take(), start: token.start, text: `${token.text} ${next.text}`, negated: true }
    at = before
    ahead = token
    return null
  }

  function paired({ operator, negated }: Token & { negated: boolean }, left: Query, right: Query): Query {
    switch (operator?.kind) {
      case 'near':
        return negated
          ? { kind: 'not-near', between: operator.between, left, right }
          : { kind: 'near', between: operator.between, ordered: operator.ordered, left, right }
      case 'same':
        return { kind: 'same', unit: operator.unit, ordered: operator.ordered, left, right }
      default:
        return { kind: 'outside', left, right }
    }
  }

  /** One operand with what is written right behind it; null when there is none, or when it says nothing. */
  function item(): Query | null {
    const token = peek()
    switch (token.kind) {
      case '(':
        take()
        return suffixed(group(token), token.start)
      case 'operator':
        return token.operator?.kind === 'at-least' ? suffixed(atLeast(take(), token.operator), token.start) : null
      case 'phrase':
        take()
        return suffixed(operand(readPhrase(token.text, token.form), token), token.start)
      case 'case':
        take()
        return suffixed(operand(readCase(token.text), token), token.start)
      case 'word':
        take()
        return suffixed(
          token.plain && !isSmallOperator(token.text)
            ? leaf({ kind: 'word', text: token.text, form: 'any' }, token)
            : operand(readWord(token.text, token.form), token),
          token.start,
        )
      case 'field':
        take()
        return suffixed(named(token), token.start)
      case 'value':
        take()
        return value(token)
      default:
        return null
    }
  }

  function leaf(query: Query, { start, end }: Token): Query {
    height = 1
    places.set(query, { start, end })
    return query
  }

  function operand({ query: found, problems: told }: Operand, token: Token): Query | null {
    for (const { key, values, repair } of told)
      report(key, token, values, repair === null ? null : { start: token.start, end: token.end, text: repair })
    return found && leaf(found, token)
  }

  function group(open: Token): Query | null {
    if (depth >= mostDepth) {
      report('too-deep', open, { most: mostDepth })
      for (let inside = 1; inside > 0;) {
        const token = take()
        if (token.kind === 'end') break
        if (token.kind === '(') inside++
        if (token.kind === ')') inside--
      }
      return null
    }
    depth++
    const found = problems.length
    const inner = either()
    depth--
    if (peek().kind === ')') take()
    else report('bracket-open', open, {}, { start: text.length, end: text.length, text: ')' })
    if (inner) bracketed.add(inner)
    else if (problems.length === found) report('bracket-empty', { start: open.start, end: at })
    return inner
  }

  function atLeast(operator: Token, { count }: Operator & { kind: 'at-least' }): Query | null {
    const open = peek()
    if (open.kind !== '(') {
      missing(operator)
      return null
    }
    take()
    const inner = group(open)
    if (!inner) return null
    const of = inner.kind === 'or' ? inner.of : [inner]
    if (count > of.length || count < 1)
      report('at-least', { start: operator.start, end: at }, { count, branches: of.length })
    height++
    return node({ kind: 'at-least', count, of }, operator.start)
  }

  /** `~n`, `{n}` and `{n,m}` right behind an operand. */
  function suffixed(operand: Query | null, start: number): Query | null {
    let result = operand
    for (let more = 0; more < 5; more++) {
      const code = text.charCodeAt(at)
      // Most operands have none: a look at one character says so.
      const found = code === 126 || code === 123 ? suffix.exec(text.slice(at, at + 24)) : null
      if (!found) break
      const place = { start: at, end: at + found[0].length }
      at = place.end
      ahead = null
      if (!result) continue
      if (found[1] !== undefined) result = approximate(result, found[1], place, start)
      else {
        const from = Number(found[2])
        // {3} alone means at least three, as at Meltwater; {3,9} names both ends.
        const to = found[3] === undefined || found[3] === '' ? null : Number(found[3])
        if (to !== null && to < from) report('count-turned', place, { from, to }, { ...place, text: `{${to},${from}}` })
        height++
        result = node({ kind: 'times', from, to, of: result }, start)
      }
    }
    return result
  }

  function approximate(operand: Query, number: string, place: Place, start: number): Query {
    if (operand.kind === 'word' && operand.form !== 'case') {
      const letters = number === '' || Number(number) < 2 ? 1 : 2
      if (number !== '' && Number(number) !== letters)
        report('fuzzy-letters', place, { letters }, { ...place, text: `~${letters}` })
      return node({ kind: 'fuzzy', text: operand.text, letters }, start)
    }
    const between = number === '' ? 4 : Math.min(Number(number), 100_000)
    if (operand.kind === 'phrase') return node({ kind: 'within', text: operand.text, between }, start)
    const words = operand.kind === 'and' ? operand.of : []
    if (words.length > 1 && words.every((part) => part.kind === 'word')) {
      return node({ kind: 'within', text: words.map((part) => part.text).join(' '), between }, start)
    }
    report('within-group', place, { between }, { ...place, text: '' })
    return operand
  }

  /** What follows `name:`. */
  function named(token: Token): Query | null {
    if (fieldDepth >= mostDepth) {
      report('too-deep', token, { most: mostDepth })
      return null
    }
    fieldDepth++
    const found = fieldOf(token)
    fieldDepth--
    return found
  }

  function fieldOf(token: Token): Query | null {
    const name = token.text.toLowerCase()
    const known = findField(name)
    if (known) {
      const told = problems.length
      const found = valued(known)
      if (!found && problems.length === told) report('field-value', token, { field: known.name })
      return found
    }
    if (isWordField(name)) {
      if (name === 'raw' || name === 'list') return characters(token, name)
      const of = item()
      if (!of) report('field-value', token, { field: name })
      height++
      return of && node({ kind: 'in', where: name, of }, token.start)
    }
    // A guess takes a while, and after fifty of them nobody reads on.
    const guesses = (counts.get('field-unknown-near') ?? 0) + (counts.get('field-unknown') ?? 0)
    const near = guesses < mostOfAKind ? nearestField(name) : null
    const place = { start: token.start, end: token.end - 1 }
    report(
      near ? 'field-unknown-near' : 'field-unknown',
      place,
      { field: token.text, near: near ?? '' },
      near ? { ...place, text: near } : null,
    )
    const inner = item()
    if (inner?.kind === 'word')
      return node({ kind: 'phrase', text: `${token.text}:${inner.text}`, forms: 'exact' }, token.start)
    return inner
  }

  function valued(known: Field): Query | null {
    const outer = valuesOf
    valuesOf = known
    ahead = null
    const token = peek()
    const inner = token.kind === '(' || token.kind === 'value' || token.kind === 'phrase' ? item() : null
    // What was looked at in the meantime was read as a value and must be read anew.
    ahead = null
    valuesOf = outer
    return inner
  }

  function value(token: Token): Query | null {
    const known = valuesOf!
    const read = readValue(known, token.text, token.compare)
    for (const found of read.problems)
      report(
        found.key,
        token,
        { field: known.name, value: token.text, ...found.values },
        found.text === null ? null : { start: token.start, end: token.end, text: found.text },
      )
    const parts = read.values.map((one) => leaf({ kind: 'field', field: known.name, value: one }, token))
    return join('and', parts, token.start, 1)
  }

  function characters(field: Token, name: 'raw' | 'list'): Query | null {
    ahead = null
    const token: Token = { ...field, text: '', end: at }
    if (!quoted(token, text, at)) {
      while (token.end < text.length && !isBlank(text, token.end) && !'(),'.includes(text[token.end]!)) token.end++
      token.text = text.slice(at, token.end)
    }
    closed(token)
    at = token.end
    if (token.text === '') {
      report('field-value', field, { field: name })
      return null
    }
    height = 1
    return node(name === 'raw' ? { kind: 'raw', text: token.text } : { kind: 'list', name: token.text }, field.start)
  }

  // Small helpers of the rules above.

  function join(kind: 'and' | 'or', parts: Query[], start: number, tallest: number): Query | null {
    height = parts.length < 2 ? tallest : tallest + 1
    return parts.length < 2 ? (parts[0] ?? null) : node({ kind, of: parts }, start)
  }

  function node(query: Query, start: number): Query {
    places.set(query, { start, end: at })
    return query
  }

  function operandFollows(): boolean {
    const { kind, operator } = peek()
    return kind !== 'end' && kind !== ')' && (!operator || operator.kind === 'not' || operator.kind === 'at-least')
  }

  function missing(operator: Token): void {
    report(
      'operand-missing',
      operator,
      { operator: operator.text },
      { start: operator.start, end: operator.end, text: '' },
    )
  }

  function report(
    key: ProblemKey,
    place: Place,
    values: Problem['values'] = {},
    repair: Problem['repair'] = null,
  ): void {
    // Nobody reads the same sentence a thousand times.
    const told = (counts.get(key) ?? 0) + 1
    counts.set(key, told)
    if (told <= mostOfAKind) problems.push(problem(key, { start: place.start, end: place.end }, values, repair))
  }

  function take(): Token {
    const token = peek()
    ahead = null
    at = token.end
    if (token.kind !== 'end') closed(token)
    return token
  }

  function closed({ open }: Token): void {
    if (open)
      report(open.key, { start: open.at, end: open.to }, {}, { start: text.length, end: text.length, text: open.close })
  }

  function peek(): Token {
    return (ahead ??= readToken(text, at, valuesOf !== null))
  }
}

const suffix = /^(?:~(\d{0,9})|\{(\d{1,6})(?:,(\d{0,6}))?\})/
