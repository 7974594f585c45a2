import type { Place } from '../problems.ts'
import { not, type Dialect, type Joint, type Prefix } from './dialect.ts'
import type { Notes } from './notes.ts'

type Read =
  | { kind: 'end' | '(' | ')' }
  | { kind: 'joint'; joint: Joint; text: string }
  | { kind: 'word'; text: string; asks: Prefix }
  | { kind: 'phrase'; text: string; asks: Prefix }
  | { kind: 'case'; text: string }
  | { kind: 'field'; text: string }
  | { kind: 'value'; text: string; compare: '>' | '>=' | '<' | '<=' | 'range' | null }
  /** `~n`, `{n}` and `{n,m}`, `^n`, right behind what they belong to. */
  | { kind: 'tilde'; number: number | null; text: string }
  | { kind: 'times'; from: number; to: number | null }
  | { kind: 'boost'; text: string }
export type Token = Read & Place

export type Tokens = {
  /** The next token, without taking it. In `values`, words are values of a field. */
  peek(values: boolean): Token
  take(values: boolean): Token
  /** `~n` and the like when one stands right here; null otherwise. */
  suffix(): Token | null
}

/** Cuts a query of a tool into tokens. Never throws; every call moves on or answers `end`. */
export function tokenize(text: string, dialect: Dialect, notes: Notes): Tokens {
  let at = 0
  let ahead: { token: Token; values: boolean; before: number } | null = null
  const marks = Object.keys(dialect.marks).sort((a, b) => b.length - a.length)

  return {
    peek,
    take(values) {
      const token = peek(values)
      ahead = null
      at = token.end
      return token
    },
    suffix() {
      const from = ahead ? ahead.before : at
      const read = readSuffix(from)
      if (!read) return null
      ahead = null
      at = read.end
      return read
    },
  }

  function peek(values: boolean): Token {
    if (ahead && ahead.values === values) return ahead.token
    const before = ahead ? ahead.before : at
    const start = afterBlanks(before, values)
    const token = start >= text.length ? { kind: 'end' as const, start, end: start } : readAt(start, values)
    ahead = { token, values, before }
    return token
  }

  function afterBlanks(from: number, values: boolean): number {
    for (let i = from; ;) {
      for (; i < text.length && (values ? space.test(text[i]!) : isBlank(i)); i++)
        if (text[i] === '~') notes.add('sign-dropped', { start: i, end: i + 1 }, { sign: '~' })
      if (!dialect.comments || !text.startsWith('<<<', i)) return i
      const close = text.indexOf('>>>', i)
      notes.add(close < 0 ? 'comment-open' : 'comment', { start: i, end: close < 0 ? text.length : close + 3 })
      if (close < 0) return text.length
      i = close + 3
    }
  }

  // What no tool gives a meaning parts words like a blank: `<`, `]`, a brace that opens nothing.
  function isBlank(i: number): boolean {
    const character = text[i]!
    if (space.test(character)) return true
    if (character === '<') return !(dialect.comments && text.startsWith('<<<', i))
    if (character === '{') return dialect.braces !== 'case'
    return '>[]}^~'.includes(character) || (character === ',' && !(',' in dialect.marks))
  }

  function readAt(start: number, values: boolean): Token {
    const character = text[start]!
    if (character === '(' || character === ')') return { kind: character, start, end: start + 1 }
    for (const mark of marks) {
      if (text.startsWith(mark, start))
        return { kind: 'joint', joint: dialect.marks[mark]!, text: mark, start, end: start + mark.length }
    }
    if (values) return readValueAt(start)
    for (const { sign, asks } of dialect.prefixes) {
      if (!text.startsWith(sign, start)) continue
      const from = start + sign.length
      if (asks === 'not') {
        if (operandAt(from)) return { kind: 'joint', joint: not, text: sign, start, end: from }
      } else {
        const quoted = quotedAt(from)
        if (quoted) return { kind: 'phrase', text: quoted.text, asks, start, end: quoted.end }
        const chunk = chunkAt(from)
        if (chunk !== '') return { kind: 'word', text: chunk, asks, start, end: from + chunk.length }
      }
    }
    const quoted = quotedAt(start)
    if (quoted) return { kind: 'phrase', text: quoted.text, asks: 'nothing', start, end: quoted.end }
    if (character === '{') {
      const close = text.indexOf('}', start)
      if (close < 0) notes.add('quote-open', { start, end: start + 1 })
      const end = close < 0 ? text.length : close
      return { kind: 'case', text: text.slice(start + 1, end), start, end: close < 0 ? end : end + 1 }
    }
    const named = nameAt(start)
    if (named) return named
    const chunk = chunkAt(start) || Array.from(text.slice(start, start + 2))[0]!
    const end = start + chunk.length
    const joint = jointOf(chunk)
    return joint
      ? { kind: 'joint', joint, text: chunk, start, end }
      : { kind: 'word', text: chunk, asks: 'nothing', start, end }
  }

  function operandAt(from: number): boolean {
    return from < text.length && !isBlank(from) && text[from] !== ')' && !text.startsWith('-', from)
  }

  function jointOf(chunk: string): Joint | null {
    const written = dialect.smallOperators ? chunk.toUpperCase() : chunk
    if (Object.hasOwn(dialect.operators, written)) return dialect.operators[written]!
    for (const { write, ordered, counts, otherwise } of dialect.distances) {
      const found = write.exec(written)
      if (!found) continue
      const number = found[1] === undefined ? otherwise : Math.min(Number(found[1]), 100_000)
      return { kind: 'near', between: counts === 'steps' ? Math.max(number - 1, 0) : number, ordered }
    }
    return null
  }

  /** `name:`, and `name >` where the tool has it. */
  function nameAt(start: number): Token | null {
    const [name = ''] = match(/[\p{L}_][\p{L}\p{N}_.]{0,60}/uy, start)
    if (name === '') return null
    const end = start + name.length
    if (text[end] === ':' && !text.startsWith('//', end + 1)) {
      const known = Object.hasOwn(dialect.fields, name.toLowerCase())
      // After a known name a blank may stand before the value; after another one, `name:` ends a sentence.
      const compared = match(/\[|(?:[<>]=?|[≥≤])\s*[\p{L}\p{N}]/uy, end + 1).length > 0
      if (known || compared || (end + 1 < text.length && !isBlank(end + 1) && text[end + 1] !== ')'))
        return { kind: 'field', text: name, start, end: end + 1 }
    }
    if (!dialect.bareCompare) return null
    return match(/\s*[<>]=?\s*\d/uy, end).length > 0 ? { kind: 'field', text: name, start, end } : null
  }

  function readValueAt(start: number): Token {
    const [compare] = match(/[<>]=?|[≥≤]/uy, start)
    const from = start + (compare?.length ?? 0)
    if (compare) {
      const [blanks = ''] = match(/\s*/uy, from)
      const value = valueChunkAt(from + blanks.length)
      const than = compare === '≥' ? '>=' : compare === '≤' ? '<=' : (compare as '>' | '>=' | '<' | '<=')
      return { kind: 'value', text: value, compare: than, start, end: from + blanks.length + value.length }
    }
    if (text[start] === '[') {
      const close = text.indexOf(']', start)
      const end = close < 0 ? text.length : close
      return {
        kind: 'value',
        text: text.slice(start + 1, end),
        compare: 'range',
        start,
        end: close < 0 ? end : end + 1,
      }
    }
    const quoted = quotedAt(start)
    if (quoted) return { kind: 'value', text: quoted.text, compare: null, start, end: quoted.end }
    const chunk = valueChunkAt(start)
    const joint = jointOf(chunk)
    if (joint) return { kind: 'joint', joint, text: chunk, start, end: start + chunk.length }
    if (chunk.length > 1 && chunk.startsWith('-'))
      return { kind: 'joint', joint: not, text: '-', start, end: start + 1 }
    return { kind: 'value', text: chunk, compare: null, start, end: start + Math.max(chunk.length, 1) }
  }

  function readSuffix(start: number): Token | null {
    const [tilde, , number] = match(/~((\d{1,9})(?![\p{L}\p{N}]))?/uy, start)
    if (tilde !== undefined)
      return {
        ...{ kind: 'tilde', text: tilde, number: number === undefined ? null : Math.min(Number(number), 100_000) },
        ...{ start, end: start + tilde.length },
      }
    const [boost] = match(/\^\d+(?:\.\d+)?/uy, start)
    if (boost !== undefined) return { kind: 'boost', text: boost, start, end: start + boost.length }
    if (dialect.braces !== 'times') return null
    const [times, from, , to] = match(/\s*\{\s*(\d{1,6})\s*(,\s*(\d{0,6})\s*)?\}/uy, start)
    return times === undefined
      ? null
      : { kind: 'times', from: Number(from), to: to ? Number(to) : null, start, end: start + times.length }
  }

  // People paste queries through mail programs, which turn quotation marks in pairs or one by one.
  function quotedAt(start: number): { text: string; end: number } | null {
    const open = text[start]
    if (open === undefined || !'"“”„«'.includes(open)) return null
    const closing = open === '«' ? '»' : '"“”'
    for (let i = start + 1; i < text.length; i++) {
      if (dialect.escapes && text[i] === '\\') i++
      else if (closing.includes(text[i]!)) return { text: text.slice(start + 1, i), end: i + 1 }
    }
    notes.add('quote-open', { start, end: start + 1 })
    return { text: text.slice(start + 1), end: text.length }
  }

  function chunkAt(start: number): string {
    const [chunk = ''] = match(
      dialect.escapes ? /(?:\\[^\s\p{Cc}]|[^\s\p{Cc}()"“”„«»{}[\]|,~<>^\\])+/uy : /[^\s\p{Cc}()"“”„«»{}[\]|,~<>^]+/uy,
      start,
    )
    return chunk
  }

  function valueChunkAt(start: number): string {
    return match(/[^\s\p{Cc}()"“”„«»{}[\]|,<>^]+/uy, start)[0] ?? ''
  }

  function match(pattern: RegExp, start: number): (string | undefined)[] {
    pattern.lastIndex = start
    return pattern.exec(text) ?? []
  }
}

const space = /[\s\p{Cc}]/u
