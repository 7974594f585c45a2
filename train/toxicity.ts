import { toxicityModelFile } from '../src/listen/enrich/toxicity.ts'
import { learnBlended, learnChances } from './chances.ts'
import { yesOrNoFigures } from './chances-card.ts'
import { readOffensive } from './data/tweeteval-offensive.ts'
import { writeFigures } from './figures.ts'

/** Makes models/toxicity.en.model and the figures in docs/models/toxicity.md. */
export function train(): void {
  const examples = readOffensive().map(({ text, isOffensive }) => ({
    lang: 'en',
    text,
    answers: { toxic: isOffensive },
  }))
  const held = learnChances(examples, {
    task: 'toxicity',
    file: toxicityModelFile,
    questions: ['toxic'],
    bits: 18,
    families: { words: 1, pairs: 1, pieces: 1, signs: 0.6 },
    learn: learnBlended,
    best: 'macro F1',
  })
  writeFigures(
    'toxicity',
    yesOrNoFigures(held, () => 'tweets, en', 'texts'),
  )
}
