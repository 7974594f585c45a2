import { readOperator, type Operator } from './operators.ts'
import type { ProblemKey } from './problems.ts'
import { blank, isBlank, letter, lettersEnd, mark, signs, valueEnd, wordEnd } from './signs.ts'

/**
 * The next piece of a query: `word`, `phrase` and `case` are operands, `field` is a name with its colon, `value` stands
 * behind one. `before` is where the blanks and comments in front of it begin.
 */
export type Token = {
  kind: 'end' | '(' | ')' | 'operator' | 'word' | 'phrase' | 'case' | 'field' | 'value'
  text: string
  before: number
  start: number
  end: number
  operator: Operator | null
  form: 'any' | 'exact'
  /** How a value is compared; a range keeps its brackets. */
  compare: Compare
  /** A word of letters and digits alone. */
  plain: boolean
  /** A quotation mark or bracket that is never closed, and how it would be; a comment that never ends. */
  open: { key: ProblemKey; at: number; to: number; close: string } | null
}

export type Compare = '>' | '>=' | '<' | '<=' | 'range' | null

/** Reads the token that begins at `before` or behind the blanks there. `asValue`: words are values of a field. */
export function readToken(text: string, before: number, asValue: boolean): Token {
  const token: Token = {
    kind: 'end',
    text: '',
    before,
    start: before,
    end: before,
    operator: null,
    form: 'any',
    compare: null,
    plain: false,
    open: null,
  }
  const start = skipBlanks(text, token)
  token.start = start
  token.end = start
  if (start >= text.length) return token
  if (signs[text.charCodeAt(start)] === letter && text[start] !== '-' && !asValue) {
    const end = lettersEnd(text, start)
    const sign = end < text.length ? signs[text.charCodeAt(end)]! : blank
    if (sign === blank || (sign === mark && text[end] !== '{')) return plainWord(token, text, end)
  }
  return asValue ? readValue(token, text) : readWord(token, text)
}

function plainWord(token: Token, text: string, end: number): Token {
  token.text = text.slice(token.start, end)
  token.end = end
  token.operator = readOperator(token.text)
  token.kind = token.operator ? 'operator' : 'word'
  token.plain = true
  return token
}

/** Where the token begins: behind blanks, `<<< comments >>>` and `// comments` up to the end of the line. */
function skipBlanks(text: string, token: Token): number {
  let at = token.before
  for (;;) {
    while (at < text.length && isBlank(text, at)) at++
    if (text.startsWith('<<<', at)) {
      const end = text.indexOf('>>>', at)
      if (end < 0) token.open = { key: 'comment-open', at, to: text.length, close: ' >>>' }
      at = end < 0 ? text.length : end + 3
    } else if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    } else return at
  }
}

function readWord(token: Token, text: string): Token {
  const { start } = token
  if (readMark(token, text)) return token
  const character = text[start]!
  if (character === '[') return enclosed(token, text, 'phrase', ']')
  if (character === '{') return enclosed(token, text, 'case', '}')
  if ((character === '=' || character === '!') && start + 1 < text.length) {
    token.form = 'exact'
    if (quoted(token, text, start + 1)) return finish(token, 'phrase', token.text, token.end)
    const end = wordEnd(text, start + 1)
    if (end > start + 1) return finish(token, 'word', text.slice(start + 1, end), end)
    token.form = 'any'
  }
  const address = addressEnd(text, start)
  if (address > start) return finish(token, 'word', text.slice(start, address), address)
  fieldName.lastIndex = start
  const field = fieldName.exec(text)
  if (field && !isBlank(text, start + field[0].length))
    return finish(token, 'field', field[0].slice(0, -1), start + field[0].length)
  const end = wordEnd(text, start)
  if (end === start) return finish(token, 'word', character, start + 1)
  const written = text.slice(start, end)
  token.operator = readOperator(written)
  return finish(token, token.operator ? 'operator' : 'word', token.operator ? written : withoutColon(written), end)
}

