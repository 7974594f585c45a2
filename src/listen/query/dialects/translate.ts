import { assertNever } from '../../../base/errors.ts'
import { printQuery, standsAlone } from '../print.ts'
import type { Place } from '../problems.ts'
import type { Query } from '../query.ts'
import type { Dialect } from './dialect.ts'
import type { FieldRule } from './field-rule.ts'
import type { Note, NoteKey, Notes } from './notes.ts'
import { asksForSomething, caseQuery, hasPlaces, isParted, phraseQuery, rawQuery, wordQuery } from './words.ts'
import type { Written } from './written.ts'

/** A part that has no counterpart. What that does to the result is known where something beside it is left. */
type Missing = Place & { key: NoteKey; values: Note['values']; excluded: boolean }

// `(a AND b AND c)~5` is written two by two, each near each other one; of seven parts that would be unreadable.
const mostPaired = 6

/** Where a part stands: `excluded` under an odd number of NOT. */
type Around = { excluded: boolean; rule: FieldRule | null; field: string }

/**
 * What somebody wrote for another tool, in our language. Null when nothing to look for is left. Every difference is a note;
 * nothing that cannot be kept is dropped without one.
 */
export function translate(written: Written, text: string, dialect: Dialect, notes: Notes): Query | null {
  const missing: Missing[] = []
  const made = make(written, { excluded: false, rule: null, field: '' }, missing)
  if (!made) {
    for (const { key, values, ...place } of missing) notes.add(key, place, values)
    return null
  }
  return grounded(made, written)

  function make(node: Written, around: Around, lost: Missing[]): Query | null {
    switch (node.kind) {
      case 'word':
      case 'phrase':
        return around.rule && around.rule.kind !== 'in'
          ? leaf(node, { text: node.text, compare: null }, around, lost)
          : words(node, around, lost)
      case 'case':
        return caseQuery(node.text) ?? lose('no-letters', node, around, lost)
      case 'value':
        return leaf(node, node, around, lost)
      case 'field':
        return field(node, around, lost)
      case 'and':
        return joined('and', node, around, lost)
      case 'or':
        return joined('or', node, around, lost)
      case 'not': {
        const of = make(node.of, { ...around, excluded: !around.excluded }, lost)
        return of && (of.kind === 'not' ? of.of : { kind: 'not', of })
      }
      case 'pair':
        return pair(node, around, lost)
      case 'tilde':
        return tilde(node, around, lost)
      case 'times': {
        const of = make(node.of, around, lost)
        if (!of) return null
        if (hasPlaces(of) && (node.to === null || node.to >= node.from))
          return { kind: 'times', from: node.from, to: node.to, of }
        notes.add('near-as-and', node, { operator: `{${node.from}}` })
        return of
      }
      default:
        return assertNever(node)
    }
  }

  function words(node: Written & { kind: 'word' | 'phrase' }, around: Around, lost: Missing[]): Query | null {
    const quoted = node.kind === 'phrase'
    const written = text.slice(node.start, node.end)
    const read = (form?: 'any' | 'exact') =>
      quoted ? phraseQuery(node.text, dialect, form) : wordQuery(node.text, dialect, form)
    let query: Query | null
    switch (node.asks) {
      case 'characters-case':
        query = rawQuery(node.text)
        break
      case 'characters':
        if (/[^\p{L}\p{N}\s]/u.test(node.text)) notes.add('signs-exact', node, { written })
        query = phraseQuery(node.text, dialect, 'exact')
        break
      case 'exact':
        query = read('exact')
        break
      default:
        query = read()
        if (!quoted && query?.kind === 'word' && query.form === 'exact') notes.add('forms-exact', node)
        if (quoted && query?.kind === 'phrase' && query.forms === 'any') notes.add('quote-forms', node)
    }
    if (isParted(node.text, dialect)) notes.add('signs-part', node)
    const [sign] = /^[!=+~]+(?=[\p{L}\p{N}])/u.exec(node.text) ?? []
    if (!quoted && sign !== undefined && node.asks === 'nothing' && query?.kind !== 'raw')
      notes.add('sign-dropped', node, { sign })
    if (dialect.foldsAccents && query && /[\p{Script=Latin}&&[^a-zA-Z]]/v.test(node.text))
      notes.add('accents-folded', node)
    if (!quoted && !dialect.smallOperators && Object.hasOwn(dialect.operators, node.text.toUpperCase()))
      notes.add('small-operator', node, { word: node.text, operator: node.text.toUpperCase() })
    return query ?? lose('no-letters', node, around, lost)
  }

  function field(node: Written & { kind: 'field' }, around: Around, lost: Missing[]): Query | null {
    const name = node.name.toLowerCase()
    const rule = Object.hasOwn(dialect.fields, name) ? dialect.fields[name]! : null
    if (!rule && dialect.unknownField === 'words') {
      const inner = phraseQuery(
        `${node.name} ${text.slice(node.of.start, node.of.end)}`.replace(/["“”„«»()]/g, ' '),
        dialect,
      )
      return inner ?? lose('no-letters', node, around, lost)
    }
    if (!rule) return lose('field-unknown', node, around, lost)
    if (rule.kind === 'lost') return lose('field-lost', node, around, lost)
    const of = make(node.of, { ...around, rule, field: node.name }, lost)
    if (rule.kind !== 'in' || !of) return of
    const grounds = grounded(of, node)
    const query: Query = { kind: 'in', where: rule.where, of: grounds }
    if (rule.wider) notes.add('wider', node, { from: `${node.name}:`, to: `${rule.where}:` })
    else if (name !== rule.where) notes.add('renamed', node, { from: `${node.name}:`, to: `${rule.where}:` })
    return query
  }

  /** One value of a field, or a word inside a field that holds words. */
  function leaf(
    node: Written,
    value: { text: string; compare: '>' | '>=' | '<' | '<=' | 'range' | null },
    around: Around,
    lost: Missing[],
  ): Query | null {
    const { rule } = around
    if (rule?.kind === 'case') return caseQuery(value.text) ?? lose('no-letters', node, around, lost)
    if (rule?.kind === 'raw') return rawQuery(value.text) ?? lose('no-letters', node, around, lost)
    if (rule?.kind !== 'value') return phraseQuery(value.text, dialect) ?? lose('no-letters', node, around, lost)
    const query = rule.make({ text: value.text.trim(), compare: value.compare })
    const from = `${around.field}:${text.slice(node.start, node.end)}`
    if (!query) return lose('value-unknown', node, around, lost, { written: from })
    const fields = fieldsIn(query)
    const names = fields.map((one) => one.field)
    if (rule.wider) notes.add('wider', node, { from, to: printQuery(query) })
    else if (fields.length === 0 || !fields.every((one) => plainSpelling(one.value) === plainSpelling(value.text)))
      notes.add('renamed', node, { from, to: printQuery(query) })
    else if (names.join() !== around.field.toLowerCase())
      notes.add('renamed', node, { from: `${around.field}:`, to: names.map((name) => `${name}:`).join(' OR ') })
    if (around.excluded || query.kind === 'not')
      notes.add('negated-field', node, { field: names.join(', ') || around.field })
    return query
  }

  function joined(
    kind: 'and' | 'or',
    node: Written & { kind: 'and' | 'or' },
    around: Around,
    lost: Missing[],
  ): Query | null {
    const gone: Missing[] = []
    const of: Query[] = []
    for (const part of node.of) {
      const inside: Missing[] = []
      const query = make(part, around, inside)
      const whole = query && kind === 'or' ? grounded(query, part) : query
      // Brackets that change nothing would only be in the way.
      if (whole) of.push(...(whole.kind === kind ? whole.of : [whole]))
      gone.push(...inside)
    }
    if (of.length === 0) {
      lost.push(...gone)
      return null
    }
    settle(gone, kind, around)
    const parts = kind === 'and' && dialect.sitesAreEither ? either(of, node) : of
    return parts.length === 1 ? parts[0]! : { kind, of: parts }
  }

  /** A mention stands on one site, so `site:a site:b` is either of them. */
  function either(of: Query[], node: Place): Query[] {
    const sites = of.filter((part) => part.kind === 'field' && part.field === 'site')
    if (sites.length < 2) return of
    notes.add('sites-either', node)
    const rest = of.filter((part) => !sites.includes(part))
    return [...rest, { kind: 'or', of: sites }]
  }

  function pair(node: Written & { kind: 'pair' }, around: Around, lost: Missing[]): Query | null {
    const gone: Missing[] = []
    const left = make(node.left, around, gone)
    const outside = node.joint.kind === 'outside'
    const right = make(node.right, outside ? { ...around, excluded: !around.excluded } : around, gone)
    if (!left || !right) {
      // Of `a XNOT b` without a nothing is left to stand outside of b.
      const rest = outside ? left : (left ?? right)
      if (rest) settle(gone, 'and', around)
      else lost.push(...gone)
      return rest
    }
    settle(gone, 'and', around)
    if (!hasPlaces(left) || !hasPlaces(right)) {
      notes.add('near-as-and', node, { operator: node.operator })
      return { kind: 'and', of: [left, outside ? { kind: 'not', of: right } : right] }
    }
    const { joint } = node
    if (joint.kind === 'outside') return { kind: 'outside', left, right }
    if (joint.kind === 'sentence') return { kind: 'same', unit: 'sentence', ordered: joint.ordered, left, right }
    const written = node.operator
    if (!/\d/.test(written)) notes.add('distance-unsaid', node, { written, between: joint.between })
    else if (Number(/\d+/.exec(written)![0]) !== joint.between)
      notes.add('steps', node, { written, between: joint.between })
    return { kind: 'near', between: joint.between, ordered: joint.ordered, left, right }
  }

  function tilde(node: Written & { kind: 'tilde' }, around: Around, lost: Missing[]): Query | null {
    const { of, number } = node
    if (of.kind === 'phrase') return phraseTilde(node, of, around, lost)
    const query = make(of, around, lost)
    if (!query) return null
    const isWord = query.kind === 'word' && /^[\p{L}\p{N}'-]+$/u.test(query.text) && standsAlone(query.text)
    if (isWord && dialect.tilde === 'fuzzy') {
      if (number === 0) return query
      return { kind: 'fuzzy', text: query.text, letters: number === 1 ? 1 : 2 }
    }
    const sides = query.kind === 'and' ? query.of : []
    if (number !== null && sides.length > 1 && sides.length <= mostPaired && sides.every(hasPlaces)) {
      const pairs = sides.flatMap((left, i) =>
        sides.slice(i + 1).map((right): Query => ({ kind: 'near', between: number, ordered: false, left, right })),
      )
      return pairs.length === 1 ? pairs[0]! : { kind: 'and', of: pairs }
    }
    if (sides.length > 1) notes.add('near-as-and', node, { operator: node.text })
    else notes.add('tilde-idle', node, { written: node.text })
    return query
  }

  function phraseTilde(
    node: Written & { kind: 'tilde' },
    phrase: Written & { kind: 'phrase' },
    around: Around,
    lost: Missing[],
  ): Query | null {
    const parts = phrase.text.trim().split(/[\s\p{Cc}]+/u)
    const [left, right] = parts.map((part) => wordQuery(part, dialect, dialect.quoted))
    if (node.number !== null && parts.length === 2 && left && right && hasPlaces(left) && hasPlaces(right))
      return { kind: 'near', between: node.number, ordered: false, left, right }
    const query = words(phrase, around, lost)
    if (query?.kind !== 'phrase' || parts.length < 2) {
      if (parts.length < 2) notes.add('tilde-idle', node, { written: node.text })
      else if (query) notes.add('near-as-and', node, { operator: node.text })
      return query
    }
    if (node.number === null) {
      // Written as one word, with a hyphen or with a blank; our phrase finds the last two.
      const one = wordQuery(parts.join(''), dialect)
      return one ? { kind: 'or', of: [query, one] } : query
    }
    if (dialect.quoted === 'exact') notes.add('within-forms', node)
    return { kind: 'within', text: query.text, between: node.number }
  }

  function lose(key: NoteKey, node: Place, around: Around, lost: Missing[], values: Note['values'] = {}): null {
    const written = text.slice(node.start, node.end)
    const shown = written.length > 60 ? `${written.slice(0, 60)}…` : written
    lost.push({
      start: node.start,
      end: node.end,
      key,
      values: { written: shown, ...values },
      excluded: around.excluded,
    })
    return null
  }

  /** Tells what is gone, now that something beside it stays: of AND the rest finds more, of OR less, under NOT the other way. */
  function settle(gone: Missing[], kind: 'and' | 'or', around: Around): void {
    for (const { key, values, excluded, ...place } of gone) {
      const finds = (kind === 'and') !== around.excluded ? 'more' : 'less'
      notes.add(key, place, values, finds === 'less' ? 'branch' : excluded ? 'exclusion' : 'condition')
    }
  }

  function grounded(query: Query, node: Place): Query {
    if (asksForSomething(query)) return query
    notes.add('only-excludes', node)
    return { kind: 'and', of: [{ kind: 'all' }, ...(query.kind === 'and' ? query.of : [query])] }
  }
}

/** The fields a value became; none when it became more than the same value in one or another field. */
function fieldsIn(query: Query): { field: string; value: string }[] {
  if (query.kind === 'or') return query.of.flatMap(fieldsIn)
  if (query.kind !== 'field') return []
  const { value } = query
  return [
    {
      field: query.field,
      value: 'is' in value ? value.is : 'than' in value ? value.value : `${value.from} TO ${value.to}`,
    },
  ]
}

/** Case and the sign of a tag or an account do not make a value another one. */
function plainSpelling(value: string): string {
  return value.trim().replace(/^[#@]/, '').toLowerCase()
}
