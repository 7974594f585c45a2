import { readFile } from 'node:fs/promises'
import { UserError } from '../../base/errors.ts'
import { classify, unpackClassifier, type Classifier } from '../../base/learn/classifier.ts'
import { BrokenModel } from '../../base/learn/model-file.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { required, type Command } from './command.ts'
import { filterLines, strictOption } from './filter.ts'
import { readPostLine } from './post-line.ts'

export const classifyCommand: Command = {
  name: 'classify',
  operands: '[POSTS]',
  operandCount: { least: 0, most: 1 },
  summary: {
    en: 'Gives each post a label as heed learn has learnt it',
    ru: 'Ставит каждой записи метку, как выучила heed learn',
  },
  options: {
    model: { type: 'string', value: 'MODEL', help: { en: 'what heed learn wrote', ru: 'модель от heed learn' } },
    ...strictOption,
  },
  run: async (call) => {
    const classifier = await readClassifier(required(call, 'model'))
    return filterLines(call, readPostLine, ({ id, post }) => {
      // A classifier knows words as written, which are the same in every language.
      const found = classify(classifier, analysePost({ ...post, lang: null }))
      if (found === null) return { id, label: null, scores: null }
      const shares = Array.from(found.probabilities, (share) => Math.round(share * 1e4) / 1e4)
      return {
        id,
        label: found.label,
        scores: Object.fromEntries(classifier.labels.map((name, i) => [name, shares[i]])),
      }
    })
  },
}

async function readClassifier(path: string): Promise<Classifier> {
  const bytes = await readFile(path)
  try {
    return unpackClassifier(bytes, path)
  } catch (error) {
    if (error instanceof BrokenModel) throw new UserError(error.message, { key: 'model-broken', values: { path } })
    throw error
  }
}
