import type { Labelled } from '../../base/learn/classifier.ts'
import type { Call } from './command.ts'
import { readLines } from './lines.ts'
import { readObject, type Line } from './post-line.ts'

/**
 * The labelled rows of a file, in its order: JSON Lines `{"text","label"}`, with `title` where there is one, or lines of a
 * label, a tab and the text, by what the first line looks like. `complain` hears of each line that is none, by its number.
 * Empty lines and a heading (`label<TAB>text`) are no rows.
 */
export async function* readLabelled(
  call: Call,
  path: string,
  complain: (line: number, reason: string) => void,
): AsyncGenerator<Labelled> {
  let read: ((text: string) => Line<Labelled>) | null = null
  for await (const { first, lines } of readLines({ ...call, operands: [path] })) {
    for (const [index, line] of lines.entries()) {
      const text = line.replace(/^\ufeff|\r$/g, '')
      if (text.trim() === '') continue
      if (read === null) {
        read = text.startsWith('{') ? fromJson : fromColumns
        if (/^[^\t]*\ttext$/i.test(text)) continue
      }
      const row = read(text)
      if (row.kind === 'read') yield row.value
      else complain(first + index, row.reason)
    }
  }
}

function fromJson(line: string): Line<Labelled> {
  const object = readObject(line)
  if (object.kind === 'unreadable') return object
  const { text, title, label } = object.value
  if (typeof text !== 'string') return { kind: 'unreadable', reason: 'no text' }
  const name = typeof label === 'number' || typeof label === 'boolean' ? String(label) : label
  if (typeof name !== 'string') return { kind: 'unreadable', reason: 'no label' }
  return labelled(name, text, typeof title === 'string' ? title : null)
}

function fromColumns(line: string): Line<Labelled> {
  const tab = line.indexOf('\t')
  if (tab === -1) return { kind: 'unreadable', reason: 'no tab between label and text' }
  return labelled(line.slice(0, tab), line.slice(tab + 1), null)
}

function labelled(label: string, text: string, title: string | null): Line<Labelled> {
  if (label.trim() === '') return { kind: 'unreadable', reason: 'empty label' }
  if (text.trim() === '' && (title ?? '').trim() === '') return { kind: 'unreadable', reason: 'empty text' }
  return { kind: 'read', value: { label: label.trim(), text, title } }
}
