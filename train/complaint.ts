import { tonalityOf } from '../src/listen/enrich/complaint.ts'
import { findSentiment } from '../src/listen/enrich/sentiment.ts'
import type { Outcome } from '../src/listen/enrich/stage/pattern.ts'
import { yesOrNoModelFile } from '../src/listen/enrich/yes-or-no.ts'
import { analyse } from '../src/base/text/analyse.ts'
import { learnBlended, learnChances, type Answered, type Held } from './chances.ts'
import { yesOrNoFigures } from './chances-card.ts'
import { drawnFrom, readClassLabels } from './data/class-labels.ts'
import { readComplaints } from './data/complaints.ts'
import { writeFigures } from './figures.ts'
import { readStagePosts } from './stage-posts.ts'

/** Makes models/complaint.*.model and the figures in docs/models/complaint.md; the model of tonality must be there. */
export function train(): void {
  const english = readEnglish()
  const domainOf = new Map(english.map((example) => [example as object, example.domain]))
  const figures = [
    ['## en', yesOrNoFigures(learn('en', english), ({ example }) => domainOf.get(example)!, 'domain')],
    ['## ru', yesOrNoFigures(learn('ru', readRussian()), drawnFrom, 'drawn from')],
  ]
  writeFigures('complaint', figures.flat().join('\n\n'))
}

/** Posts labelled with stages help: who asks for help, scolds, leaves or asks by what right mostly complains. */
function readRussian(): Answered[] {
  const labelled = readClassLabels('complaint', 'ru')
  const there = new Set(labelled.map(({ text }) => text))
  const helping = readStagePosts('ru')
    .filter(({ post }) => !there.has(post.text))
    .map(({ post, outcome }) => ({
      lang: 'ru',
      text: post.text,
      answers: { complaint: complaining.has(outcome) },
      help: 0.3,
    }))
  return [...labelled, ...helping]
}

const complaining = new Set<Outcome>(['negative', 'support', 'leaving', 'awkward-question'])

function readEnglish() {
  const unknown = { scores: { negative: 1 / 3, neutral: 1 / 3, positive: 1 / 3 } }
  return readComplaints().map(({ text, domain, isComplaint }) => ({
    lang: 'en',
    text,
    domain,
    answers: { complaint: isComplaint },
    known: tonalityOf(findSentiment(analyse(text, { lang: 'en' }), 'en') ?? unknown),
  }))
}

function learn(lang: string, examples: Answered[]): Held[] {
  return learnChances(examples, {
    task: 'complaint',
    file: yesOrNoModelFile('complaint', lang),
    questions: ['complaint'],
    bits: 18,
    families: { words: 1, pairs: 1, pieces: 1, signs: 0.6 },
    learn: learnBlended,
    best: 'macro F1',
  })
}
