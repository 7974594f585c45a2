import type { Dialect, Pairing } from './dialect.ts'
import type { Notes } from './notes.ts'
import { tokenize, type Token } from './tokens.ts'
import type { Written } from './written.ts'

// Nobody nests deeper by hand, and the result with its own brackets still stays within what our parser reads.
const mostDepth = 40

/**
 * Reads a query by the rules of its tool. Never throws: what cannot be read is a note, the rest is read. Null when nothing
 * is there. Distances bind tightest, then NOT, AND, and OR.
 */
export function readWritten(text: string, dialect: Dialect, notes: Notes): Written | null {
  const tokens = tokenize(text, dialect, notes)
  let depth = 0
  // Inside `field:( … )` words are values.
  let values = false

  const parts: Written[] = []
  for (;;) {
    const part = either()
    if (part) parts.push(part)
    const token = tokens.peek(false)
    if (token.kind === 'end') break
    tokens.take(false)
    notes.add('bracket-close', token)
  }
  return all(parts)

  function either(): Written | null {
    const branches: Written[] = []
    let mixes = false
    // A list parted by commas is read as it looks.
    let doubtful = false
    for (let joint: Joining | null = null; ;) {
      const branch = both()
      if (branch) {
        branches.push(branch.written)
        mixes ||= branch.joins
      } else if (joint && joint.text !== ',') missing(joint)
      const token = tokens.peek(values)
      if (token.kind !== 'joint' || token.joint.kind !== 'or') break
      if (!branch && !joint && token.text !== ',') missing(token)
      tokens.take(values)
      joint = token
      doubtful ||= token.text !== ','
    }
    const [first, ...rest] = branches
    if (!first || rest.length === 0) return first ?? null
    const place = { start: first.start, end: rest.at(-1)!.end }
    if (mixes && doubtful) notes.add('mixed', place)
    return { kind: 'or', of: branches, ...place }
  }

  /** `joins`: AND or NOT is written in it and no bracket around it. */
  function both(): { written: Written; joins: boolean } | null {
    const parts: Written[] = []
    let joins = false
    for (;;) {
      const token = tokens.peek(values)
      if (token.kind === 'end' || token.kind === ')') break
      if (token.kind === 'joint') {
        if (token.joint.kind === 'or') break
        if (token.joint.kind === 'and') {
          tokens.take(values)
          const next = tokens.peek(values)
          const follows = next.kind === 'joint' ? next.joint.kind === 'not' : next.kind !== 'end' && next.kind !== ')'
          if (parts.length === 0 || !follows) missing(token)
          continue
        }
        if (token.joint.kind !== 'not') {
          tokens.take(values)
          missing(token)
          continue
        }
      }
      let negations = 0
      let last = token
      for (let next = token; next.kind === 'joint' && next.joint.kind === 'not'; next = tokens.peek(values)) {
        last = tokens.take(values)
        negations++
      }
      const operand = distance()
      if (operand)
        parts.push(negations % 2 ? { kind: 'not', of: operand, start: token.start, end: operand.end } : operand)
      else if (last.kind === 'joint' && last.joint.kind === 'not') missing(last)
      joins ||= negations > 0 || parts.length > 1
    }
    const written = all(parts)
    return written && { written, joins }
  }

  function distance(): Written | null {
    let left = operand()
    if (!left) return null
    const outside = depth
    for (;;) {
      const token = tokens.peek(values)
      if (token.kind !== 'joint' || !isPairing(token.joint)) break
      tokens.take(values)
      const right = operand()
      if (!right) missing(token)
      else if (++depth > mostDepth) notes.add('too-deep', token, { most: mostDepth })
      else
        left = {
          ...{ kind: 'pair', joint: token.joint, operator: token.text, left, right },
          ...{ start: left.start, end: right.end },
        }
    }
    depth = outside
    return left
  }

  /** One operand with what stands right behind it. */
  function operand(): Written | null {
    const start = tokens.peek(values).start
    let written: Written | null = bare()
    if (!written) return null
    for (let more = 0; more < 5; more++) {
      const token = tokens.suffix()
      if (!token) break
      const place = { start, end: token.end }
      if (token.kind === 'boost') notes.add('boost', token, { written: token.text })
      else if (token.kind === 'tilde')
        written = { kind: 'tilde', number: token.number, text: token.text, of: written, ...place }
      else if (token.kind === 'times')
        written = { kind: 'times', from: token.from, to: token.to, of: written, ...place }
    }
    return written
  }

  function bare(): Written | null {
    const token = tokens.peek(values)
    switch (token.kind) {
      case 'word':
      case 'phrase':
      case 'case':
      case 'value':
        tokens.take(values)
        return token
      case '(':
        tokens.take(values)
        return group(token)
      case 'field':
        tokens.take(values)
        return field(token)
      default:
        return null
    }
  }

  function group(open: Token): Written | null {
    if (depth >= mostDepth) {
      notes.add('too-deep', open, { most: mostDepth })
      for (let inside = 1; inside > 0;) {
        const { kind } = tokens.take(values)
        if (kind === 'end') break
        if (kind === '(') inside++
        if (kind === ')') inside--
      }
      return null
    }
    depth++
    const inner = either()
    depth--
    const token = tokens.peek(values)
    if (token.kind === ')') tokens.take(values)
    else notes.add('bracket-open', open)
    return inner && { ...inner, start: open.start, end: token.end }
  }

  function field(token: Token & { kind: 'field' }): Written | null {
    const rule = Object.hasOwn(dialect.fields, token.text.toLowerCase())
      ? dialect.fields[token.text.toLowerCase()]!
      : null
    if (depth >= mostDepth) {
      notes.add('too-deep', token, { most: mostDepth })
      return null
    }
    const outer = values
    depth++
    values ||= rule ? rule.kind === 'value' || rule.kind === 'lost' || rule.kind === 'raw' : true
    // An operator is no value: after `site:` without one, what follows goes on as before.
    const of = bare()
    values = outer
    depth--
    if (!of) notes.add('operand-missing', token, { operator: `${token.text}:` })
    return of && { kind: 'field', name: token.text, of, start: token.start, end: of.end }
  }

  function all(parts: Written[]): Written | null {
    const [first, ...rest] = parts
    if (!first || rest.length === 0) return first ?? null
    return { kind: 'and', of: parts, start: first.start, end: rest.at(-1)!.end }
  }

  function missing(token: Joining): void {
    notes.add('operand-missing', token, { operator: token.text })
  }
}

type Joining = Token & { kind: 'joint' }

function isPairing(joint: Joining['joint']): joint is Pairing {
  return joint.kind === 'near' || joint.kind === 'sentence' || joint.kind === 'outside'
}
