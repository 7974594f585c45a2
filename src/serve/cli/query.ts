import { text } from 'node:stream/consumers'
import { explainQuery } from '../../listen/query/explain.ts'
import { parseQuery } from '../../listen/query/parse.ts'
import { printQuery } from '../../listen/query/print.ts'
import { done, failed, WrongCall, type Command } from './command.ts'

export const query: Command = {
  name: 'query',
  operands: 'lint|explain|print',
  operandCount: { least: 1, most: 1 },
  summary: {
    en: 'Checks, explains or rewrites a query from standard input',
    ru: 'Проверяет, объясняет или переписывает запрос со стандартного ввода',
  },
  options: {},
  run: async (call) => {
    const [what = ''] = call.operands
    if (!['lint', 'explain', 'print'].includes(what))
      throw new WrongCall({ en: `There is no “query ${what}”`, ru: `Нет «query ${what}»` })
    const { query: tree, problems } = parseQuery((await text(call.stdin)).replace(/\r?\n$/, ''))
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
