import { findField } from '../fields.ts'
import type { Query } from '../query.ts'
import { readValue } from '../value.ts'

/** One value of a field of another tool, as written. */
export type Leaf = { text: string; compare: '>' | '>=' | '<' | '<=' | 'range' | null }

/** What a field of another tool is here. */
export type FieldRule =
  /** It has no counterpart here. */
  | { kind: 'lost' }
  /** A query about a part of the mention. `wider`: not quite the same part. */
  | { kind: 'in'; where: 'title' | 'lead' | 'text'; wider: boolean }
  /** Words with this case of letters. */
  | { kind: 'case' }
  /** Characters as written. */
  | { kind: 'raw' }
  /** Null when this value has no counterpart. `wider`: what is made may find more. */
  | { kind: 'value'; make: (leaf: Leaf) => Query | null; wider: boolean }

export const lost: FieldRule = { kind: 'lost' }

export function inside(where: 'title' | 'lead' | 'text', wider = false): FieldRule {
  return { kind: 'in', where, wider }
}

/** The same value in a field of ours. `spell` brings a value to our spelling; null when it has none. */
export function same(field: string, spell: (text: string) => string | null = (text) => text): FieldRule {
  return { kind: 'value', make: (leaf) => spelled(field, leaf, spell), wider: false }
}

export function wider(rule: FieldRule): FieldRule {
  return rule.kind === 'value' ? { ...rule, wider: true } : rule
}

/** Names out of a list of the tool, in any case of letters, and what each of them asks here. */
export function oneOf(known: { [value: string]: Query }): FieldRule {
  return { kind: 'value', make: ({ text }) => known[text.toLowerCase()] ?? null, wider: false }
}

export const tonality = oneOf({
  positive: is('sentiment', 'positive'),
  neutral: is('sentiment', 'neutral'),
  negative: is('sentiment', 'negative'),
})

/** The name a person shows or the name of the account: tools call either of them the author. */
export const author: FieldRule = {
  kind: 'value',
  make: ({ text, compare }) => {
    const account = asked('handle', { text: text.replace(/^@/, ''), compare })
    const name = asked('author', { text, compare })
    return account && name ? { kind: 'or', of: [account, name] } : account
  },
  wider: false,
}

/** A site; X is one platform under two addresses. `spell` as in `same`. */
export function site(spell: (text: string) => string = (text) => text): FieldRule {
  return {
    kind: 'value',
    wider: false,
    make: ({ text, compare }) =>
      /^(?:https?:\/\/)?(?:www\.)?(?:twitter|x)\.com\/?$/i.test(spell(text))
        ? is('platform', 'x')
        : asked('site', { text: spell(text), compare }),
  }
}

/** A number with or without a comparison; `[a TO b]`, also with `*` for an open end. */
export function count(field: string): FieldRule {
  return {
    kind: 'value',
    wider: false,
    make: ({ text, compare }) => {
      if (compare !== 'range') return asked(field, { text, compare })
      const [from = '', to = ''] = text.split(/\s+TO\s+|\s*-\s*|\.\./i)
      if (from === '*') return asked(field, { text: to, compare: '<=' })
      if (to === '*') return asked(field, { text: from, compare: '>=' })
      return asked(field, { text: `${from} TO ${to}`, compare })
    },
  }
}

/** A field of ours with a value that is right as it stands. */
export function is(field: string, text: string): Query {
  return { kind: 'field', field, value: { is: text } }
}

/** Read by our own reader, so that it is in the spelling the tree keeps; null when it says nothing. */
export function asked(field: string, { text, compare }: Leaf): Query | null {
  const known = findField(field)
  // `site://a.example` is an address without its scheme.
  const bare = text.trim().replace(/^\/+/, '')
  if (!known || !/[\p{L}\p{N}]/u.test(bare)) return null
  const { values, problems } = readValue(known, compare === 'range' ? `[${bare}]` : bare, compare)
  const [value] = values
  return value && problems.length === 0 ? { kind: 'field', field: known.name, value } : null
}

function spelled(field: string, { text, compare }: Leaf, spell: (text: string) => string | null): Query | null {
  const value = compare === 'range' ? text : spell(text)
  return value === null ? null : asked(field, { text: value, compare })
}
