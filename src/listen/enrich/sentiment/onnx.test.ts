import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openOnnx } from './onnx.ts'

const words = ['[UNK]', 'good', 'bad', 'table']
/** A row per word: what it adds to negative, neutral and positive. */
const weights = [
  [0, 1, 0],
  [-4, 0, 4],
  [4, 0, -4],
  [0, 2, 0],
].flat()

test('a classifier in a folder is asked, by the names of its labels', async () => {
  const judge = await openOnnx(makeFolder({ id2label: { 0: 'Negative', 1: 'neutral', 2: 'POSITIVE' } }))
  const said = await judge.ask({ text: 'good good table', target: null })
  expect(said).toMatchObject({ kind: 'told', label: 'positive' })
  // The mean of the three rows is −8/3, 2/3, 8/3.
  const sum = Math.exp(-8 / 3) + Math.exp(2 / 3) + Math.exp(8 / 3)
  expect(said.kind === 'told' && said.scores!.positive).toBeCloseTo(Math.exp(8 / 3) / sum, 4)
  expect(await judge.ask({ text: 'bad', target: null })).toMatchObject({ label: 'negative' })
  expect(await judge.ask({ text: 'table ' + 'good '.repeat(100_000), target: null })).toMatchObject({
    label: 'positive',
  })
  expect(await judge.ask({ text: 'good', target: 'table' })).toMatchObject({ kind: 'not-told' })
  await judge.close()
})

test('labels may stand in another order, or have numbers for names', async () => {
  const turned = await openOnnx(makeFolder({ id2label: { 0: 'positive', 1: 'neutral', 2: 'negative' } }))
  expect(await turned.ask({ text: 'good', target: null })).toMatchObject({ label: 'negative' })
  const numbered = await openOnnx(makeFolder({ id2label: { 0: 'LABEL_0', 1: 'LABEL_1', 2: 'LABEL_2' } }))
  expect(await numbered.ask({ text: 'good', target: null })).toMatchObject({ label: 'positive' })
})

test('a folder that holds something else is refused with the reason', async () => {
  await expect(openOnnx(makeFolder({ id2label: { 0: 'joy', 1: 'anger', 2: 'fear' } }))).rejects.toThrow(
    /joy, anger, fear/,
  )
  await expect(openOnnx(makeFolder({}))).rejects.toThrow(/missing/)
  await expect(openOnnx(join(tmpdir(), 'heed-no-such-folder'))).rejects.toThrow(/config\.json cannot be read/)
  const folder = makeFolder({ id2label: { 0: 'negative', 1: 'neutral', 2: 'positive' } })
  writeFileSync(join(folder, 'onnx/model.onnx'), 'not a model')
  await expect(openOnnx(folder)).rejects.toThrow(/model\.onnx cannot be opened/)
})

function makeFolder(config: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-onnx-'))
  mkdirSync(join(folder, 'onnx'))
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  writeFileSync(
    join(folder, 'tokenizer.json'),
    JSON.stringify({
      version: '1.0',
      added_tokens: [],
      normalizer: { type: 'Lowercase' },
      pre_tokenizer: { type: 'Whitespace' },
      post_processor: null,
      decoder: null,
      model: { type: 'WordLevel', vocab: Object.fromEntries(words.map((word, id) => [word, id])), unk_token: '[UNK]' },
    }),
  )
  writeFileSync(join(folder, 'onnx/model.onnx'), tinyModel())
  return folder
}

/** Looks up the row of each word and takes their mean: Gather and ReduceMean, as an ONNX file. */
function tinyModel(): Uint8Array {
  const table = message(
    [1, words.length],
    [1, 3],
    [2, 1],
    [8, 'table'],
    [9, new Uint8Array(Float32Array.from(weights).buffer)],
  )
  const gather = message([1, 'table'], [1, 'input_ids'], [2, 'rows'], [4, 'Gather'])
  const axes = message([1, 'axes'], [8, 1], [20, 7])
  const keep = message([1, 'keepdims'], [3, 0], [20, 2])
  const mean = message([1, 'rows'], [2, 'logits'], [4, 'ReduceMean'], [5, axes], [5, keep])
  const input = value('input_ids', 7, [1, 'length'])
  const graph = message([1, gather], [1, mean], [2, 'tiny'], [5, table], [11, input], [12, value('logits', 1, [1, 3])])
  return message([1, 8], [7, graph], [8, message([1, ''], [2, 13])])
}

function value(name: string, type: number, sizes: (number | string)[]): Uint8Array {
  const shape = message(
    ...sizes.map((size): [number, Uint8Array] => [1, message([typeof size === 'number' ? 1 : 2, size])]),
  )
  return message([1, name], [2, message([1, message([1, type], [2, shape])])])
}

/** A message of Protocol Buffers: numbers as varints, the rest with its length. */
function message(...fields: [number, number | string | Uint8Array][]): Uint8Array {
  return Buffer.concat(
    fields.map(([field, content]) => {
      if (typeof content === 'number') return Buffer.from([...varint(field << 3), ...varint(content)])
      const bytes = Buffer.from(content as Uint8Array)
      return Buffer.concat([Buffer.from([...varint((field << 3) | 2), ...varint(bytes.length)]), bytes])
    }),
  )
}

function varint(number: number): number[] {
  return number < 128 ? [number] : [(number & 127) | 128, ...varint(number >>> 7)]
}
