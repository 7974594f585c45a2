import { findField, isWordField, nearestField, type Field } from './fields.ts'
import { lint } from './lint.ts'
import { meantOperator, readOperator, type Operator } from './operators.ts'
import { mostOfAKind, problem, type Place, type Problem, type ProblemKey } from './problems.ts'
import { nothing, type Query } from './query.ts'
import { readValue } from './value.ts'

export type Parsed = { query: Query; problems: Problem[] }

// Enough for every query a person reads, and far from the end of the stack.
const mostDepth = 100

/**
 * Reads a query. Never throws and never hangs: whatever cannot be read becomes a problem, and the rest is the query.
 * Problems come in the order of their place. Save a query only when none of them is an error.
 */
export function parseQuery(text: string): Parsed {
  const problems: Problem[] = []
  const counts = new Map<ProblemKey, number>()
  const places = new Map<Query, Place>()
  const bracketed = new Set<Query>()
  let at = 0
  let depth = 0
  let fieldDepth = 0
  let ahead: Token | null = null
  // Inside `field:( … )` words are values of the field.
  let valuesOf: Field | null = null

  const root = either()
  if (!root && problems.every(({ severity }) => severity !== 'error')) report('empty', { start: 0, end: text.length })
  const query = root ?? nothing
  problems.push(...lint(query, places, bracketed, text))
  return { query, problems: problems.sort((a, b) => a.start - b.start || a.end - b.end) }

  function either(): Query | null {
    const start = at
    const branches: Query[] = []
    let joint: Token | null = null
    for (;;) {
      const branch = all()
      if (branch) branches.push(branch)
      // A list may end with a comma or hold an empty line; a written OR must join something.
      else if (joint && joint.text !== ',') missing(joint)
      const token = peek()
      if (token.kind === 'operator' && token.operator.kind === 'or') {
        if (!branch && !joint && token.text !== ',') missing(token)
        joint = take()
      } else if (token.kind === ')' && depth === 0) {
        report('bracket-close', token, {}, { start: token.start, end: token.end, text: '' })
        take()
        const more = peek()
        joint = null
        if (more.kind === 'end') break
      } else break
    }
    return join('or', branches, start)
  }

  function all(): Query | null {
    const start = at
    const parts: Query[] = []
    for (;;) {
      const token = peek()
      if (token.kind === 'end' || token.kind === ')') break
      if (token.kind === 'operator') {
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
      while (isNot(peek())) {
        last = take()
        negations++
      }
      const before = at
      const operand = near()
      if (operand) parts.push(negate(operand, negations, token.start))
      else if (negations > 0 && at === before) missing(last)
    }
    return join('and', parts, start)
  }

  // NOT NOT … a thousand times is the same as once or twice, and a tree that deep would be of no use.
  function negate(operand: Query, negations: number, start: number): Query {
    let result = operand
    for (let left = negations > 20 ? 20 + (negations % 2) : negations; left > 0; left--) {
      result = node({ kind: 'not', of: result }, start)
    }
    return result
  }

  function near(): Query | null {
    const start = peek().start
    let left = item()
    if (!left) return null
    for (let chain = 0; ; chain++) {
      const operator = nearOperator()
      if (!operator) return left
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
    }
  }

  function nearOperator(): (Token & { kind: 'operator'; negated: boolean }) | null {
    const token = peek()
    if (token.kind !== 'operator') return null
    const { kind } = token.operator
    if (kind === 'near' || kind === 'same' || kind === 'outside')
      return { ...(take() as Token & { kind: 'operator' }), negated: false }
    if (kind !== 'not' || token.text === '-') return null
    const before = at
    take()
    const next = peek()
    if (next.kind === 'operator' && next.operator.kind === 'near') {
      take()
      return { ...next, start: token.start, text: `${token.text} ${next.text}`, negated: true }
    }
    at = before
    ahead = token
    return null
  }

  function paired({ operator, negated }: { operator: Operator; negated: boolean }, left: Query, right: Query): Query {
    if (operator.kind === 'near' && negated) return { kind: 'not-near', between: operator.between, left, right }
    if (operator.kind === 'near')
      return { kind: 'near', between: operator.between, ordered: operator.ordered, left, right }
    if (operator.kind === 'same') return { kind: 'same', unit: operator.unit, ordered: operator.ordered, left, right }
    return { kind: 'outside', left, right }
  }

  /** One operand with what is written right behind it; null when there is none, or when it says nothing. */
  function item(): Query | null {
    const token = peek()
    switch (token.kind) {
      case '(':
        take()
        return suffixed(group(token), token.start)
      case 'operator':
        return token.operator.kind === 'at-least' ? suffixed(atLeast(take(), token.operator.count), token.start) : null
      case 'phrase':
        take()
        return suffixed(
          token.text.trim() === '' || !findable.test(token.text) ? unfindable(token) : phrase(token),
          token.start,
        )
      case 'case':
        take()
        return suffixed(
          findable.test(token.text)
            ? node({ kind: 'word', text: token.text, form: 'case' }, token.start)
            : unfindable(token),
          token.start,
        )
      case 'word':
        take()
        return suffixed(word(token), token.start)
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
    close(open)
    if (inner) bracketed.add(inner)
    else if (problems.length === found) report('bracket-empty', { start: open.start, end: at })
    return inner
  }

  function close(open: Token): void {
    const token = peek()
    if (token.kind === ')') take()
    else report('bracket-open', open, {}, { start: text.length, end: text.length, text: ')' })
  }

  function atLeast(operator: Token, count: number): Query | null {
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
    return node({ kind: 'at-least', count, of }, operator.start)
  }

  function phrase(token: Token & { kind: 'phrase' }): Query {
    return node(
      { kind: 'phrase', text: token.text.trim().replace(/[\s\p{Cc}]+/gu, ' '), forms: token.forms },
      token.start,
    )
  }

  function word(token: Token & { kind: 'word' }): Query | null {
    const { text: written, form } = token
    if (form === 'any') {
      const meant = meantOperator(written)
      if (meant)
        report(
          'small-operator',
          token,
          { word: written, operator: meant },
          { start: token.start, end: token.end, text: meant },
        )
    }
    if (/^\*+$/.test(written)) return node({ kind: 'all' }, token.start)
    if (/[*?]/.test(written)) {
      if (!findable.test(written)) return unfindable(token)
      const wildcard = node({ kind: 'wildcard', pattern: written }, token.start)
      if (written.replace(/[*?]/g, '').length < 3) report('short-wildcard', token, { text: written })
      return wildcard
    }
    if (!findable.test(written)) return unfindable(token)
    if (/^[^#@$].*[+#]$/.test(written)) {
      const repair = `raw:"${written}"`
      report('signs-ignored', token, { text: written, repair }, { start: token.start, end: token.end, text: repair })
    }
    // 18:30 and name:value are words side by side.
    if (written.includes(':') && !/^(https?:|www\.)/i.test(written))
      return node({ kind: 'phrase', text: written, forms: 'exact' }, token.start)
    return node({ kind: 'word', text: written, form }, token.start)
  }

  function unfindable(token: Token): null {
    const written = token.text.trim()
    const repair = `raw:${JSON.stringify(written)}`
    report(
      'no-letters',
      token,
      { text: written, repair },
      { start: token.start, end: token.end, text: written === '' ? '' : repair },
    )
    return null
  }

  /** `~n`, `{n}` and `{n,m}` right behind an operand. */
  function suffixed(operand: Query | null, start: number): Query | null {
    let result = operand
    // A token was already read behind the operand, so nothing stands right behind it.
    if (ahead !== null) return result
    for (let more = 0; more < 5; more++) {
      const found = suffix.exec(text.slice(at, at + 24))
      if (!found) break
      const place = { start: at, end: at + found[0].length }
      at = place.end
      if (!result) continue
      if (found[1] !== undefined) {
        result = approximate(result, found[1], place, start)
      } else {
        const from = Number(found[2])
        const to = found[3] === undefined ? from : found[3] === '' ? null : Number(found[3])
        // {3} alone means at least three, as at Meltwater; {3,9} names both ends.
        const most = found[3] === undefined ? null : to
        if (most !== null && most < from)
          report('count-turned', place, { from, to: most }, { ...place, text: `{${most},${from}}` })
        result = node({ kind: 'times', from, to: most, of: result }, start)
      }
    }
    return result
  }

  function approximate(operand: Query, number: string, place: Place, start: number): Query {
    if (operand.kind === 'word') {
      if (number !== '' && Number(number) > 2) report('fuzzy-letters', place, {}, { ...place, text: '~2' })
      return node({ kind: 'fuzzy', text: operand.text, letters: number === '' || number === '1' ? 1 : 2 }, start)
    }
    const between = number === '' ? 4 : Math.min(Number(number), 100_000)
    if (operand.kind === 'phrase') return node({ kind: 'within', text: operand.text, between }, start)
    const words = operand.kind === 'and' ? operand.of : []
    if (words.length > 1 && words.every((part) => part.kind === 'word')) {
      return node(
        { kind: 'within', text: words.map((part) => (part.kind === 'word' ? part.text : '')).join(' '), between },
        start,
      )
    }
    report('within-group', place, { between }, { ...place, text: '' })
    return operand
  }

  /** What follows `name:`. */
  function named(token: Token & { kind: 'field' }): Query | null {
    if (fieldDepth >= mostDepth) {
      report('too-deep', token, { most: mostDepth })
      return null
    }
    fieldDepth++
    const found = fieldOf(token)
    fieldDepth--
    return found
  }

  function fieldOf(token: Token & { kind: 'field' }): Query | null {
    const name = token.text.toLowerCase()
    const known = findField(name)
    if (known) {
      const value = valued(known)
      if (!value && problems.every(({ start }) => start < token.start))
        report('field-value', token, { field: known.name })
      return value
    }
    if (isWordField(name)) {
      if (name === 'raw' || name === 'list') return characters(token, name)
      const of = item()
      if (!of) report('field-value', token, { field: name })
      return of && node({ kind: 'in', where: name, of }, token.start)
    }
    const near = nearestField(name)
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
    const inner = token.kind === '(' || token.kind === 'value' ? item() : null
    // What was looked at in the meantime was read as a value and must be read anew.
    if (ahead !== null) at = (ahead as Token).before
    ahead = null
    valuesOf = outer
    return inner
  }

  function value(token: Token & { kind: 'value' }): Query | null {
    const known = valuesOf!
    const read = readValue(known, token.text, token.compare)
    for (const found of read.problems)
      report(
        found.key,
        token,
        { field: known.name, value: token.text, ...found.values },
        found.text === null ? null : { start: token.start, end: token.end, text: found.text },
      )
    return read.value && node({ kind: 'field', field: known.name, value: read.value }, token.start)
  }

  function characters(field: Token, name: 'raw' | 'list'): Query | null {
    ahead = null
    let written: string
    const quoted = quotedAt(at)
    if (quoted) {
      written = quoted.text
      at = quoted.end
    } else {
      const found = /[^\s()]*/y
      found.lastIndex = at
      written = found.exec(text)![0]
      at += written.length
    }
    if (written === '') {
      report('field-value', field, { field: name })
      return null
    }
    return node(name === 'raw' ? { kind: 'raw', text: written } : { kind: 'list', name: written }, field.start)
  }

  // Small helpers of the rules above.

  function join(kind: 'and' | 'or', parts: Query[], start: number): Query | null {
    return parts.length < 2 ? (parts[0] ?? null) : node({ kind, of: parts }, start)
  }

  function node(query: Query, start: number): Query {
    while (start < at && blank.test(text[start]!)) start++
    places.set(query, { start, end: ahead === null ? at : Math.max(start, (ahead as Token).before) })
    return query
  }

  function operandFollows(): boolean {
    const token = peek()
    return (
      token.kind !== 'end' &&
      token.kind !== ')' &&
      (token.kind !== 'operator' || token.operator.kind === 'not' || token.operator.kind === 'at-least')
    )
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
    return token
  }

  function peek(): Token {
    if (ahead) return ahead
    const before = at
    skipBlanks()
    const start = at
    const token =
      at >= text.length
        ? { kind: 'end' as const, end: at, text: '' }
        : valuesOf
          ? readValueToken(start)
          : readToken(start)
    ahead = { ...token, start, before } as Token
    at = token.end
    return ahead
  }

  function skipBlanks(): void {
    for (;;) {
      while (at < text.length && blank.test(text[at]!)) at++
      if (!text.startsWith('<<<', at)) return
      const end = text.indexOf('>>>', at)
      if (end < 0)
        report(
          'comment-open',
          { start: at, end: text.length },
          {},
          { start: text.length, end: text.length, text: ' >>>' },
        )
      at = end < 0 ? text.length : end + 3
    }
  }

  function readToken(start: number): Read {
    const mark = readMark(start)
    if (mark) return mark
    const character = text[start]!
    if (character === '[') {
      const close = text.indexOf(']', start)
      if (close < 0)
        report('quote-open', { start, end: start + 1 }, {}, { start: text.length, end: text.length, text: ']' })
      const end = close < 0 ? text.length : close
      return { kind: 'phrase', forms: 'any', text: text.slice(start + 1, end), end: close < 0 ? end : end + 1 }
    }
    if (character === '{') {
      const close = text.indexOf('}', start)
      if (close < 0)
        report('quote-open', { start, end: start + 1 }, {}, { start: text.length, end: text.length, text: '}' })
      const end = close < 0 ? text.length : close
      return {
        kind: 'case',
        text: text
          .slice(start + 1, end)
          .replaceAll('{', '')
          .trim(),
        end: close < 0 ? end : end + 1,
      }
    }
    if ((character === '=' || character === '!') && start + 1 < text.length) {
      const quoted = quotedAt(start + 1)
      if (quoted) return { kind: 'phrase', forms: 'exact', text: quoted.text, end: quoted.end }
      const chunk = chunkAt(start + 1)
      if (chunk !== '') return { kind: 'word', form: 'exact', text: chunk, end: start + 1 + chunk.length }
    }
    const address = addressAt(start)
    if (address) return { kind: 'word', form: 'any', text: address, end: start + address.length }
    const colon = /^([\p{L}_]{2,30}):(?!\/\/)(?=\S)/u.exec(text.slice(start, start + 40))
    if (colon) return { kind: 'field', text: colon[1]!, end: start + colon[0].length }
    const chunk = chunkAt(start)
    const operator = readOperator(chunk)
    if (operator) return { kind: 'operator', operator, text: chunk, end: start + chunk.length }
    if (chunk === '') return { kind: 'word', form: 'any', text: character, end: start + 1 }
    return { kind: 'word', form: 'any', text: chunk.replace(/:+$/, '') || chunk, end: start + chunk.length }
  }

  function readValueToken(start: number): Read {
    const compare = /^(>=|<=|>|<|≥|≤)\s*/.exec(text.slice(start, start + 10))
    if (compare) {
      const than = compare[1]!.replace('≥', '>=').replace('≤', '<=') as '>' | '>=' | '<' | '<='
      const from = start + compare[0].length
      const written = valueAt(from)
      return { kind: 'value', text: written, compare: than, end: from + written.length }
    }
    if (text[start] === '[') {
      const close = text.indexOf(']', start)
      const end = close < 0 ? text.length : close
      if (close < 0)
        report('quote-open', { start, end: start + 1 }, {}, { start: text.length, end: text.length, text: ']' })
      return {
        kind: 'value',
        text: text.slice(start + 1, end).trim(),
        compare: 'range',
        end: close < 0 ? end : end + 1,
      }
    }
    const quoted = quotedAt(start)
    if (quoted) return { kind: 'value', text: quoted.text, compare: null, end: quoted.end }
    const mark = readMark(start)
    if (mark) return mark
    const written = valueAt(start)
    const operator = readOperator(written)
    if (operator) return { kind: 'operator', operator, text: written, end: start + written.length }
    if (written === '') return { kind: 'value', text: text[start]!, compare: null, end: start + 1 }
    return { kind: 'value', text: written, compare: null, end: start + written.length }
  }

  /** What reads the same among words and among values. */
  function readMark(start: number): Read | null {
    const character = text[start]!
    if (character === '(' || character === ')') return { kind: character, text: character, end: start + 1 }
    if (character === ',') return { kind: 'operator', operator: { kind: 'or' }, text: ',', end: start + 1 }
    const two = text.slice(start, start + 2)
    if (two === '||' || two === '&&')
      return { kind: 'operator', operator: readOperator(two)!, text: two, end: start + 2 }
    if (character === '|') return { kind: 'operator', operator: { kind: 'or' }, text: '|', end: start + 1 }
    if (character === '-' && start + 1 < text.length && !blank.test(text[start + 1]!) && text[start + 1] !== '-') {
      return { kind: 'operator', operator: { kind: 'not' }, text: '-', end: start + 1 }
    }
    const quoted = quotedAt(start)
    return quoted ? { kind: 'phrase', forms: 'exact', text: quoted.text, end: quoted.end } : null
  }

  function quotedAt(start: number): { text: string; end: number } | null {
    const closing = quotes[text[start] ?? '']
    if (closing === undefined) return null
    let inside = ''
    let from = start + 1
    for (let i = from; i < text.length; i++) {
      const character = text[i]!
      if (character === '\\' && text[start] === '"' && (text[i + 1] === '"' || text[i + 1] === '\\')) {
        inside += text.slice(from, i)
        from = ++i
      } else if (closing.includes(character)) {
        return { text: inside + text.slice(from, i), end: i + 1 }
      }
    }
    report('quote-open', { start, end: start + 1 }, {}, { start: text.length, end: text.length, text: closing[0]! })
    return { text: inside + text.slice(from), end: text.length }
  }

  function chunkAt(start: number): string {
    chunk.lastIndex = start
    return chunk.exec(text)?.[0] ?? ''
  }

  function valueAt(start: number): string {
    bareValue.lastIndex = start
    return bareValue.exec(text)?.[0] ?? ''
  }

  function addressAt(start: number): string | null {
    address.lastIndex = start
    return address.exec(text)?.[0] ?? null
  }
}

type Read =
  | { kind: 'end' | '(' | ')'; text: string; end: number }
  | { kind: 'operator'; operator: Operator; text: string; end: number }
  | { kind: 'phrase'; forms: 'exact' | 'any'; text: string; end: number }
  | { kind: 'case'; text: string; end: number }
  | { kind: 'word'; form: 'any' | 'exact'; text: string; end: number }
  | { kind: 'field'; text: string; end: number }
  | { kind: 'value'; text: string; compare: '>' | '>=' | '<' | '<=' | 'range' | null; end: number }

/** `before` is where the blanks in front of it begin. */
type Token = Read & { start: number; before: number }

function isNot(token: Token): boolean {
  return token.kind === 'operator' && token.operator.kind === 'not'
}

const blank = /[\s\p{Cc}]/u
const findable = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u
const suffix = /^(?:~(\d{0,9})|\{(\d{1,6})(?:,(\d{0,6}))?\})/
const chunk = /(?:(?!&&)[^\s\p{Cc}()[\]{}"“”„«»|,<>~])+/uy
const bareValue = /[^\s\p{Cc}()[\]{}"“”„«»|,<>]+/uy
const address = /(?:https?:\/\/|www\.)[^\s\p{Cc}()"|,]+/iuy

const quotes: { [open: string]: string } = { '"': '"', '«': '»', '“': '”“', '„': '“”', '”': '”' }
