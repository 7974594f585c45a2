import { spamLanguages, spamSureFrom } from '../src/listen/enrich/spam.ts'
import { yesOrNoModelFile } from '../src/listen/enrich/yes-or-no.ts'
import { percent, yesOrNoFigures } from './chances-card.ts'
import { learnBlended, learnChances, type Held } from './chances.ts'
import { drawnFrom, readClassLabels } from './data/class-labels.ts'
import { table, writeFigures } from './figures.ts'
import { sampleFigures } from './spam-sample.ts'

/** Makes models/spam.*.model and the figures in docs/models/spam.md. */
export async function train(): Promise<void> {
  const parts = spamLanguages.map((lang) => {
    const held = learnChances(readClassLabels('spam', lang), {
      task: 'spam',
      file: yesOrNoModelFile('spam', lang),
      questions: ['spam'],
      bits: 17,
      families: { words: 1, pairs: 1, pieces: 1, signs: 0.3 },
      learn: learnBlended,
      best: 'macro F1',
    })
    return [`## ${lang}`, yesOrNoFigures(held, drawnFrom, 'drawn from'), sureFigures(held)].join('\n\n')
  })
  writeFigures('spam', [...parts, await sampleFigures()].join('\n\n'))
}

/** What remains when the answers that are too close to call are left out, as `findSpam` does. */
function sureFigures(held: readonly Held[]): string {
  const sure = held.filter(({ chance, answer }) => (answer ? chance : 1 - chance) >= spamSureFrom)
  const called = sure.filter(({ answer }) => answer)
  const spam = held.filter(({ truth }) => truth)
  const right = (some: readonly Held[]) => some.filter(({ truth, answer }) => truth === answer).length / some.length
  return table([
    ['as shipped: below a confidence of 0.65 nothing is said', '%'],
    ['posts with an answer', percent(sure.length / held.length)],
    ['of these, right', percent(right(sure))],
    ['of those called spam, spam', percent(right(called))],
    ['of all spam, called so', percent(called.filter(({ truth }) => truth).length / spam.length)],
  ])
}
