import { Cues } from '../stage/cues.ts'
import { english } from './english.ts'
import { italian } from './italian.ts'
import { kazakh } from './kazakh.ts'
import { russian } from './russian.ts'
import { aspects, type Aspect, type AspectTable } from './taxonomy.ts'
import { ukrainian } from './ukrainian.ts'

const tables: { [lang: string]: AspectTable } = { ru: russian, en: english, uk: ukrainian, kk: kazakh, it: italian }

/** What a cue stands for: an aspect that it names, praises (1) or blames (-1); or a word that negates, turns, joins or feels. */
export type Meaning =
  | { kind: 'aspect'; aspect: Aspect; says: -1 | 0 | 1 }
  | { kind: 'opinion'; says: -1 | 1 }
  | { kind: 'negation' }
  | { kind: 'turn' }
  | { kind: 'join' }
  | { kind: 'feeling' }

export type AspectReader = { cues: Cues; meanings: readonly Meaning[] }

const readers = new Map<string, AspectReader>()

/** The words of a language, made ready once; null for a language without a table. */
export function aspectReaderOf(lang: string | null): AspectReader | null {
  const code = (lang ?? '').slice(0, 2).toLowerCase()
  if (!Object.hasOwn(tables, code)) return null
  let reader = readers.get(code)
  if (!reader) readers.set(code, (reader = makeReader(tables[code]!)))
  return reader
}

function makeReader(table: AspectTable): AspectReader {
  const cues = new Cues()
  const meanings: Meaning[] = []
  const add = (meaning: Meaning, written: readonly string[] = []) => {
    for (const cue of written) cues.add(meanings.length, cue)
    meanings.push(meaning)
  }
  add({ kind: 'negation' }, table.negations)
  add({ kind: 'opinion', says: 1 }, table.praise)
  add({ kind: 'opinion', says: -1 }, table.blame)
  add({ kind: 'turn' }, table.turns)
  add({ kind: 'join' }, table.joins)
  add({ kind: 'feeling' }, table.feelings)
  for (const aspect of Object.keys(aspects) as Aspect[]) {
    const { names, good, bad } = table.aspects[aspect] ?? { names: [] }
    add({ kind: 'aspect', aspect, says: 0 }, names)
    add({ kind: 'aspect', aspect, says: 1 }, good)
    add({ kind: 'aspect', aspect, says: -1 }, bad)
  }
  return { cues, meanings }
}
