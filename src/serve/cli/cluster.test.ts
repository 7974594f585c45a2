import { Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { main } from './main.ts'

const lines = [
  '{"id":1,"text":"Филин Банк закрыл отделение на Садовой без предупреждения","posted_at":"2026-01-01T10:00:00Z"}',
  '{"id":"b","text":"Погода завтра будет солнечной, ветер слабый, без осадков"}',
  'nonsense',
  '{"id":"c","text":"⚡️ ФИЛИН БАНК закрыл отделение на Садовой без предупреждения https://a.example"}',
  '{"id":1,"text":"Филин Банк закрыл отделение на Садовой без предупреждения"}',
  '{"id":"d","text":"Филин Банк закрыл отделение на Садовой без предупреждения","posted_at":"2026-05-01T10:00:00Z"}',
]

test('each post is answered by the id of the first of its copies, in order, as it stood in the file', async () => {
  expect(await heed([], lines)).toEqual([
    { id: 1, cluster: 1 },
    { id: 'b', cluster: 'b' },
    { line: 3, error: 'not JSON' },
    { id: 'c', cluster: 1 },
    { id: 1, cluster: 1 },
    { id: 'd', cluster: 'd' },
  ])
})

test('articles are one story in any words, unless only copies are asked for', async () => {
  const articles = [
    '{"id":"a","title":"Ураган в Приморске повалил сорок деревьев","text":"Сильный ветер в Приморске ночью повалил деревья и оборвал провода. Без света остались три района, сообщили в мэрии Приморска."}',
    '{"id":"b","title":"В Приморске после урагана три района без света","text":"Ночной ураган оставил без электричества районы Приморска. По данным мэрии, ветром повалены деревья и повреждены провода."}',
  ]
  const clusters = async (words: string[]) =>
    (await heed(words, articles)).map((line) => (line as { cluster: string }).cluster)
  expect(await clusters([])).toEqual(['a', 'a'])
  expect(await clusters(['--by', 'story'])).toEqual(['a', 'a'])
  expect(await clusters(['--by', 'copy'])).toEqual(['a', 'b'])
})

async function heed(words: string[], input: string[]): Promise<object[]> {
  let out = ''
  const stream = () =>
    new Writable({
      write: (chunk: Buffer, _encoding, written) => {
        out += chunk.toString()
        written()
      },
    })
  const stdin = Readable.from([`${input.join('\n')}\n`])
  await main(['cluster', ...words], { language: 'en', stdin, stdout: stream(), stderr: stream(), env: {} })
  return out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as object)
}
