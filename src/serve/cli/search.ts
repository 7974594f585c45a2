import { analysePost } from '../../base/text/analyse.ts'
import { UserError } from '../../base/errors.ts'
import { evaluate } from '../../listen/match/evaluate.ts'
import { parseQuery } from '../../listen/query/parse.ts'
import { settle } from './arriving.ts'
import { oneOf, required, type Command } from './command.ts'
import { analysisOption, filterLines, strictOption } from './filter.ts'
import { readPostLine } from './post-line.ts'

export const search: Command = {
  name: 'search',
  operands: '[POSTS]',
  operandCount: { least: 0, most: 1 },
  summary: {
    en: 'Lets through the posts that a query finds, with the places in their text',
    ru: 'Пропускает записи, которые находит запрос, с местами в тексте',
  },
  options: {
    query: { type: 'string', value: 'TEXT', help: { en: 'the query', ru: 'запрос' } },
    ...analysisOption,
    ...strictOption,
  },
  run: async (call) => {
    const mode = oneOf(call, 'analysis', ['forms', 'plain'], 'forms')
    const { query, problems } = parseQuery(required(call, 'query'))
    const error = problems.find(({ severity }) => severity === 'error')
    if (error) throw new UserError(error.message.en, { key: 'query-broken', values: { ...error.message } })
    return filterLines(call, readPostLine, ({ post, given }) => {
      settle(post, mode)
      const places = evaluate(query, post, analysePost(post, mode))
      return places && { ...given, places }
    })
  },
}