function readValue(token: Token, text: string): Token {
  const { start } = token
  const compare = '<>≤≥'.includes(text[start]!) ? /^(>=|<=|>|<|≥|≤)\s*/.exec(text.slice(start, start + 10)) : null
  if (compare) {
    token.compare = compare[1]!.replace('≥', '>=').replace('≤', '<=') as Compare
    const from = start + compare[0].length
    if (quoted(token, text, from)) return finish(token, 'value', token.text, token.end)
    const end = valueEnd(text, from)
    return finish(token, 'value', text.slice(from, end), end)
  }
  if (text[start] === '[' || text[start] === '{') {
    token.compare = 'range'
    const found = text.slice(start).search(/[\]}]/)
    const end = found < 0 ? text.length : start + found + 1
    if (found < 0) token.open = { key: 'quote-open', at: start, to: start + 1, close: ']' }
    return finish(token, 'value', found < 0 ? `${text.slice(start)}]` : text.slice(start, end), end)
  }
  if (quoted(token, text, start)) return finish(token, 'value', token.text, token.end)
  if (readMark(token, text)) return token
  const end = valueEnd(text, start)
  if (end === start) return finish(token, 'value', text[start]!, start + 1)
  const written = text.slice(start, end)
  token.operator = readOperator(written)
  return finish(token, token.operator ? 'operator' : 'value', written, end)
}

/** What reads the same among words and among values. */
function readMark(token: Token, text: string): Token | null {
  const { start } = token
  const character = text[start]!
  if (character === '(' || character === ')') return finish(token, character, character, start + 1)
  if (quoted(token, text, start)) return finish(token, 'phrase', token.text, token.end)
  if (dashes.includes(character)) {
    const next = text[start + 1]
    if (next === undefined || isBlank(text, start + 1) || dashes.includes(next)) return null
    return operator(token, { kind: 'not' }, character)
  }
  if (character === ',') return operator(token, { kind: 'or' }, ',')
  const two = text.slice(start, start + 2)
  if (two === '||' || two === '&&') return operator(token, readOperator(two)!, two)
  return character === '|' ? operator(token, { kind: 'or' }, '|') : null
}

// A dash that a keyboard made of a minus excludes as well as the minus does.
const dashes = '-−–—'

function operator(token: Token, what: Operator, written: string): Token {
  token.operator = what
  return finish(token, 'operator', written, token.start + written.length)
}

function finish(token: Token, kind: Token['kind'], text: string, end: number): Token {
  token.kind = kind
  token.text = text
  token.end = end
  return token
}

function enclosed(token: Token, text: string, kind: 'phrase' | 'case', closing: string): Token {
  const close = text.indexOf(closing, token.start)
  if (close < 0) token.open = { key: 'quote-open', at: token.start, to: token.start + 1, close: closing }
  const inside = text.slice(token.start + 1, close < 0 ? text.length : close)
  finish(token, kind, kind === 'case' ? inside.replaceAll('{', '').trim() : inside, close < 0 ? text.length : close + 1)
  token.form = kind === 'phrase' ? 'any' : 'exact'
  return token
}

/** Fills in what stands in quotation marks and where they end; false when none open here. Within `"` a `\` protects `"` and `\`. */
export function quoted(token: Token, text: string, start: number): boolean {
  const closing = quotes[text[start] ?? '']
  if (closing === undefined) return false
  token.form = 'exact'
  let inside = ''
  let from = start + 1
  for (let i = from; i < text.length; i++) {
    const character = text[i]!
    if (character === '\\' && text[start] === '"' && (text[i + 1] === '"' || text[i + 1] === '\\')) {
      inside += text.slice(from, i)
      from = ++i
    } else if (closing.includes(character)) {
      token.text = inside + text.slice(from, i)
      token.end = i + 1
      return true
    }
  }
  token.open = { key: 'quote-open', at: start, to: start + 1, close: closing[0]! }
  token.text = inside + text.slice(from)
  token.end = text.length
  return true
}

const quotes: { [open: string]: string } = { '"': '"', '«': '»', '“': '”“', '„': '“”', '”': '”' }

function addressEnd(text: string, start: number): number {
  if (!/[hw]/i.test(text[start]!)) return start
  address.lastIndex = start
  const found = address.exec(text)
  return found ? start + found[0].length : start
}

const address = /(?:https?:\/\/|www\.)[^\s\p{Cc}()"|,]+/iuy

const fieldName = /[\p{L}_]{2,30}:(?!\/\/)(?=.)/suy

function withoutColon(written: string): string {
  return written.replace(/:+$/, '') || written
}
