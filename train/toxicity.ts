import { yesOrNoModelFile } from '../src/listen/enrich/yes-or-no.ts'
import { learnBlended, learnChances, type Answered, type Held } from './chances.ts'
import { yesOrNoFigures } from './chances-card.ts'
import { drawnFrom, readClassLabels } from './data/class-labels.ts'
import { readOffensive } from './data/tweeteval-offensive.ts'
import { writeFigures } from './figures.ts'

/** Makes models/toxicity.*.model and the figures in docs/models/toxicity.md. */
export function train(): void {
  const english = readOffensive().map(({ text, isOffensive }) => ({
    lang: 'en',
    text,
    answers: { toxic: isOffensive },
  }))
  const figures = [
    ['## en', yesOrNoFigures(learn('en', english), () => 'tweets, en', 'texts')],
    ['## ru', yesOrNoFigures(learn('ru', readClassLabels('toxic', 'ru')), drawnFrom, 'drawn from')],
  ]
  writeFigures('toxicity', figures.flat().join('\n\n'))
}

function learn(lang: string, examples: Answered[]): Held[] {
  return learnChances(examples, {
    task: 'toxicity',
    file: yesOrNoModelFile('toxicity', lang),
    questions: ['toxic'],
    bits: 18,
    families: { words: 1, pairs: 1, pieces: 1, signs: 0.6 },
    learn: learnBlended,
    best: 'macro F1',
  })
}
