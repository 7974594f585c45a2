import { readFile } from 'node:fs/promises'
import { parseQuery } from '../../listen/query/parse.ts'
import { done, failed, oneOf, required, wholeNumber, WrongCall, type Call, type Command } from './command.ts'
import { analysisOption, strictOption } from './filter.ts'
import { readLineBytes, write } from './lines.ts'
import type { Matched, QueryLine } from './match-lines.ts'
import { startThreads } from './match-threads.ts'
import { createMeter } from './meter.ts'
import { readObject } from './post-line.ts'

export const match: Command = {
  name: 'match',
  operands: '[POSTS]',
  operandCount: { least: 0, most: 1 },
  summary: { en: 'Says for each post which queries find it', ru: 'Говорит о каждой записи, какие запросы её находят' },
  options: {
    queries: { type: 'string', value: 'Q.jsonl', help: { en: 'lines of {"id","query"}', ru: 'строки {"id","query"}' } },
    ...analysisOption,
    threads: {
      type: 'string',
      value: 'N',
      help: { en: 'how many threads work (1)', ru: 'сколько потоков работает (1)' },
    },
    ...strictOption,
  },
  run: async (call) => {
    const mode = oneOf(call, 'analysis', ['forms', 'plain'], 'forms')
    const count = wholeNumber(call, 'threads') ?? 1
    if (count < 1 || count > 64) throw new WrongCall({ en: '--threads is from 1 to 64', ru: '--threads: от 1 до 64' })
    const strict = call.values['strict'] === true
    const queries = await readQueries(call, required(call, 'queries'))
    if (queries === null) return failed

    const meter = createMeter(call)
    using threads = startThreads(count, queries, mode)
    // Each thread has one batch at hand and one waiting; the answers leave in the order of the lines.
    const ahead: Promise<Matched>[] = []
    let first = 1
    const settleFirst = async (): Promise<boolean> => {
      const matched = await ahead.shift()!
      await write(call.stdout, matched.unreadable ? numbered(matched.answers, first, strict) : matched.answers)
      first += matched.lines
      meter.add(matched.lines)
      return strict && matched.unreadable
    }
    for await (const bytes of readLineBytes(call)) {
      ahead.push(threads.match(bytes))
      if (ahead.length >= count * 2 - (count === 1 ? 1 : 0) && (await settleFirst())) return failed
    }
    while (ahead.length > 0) if (await settleFirst()) return failed
    meter.end()
    return done
  },
}

// A thread does not know which line of all its first one is.
function numbered(answers: Uint8Array<ArrayBuffer>, first: number, onlyToFirstError: boolean): string {
  const text = Buffer.from(answers.buffer).toString()
  const [whole] = onlyToFirstError ? /^[^]*?^\{"line":.*\n/m.exec(text)! : [text]
  return whole.replace(/^\{"line":(\d+)/gm, (_, line: string) => `{"line":${first + Number(line)}`)
}

/** Null when `--strict` forbids to go on without a query that cannot be read. */
async function readQueries(call: Call, path: string): Promise<QueryLine[] | null> {
  const queries: QueryLine[] = []
  let broken = false
  const complain = (index: number, reason: string) => {
    call.stderr.write(`${path}:${index + 1}: ${reason}\n`)
    broken = true
  }
  for (const [index, text] of (await readFile(path, 'utf8')).split('\n').entries()) {
    if (text.trim() === '') continue
    const line = readObject(text)
    const { id, query } = line.kind === 'read' ? line.value : {}
    if ((typeof id !== 'string' && typeof id !== 'number') || typeof query !== 'string') {
      complain(index, line.kind === 'unreadable' ? line.reason : 'no id or query')
      continue
    }
    const parsed = parseQuery(query)
    const error = parsed.problems.find(({ severity }) => severity === 'error')
    if (error) complain(index, error.message[call.language])
    queries.push({ id, query: parsed.query })
  }
  return broken && call.values['strict'] === true ? null : queries
}
