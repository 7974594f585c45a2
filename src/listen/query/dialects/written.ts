import type { Place } from '../problems.ts'
import type { Pairing, Prefix } from './dialect.ts'
import type { Leaf } from './field-rule.ts'

/** A query as somebody wrote it for another tool: its own meaning, not ours yet. */
export type Written = Place &
  (
    | { kind: 'word'; text: string; asks: Prefix }
    | { kind: 'phrase'; text: string; asks: Prefix }
    | { kind: 'case'; text: string }
    | ({ kind: 'value' } & Leaf)
    | { kind: 'field'; name: string; of: Written }
    | { kind: 'and'; of: Written[] }
    | { kind: 'or'; of: Written[] }
    | { kind: 'not'; of: Written }
    | { kind: 'pair'; joint: Pairing; operator: string; left: Written; right: Written }
    /** `~n` behind something. */
    | { kind: 'tilde'; number: number | null; text: string; of: Written }
    | { kind: 'times'; from: number; to: number | null; of: Written }
  )
