import { printQuery } from '../print.ts'
import type { Query } from '../query.ts'
import { brandAnalytics } from './brand-analytics.ts'
import { brandwatch } from './brandwatch.ts'
import type { Dialect } from './dialect.ts'
import { meltwater } from './meltwater.ts'
import { takeNotes, type Note } from './notes.ts'
import { readWritten } from './read.ts'
import { talkwalker } from './talkwalker.ts'
import { translate } from './translate.ts'
import { youscan } from './youscan.ts'

/** The tools whose queries can be read, as a command or an address names them. */
export const tools = ['brandwatch', 'talkwalker', 'meltwater', 'youscan', 'brand-analytics'] as const
export type Tool = (typeof tools)[number]

const dialects: { [tool in Tool]: Dialect } = {
  brandwatch,
  talkwalker,
  meltwater,
  youscan,
  'brand-analytics': brandAnalytics,
}

/** `printed` is the query in our language; empty, and `query` null, when nothing to look for is left. */
export type Imported = { query: Query | null; printed: string; notes: Note[] }

/**
 * Reads a query of another tool by that tool's own rules. Never throws and never hangs. What is printed reads back as the
 * same query without an error, and every difference to the original is among the notes.
 */
export function importQuery(text: string, from: Tool): Imported {
  const dialect = dialects[from]
  const notes = takeNotes(dialect.name)
  const whole = { start: 0, end: text.length }
  const written = readWritten(text, dialect, notes)
  if (written && dialect.assumed) notes.add('assumed', whole)
  const query = written && translate(written, text, dialect, notes)
  if (!query) notes.add('nothing-left', whole)
  return { query, printed: query ? printQuery(query) : '', notes: notes.all() }
}
