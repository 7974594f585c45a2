import { english } from './english.ts'
import { italian } from './italian.ts'
import { kazakh } from './kazakh.ts'
import type { PatternTable } from './pattern.ts'
import { StageReader } from './reader.ts'
import { russian } from './russian.ts'
import { ukrainian } from './ukrainian.ts'

/** Languages that have patterns. */
const tables: { [lang: string]: PatternTable } = { ru: russian, en: english, uk: ukrainian, kk: kazakh, it: italian }

const readers = new Map<string, StageReader>()

/** The patterns of a language, made ready once; null for a language that has none. */
export function readerOf(lang: string | null): StageReader | null {
  const code = (lang ?? '').slice(0, 2).toLowerCase()
  if (!Object.hasOwn(tables, code)) return null
  let reader = readers.get(code)
  if (!reader) readers.set(code, (reader = new StageReader(tables[code]!)))
  return reader
}
