import { yesOrNoModelFile } from '../src/listen/enrich/yes-or-no.ts'
import { learnBlended, learnChances, type Answered, type Held } from './chances.ts'
import { yesOrNoFigures } from './chances-card.ts'
import { drawnFrom, readClassLabels } from './data/class-labels.ts'
import { readOffensive } from './data/tweeteval-offensive.ts'
import { writeFigures } from './figures.ts'

/** Makes models/toxicity.*.model and the figures in docs/models/toxicity.md. */
export function train(): void {
  const english = [...readClassLabels('toxic', 'en'), ...readHelping()]
  const figures = [
    ['## en', yesOrNoFigures(learn('en', english), drawnFrom, 'drawn from')],
    ['## ru', yesOrNoFigures(learn('ru', readClassLabels('toxic', 'ru')), drawnFrom, 'drawn from')],
  ]
  writeFigures('toxicity', figures.flat().join('\n\n'))
}

/** Words are learnt from these, but not how often they mean it: a third of them offends, of what is written about brands 2 in 100. */
function readHelping(): Answered[] {
  return readOffensive().map(({ text, isOffensive }) => ({
    ...{ lang: 'en', text, help: 0.3 },
    answers: { toxic: isOffensive },
  }))
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
