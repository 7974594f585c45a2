import type { Cursor } from '../connector.ts'
import { marksOf, readSeen, writeSeen } from '../seen.ts'

/** Something whose comments wait to be read, from this page on; an empty mark is the first. */
export type Todo = { id: string; after: string }

const most = 500

/** What waits, in order. It is kept in the cursor, so that a long reading is gone on with where it stopped. */
export function readTodo(cursor: Cursor): Todo[] {
  const kept = cursor['todo']
  if (typeof kept !== 'string' || kept === '') return []
  return kept.split(' ').flatMap((one) => {
    const [id = '', after = ''] = one.split('|')
    return /^[\w-]+$/.test(id) ? [{ id, after: decodeURIComponent(after) }] : []
  })
}

export function printTodo(todo: Todo[]): string {
  return todo
    .slice(0, most)
    .map(({ id, after }) => `${id}|${encodeURIComponent(after)}`)
    .join(' ')
}

/** Those that have more comments than at the last look, and the counts to be kept. */
export function grown(
  counted: { id: string; comments: number | null }[],
  cursor: Cursor,
): { ids: string[]; counts: string } {
  const before = readSeen(cursor['counts'])
  const now = new Map<string, string>()
  const ids: string[] = []
  for (const { id, comments } of counted) {
    const { entry, content } = marksOf(id, String(comments))
    now.set(entry, content)
    if (comments !== 0 && before.get(entry) !== content) ids.push(id)
  }
  return { ids, counts: writeSeen(now, before) }
}
