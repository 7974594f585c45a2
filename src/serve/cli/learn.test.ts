import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { heed } from '../../../test/heed.ts'

const dir = mkdtempSync(join(tmpdir(), 'heed-learn-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const things = {
  доставка: ['курьер', 'посылка', 'доставили', 'привезли заказ', 'служба доставки'],
  card: ['my card', 'the new card', 'card payment', 'a lost card', 'PIN of the card'],
}
const frames = ['{} опоздал на день', 'where is {}?', '{} — всё хорошо', 'I wait for {} since Monday', '{}!']
const rows = Object.entries(things).flatMap(([label, words]) =>
  words.flatMap((word) => frames.map((frame) => ({ label, text: frame.replace('{}', word) }))),
)

describe('learn and classify', () => {
  test('what was learnt from lines of JSON or of columns tells new posts apart, with probabilities', async () => {
    const json = file(rows.map((row) => JSON.stringify(row)))
    const columns = file(['label\ttext', ...rows.map(({ label, text }) => `${label}\t${text}`)])
    for (const data of [json, columns]) {
      const out = join(dir, 'm.model')
      const learnt = await heed(['learn', '--data', data, '--out', out], '')
      expect([learnt.code, learnt.err]).toEqual([0, ''])
      expect(learnt.lines[0]).toMatchObject({ rows: 50, labels: 2, folds: 5, accuracy: expect.any(Number) })
      expect(learnt.lines.slice(1)).toMatchObject([
        { label: 'card', rows: 25 },
        { label: 'доставка', rows: 25 },
      ])
      const answers = await heed(
        ['classify', '--model', out],
        [
          '{"id":1,"text":"Где мой курьер и посылка"}',
          'nonsense',
          '{"id":"b","text":"Somebody took the card"}',
          '{"id":3,"text":" "}',
        ],
      )
      expect(answers.lines).toMatchObject([
        { id: 1, label: 'доставка' },
        { line: 2, error: 'not JSON' },
        { id: 'b', label: 'card' },
        { id: 3, label: null, scores: null },
      ])
      const { scores } = answers.lines[0] as { scores: { [label: string]: number } }
      expect(Object.values(scores).reduce((sum, share) => sum + share)).toBeCloseTo(1, 3)
      expect(scores['доставка']).toBeGreaterThan(0.5)
    }
  })

  test('the same data gives the same file', async () => {
    const data = file(rows.map((row) => JSON.stringify(row)))
    const files = await Promise.all(
      ['a', 'b'].map(async (name) => {
        await heed(['learn', '--data', data, '--out', join(dir, name)], '')
        return readFileSync(join(dir, name))
      }),
    )
    expect(files[0]!.equals(files[1]!)).toBe(true)
  })

  test('labels that follow nothing in the texts are measured as no better than guessing', async () => {
    const data = file(
      Array.from(
        { length: 400 },
        (_, i) => `${Math.imul(i + 1, 0x9e3779b1) >>> 31 ? 'a' : 'b'}\tthe same words ${i % 7}`,
      ),
    )
    const { lines } = await heed(['learn', '--data', data, '--out', join(dir, 'm.model')], '')
    const { accuracy } = lines[0] as { accuracy: number }
    expect(accuracy).toBeLessThan(0.65)
  })

  test('broken lines are named with their number, the others are learnt from; --strict refuses', async () => {
    const data = file([
      ...rows.map((row) => JSON.stringify(row)),
      'nonsense',
      '',
      '{"text":"no label"}',
      '{"label":"x"}',
      '{"label":" ","text":"empty label"}',
      '{"label":"x","text":""}',
    ])
    const out = join(dir, 'lenient.model')
    const { code, lines, err } = await heed(['learn', '--data', data, '--out', out], '')
    expect([code, lines[0]]).toMatchObject([0, { rows: 50 }])
    expect(err.split('\n').map((line) => line.replace(`${data}:`, ''))).toEqual([
      '51: not JSON',
      '53: no label',
      '54: no text',
      '55: empty label',
      '56: empty text',
      '',
    ])
    const strict = await heed(['learn', '--data', data, '--out', join(dir, 'strict.model'), '--strict'], '')
    expect([strict.code, strict.out]).toEqual([1, ''])
    const columns = file(['a\tone text', 'no tab here', '\tno label', 'b\tanother'])
    expect((await heed(['learn', '--data', columns, '--out', out], '')).err).toBe(
      `${columns}:2: no tab between label and text\n${columns}:3: empty label\n`,
    )
  })

  test('too few rows to leave some out are learnt from and not measured', async () => {
    const data = file(['a\tone apple', 'b\ttwo pears'])
    const out = join(dir, 'two.model')
    const { code, lines } = await heed(['learn', '--data', data, '--out', out], '')
    expect([code, lines]).toEqual([0, [{ rows: 2, labels: 2, folds: null, accuracy: null, macroF1: null }]])
    expect((await heed(['classify', '--model', out], ['{"id":1,"text":"apple"}'])).lines).toMatchObject([
      { label: 'a' },
    ])
  })

  test.each([
    ['nothing', [], /no row/],
    ['one row', ['a\tone'], /“a”/],
    ['one label', ['a\tone', 'a\ttwo', 'a\tthree'], /at least two/],
    ['100,000 labels', Array.from({ length: 100_000 }, (_, i) => `label ${i}\ttext ${i}`), /100000 different labels/],
    ['a text beyond all measure', [`a\t${'long '.repeat(4_100_000)}`, 'b\tshort'], /20 million letters/],
  ])('%s cannot be learnt from, and the person is told why', async (_, lines, why) => {
    const { code, out, err } = await heed(['learn', '--data', file(lines), '--out', join(dir, 'never')], '')
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(why)
  })

  test('a folder or a model that is not there, or is no model, is named', async () => {
    const data = file(rows.map((row) => JSON.stringify(row)))
    const folder = await heed(['learn', '--data', data, '--out', '/nowhere/m.model'], '')
    expect([folder.code, folder.err]).toEqual([2, 'heed: There is no file /nowhere\n'])
    expect((await heed(['classify', '--model', '/nowhere/m.model'], '')).code).toBe(2)
    const { code, err } = await heed(['classify', '--model', data], '{"id":1,"text":"a"}', 'ru')
    expect([code, err]).toEqual([
      1,
      `heed: ${data} — не модель от heed learn, или файл повреждён; создайте её заново через heed learn\n`,
    ])
  })
})

function file(lines: string[]): string {
  const path = join(dir, crypto.randomUUID())
  writeFileSync(path, lines.join('\n'))
  return path
}
