import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import type { QueryReference } from '../../serve/api/shapes/topic.ts'
import { suggest } from './suggest.ts'

const reference: QueryReference = {
  operators: [
    { form: 'OR', also: ['|', 'ИЛИ'], insert: 'OR', meaning: 'either', example: 'a OR b' },
    { form: 'title:(…)', also: [], insert: 'title:coffee', meaning: 'in the title', example: 'title:coffee' },
    { form: 'field:value', also: [], insert: 'lang:en', meaning: 'a field', example: 'lang:en' },
    { form: '=сбер', also: ['!сбер'], insert: '=coffee', meaning: 'this form', example: '=coffee' },
  ],
  fields: [
    { name: 'sentiment', also: ['тональность'], meaning: 'sentiment', values: ['negative'], example: 'sentiment:x' },
    { name: 'author', also: ['автор'], meaning: 'author', values: [], example: 'author:x' },
  ],
}

function offered(text: string): { from: number; labels: string[]; applied: unknown[] } | null {
  const context = new CompletionContext(EditorState.create({ doc: text }), text.length, false)
  const found = suggest(context, reference)
  if (found === null) return null
  const typed = text.slice(found.from).toLowerCase()
  const options = found.options.filter(({ label }) => label.toLowerCase().startsWith(typed))
  return { from: found.from, labels: options.map(({ label }) => label), applied: options.map(({ apply }) => apply) }
}

test('operators and fields are offered by each of their names, and written by the first one of a field', () => {
  expect(offered('плюм ил')).toEqual({ from: 5, labels: ['ИЛИ'], applied: ['ИЛИ'] })
  expect(offered('тонал')).toEqual({ from: 0, labels: ['тональность:'], applied: ['sentiment:'] })
  expect(offered('se')?.labels).toEqual(['sentiment:'])
})

test('the values of a field are offered behind any of its names', () => {
  expect(offered('sentiment:neg')?.labels).toEqual(['negative'])
  expect(offered('Тональность:')?.labels).toEqual(['negative'])
  expect(offered('author:')).toBeNull()
})

test('a part of the mention is begun, not filled with the example', () => {
  expect(offered('tit')).toEqual({ from: 0, labels: ['title:'], applied: ['title:'] })
  expect(offered('fi')?.labels).toEqual([])
})

test('one letter offers nothing', () => {
  expect(offered('s')).toBeNull()
})
