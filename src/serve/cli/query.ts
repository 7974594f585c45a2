import { text } from 'node:stream/consumers'
import { importQuery, tools } from '../../listen/query/dialects/import-query.ts'
import type { Note } from '../../listen/query/dialects/notes.ts'
import { explainQuery } from '../../listen/query/explain.ts'
import { parseQuery } from '../../listen/query/parse.ts'
import { printQuery } from '../../listen/query/print.ts'
import { done, failed, oneOf, required, WrongCall, type Call, type Command, type Said } from './command.ts'

export const query: Command = {
  name: 'query',
  operands: 'lint|explain|print|import',
  operandCount: { least: 1, most: 1 },
  summary: {
    en: 'Checks, explains, rewrites or imports a query from standard input',
    ru: 'Проверяет, объясняет, переписывает или переносит запрос со стандартного ввода',
  },
  options: {
    from: {
      type: 'string',
      value: 'TOOL',
      help: {
        en: `for import, the tool it was written for: ${tools.join(', ')}`,
        ru: `для import — система, для которой он написан: ${tools.join(', ')}`,
      },
    },
  },
  run: async (call) => {
    const [what = ''] = call.operands
    if (!['lint', 'explain', 'print', 'import'].includes(what))
      throw new WrongCall({ en: `There is no “query ${what}”`, ru: `Нет «query ${what}»` })
    if (what === 'import') return bring(call)
    const { query: tree, problems } = parseQuery(await written(call))
    const broken = problems.some(({ severity }) => severity === 'error')
    switch (what) {
      case 'lint':
        for (const { message, values, ...problem } of problems)
          call.stdout.write(`${JSON.stringify({ ...problem, message: message[call.language] })}\n`)
        return broken ? failed : done
      case 'explain':
        call.stdout.write(`${explainQuery(tree, call.language)}\n`)
        break
      default:
        call.stdout.write(`${printQuery(tree)}\n`)
    }
    for (const { severity, message } of problems)
      if (severity === 'error') call.stderr.write(`${message[call.language]}\n`)
    return broken ? failed : done
  },
}

/** The query in our language goes to standard output, what became of the original to standard error. */
async function bring(call: Call): Promise<number> {
  required(call, 'from')
  const from = oneOf(call, 'from', tools, 'brandwatch')
  const original = await written(call)
  const { printed, notes } = importQuery(original, from)
  for (const note of notes) call.stderr.write(`${lineOf(note, original, call.language)}\n`)
  if (printed === '') return failed
  call.stdout.write(`${printed}\n`)
  return done
}

/** As compilers do it: line and column of the original, how much it matters, the sentence. */
function lineOf({ start, severity, times, message }: Note, original: string, language: 'en' | 'ru'): string {
  const before = original.slice(0, start).split('\n')
  const place = `${before.length}:${before.at(-1)!.length + 1}`
  return `${place} ${severities[severity][language]}: ${message[language]}${times > 1 ? ` (×${times})` : ''}`
}

const severities: { [severity in Note['severity']]: Said } = {
  kept: { en: 'kept', ru: 'сохранено' },
  changed: { en: 'changed', ru: 'изменено' },
  lost: { en: 'lost', ru: 'потеряно' },
}

async function written(call: Call): Promise<string> {
  return (await text(call.stdin)).replace(/\r?\n$/, '')
}
