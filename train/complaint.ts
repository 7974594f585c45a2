import { complaintModelFile, tonalityOf } from '../src/listen/enrich/complaint.ts'
import { findSentiment } from '../src/listen/enrich/sentiment.ts'
import { analyse } from '../src/base/text/analyse.ts'
import { learnBlended, learnChances } from './chances.ts'
import { yesOrNoFigures } from './chances-card.ts'
import { readComplaints } from './data/complaints.ts'
import { writeFigures } from './figures.ts'

/** Makes models/complaint.en.model and the figures in docs/models/complaint.md; the model of tonality must be there. */
export function train(): void {
  const rows = readComplaints()
  const unknown = { scores: { negative: 1 / 3, neutral: 1 / 3, positive: 1 / 3 } }
  const examples = rows.map(({ text, domain, isComplaint }) => ({
    lang: 'en',
    text,
    domain,
    answers: { complaint: isComplaint },
    known: tonalityOf(findSentiment(analyse(text, { lang: 'en' }), 'en') ?? unknown),
  }))
  const held = learnChances(examples, {
    task: 'complaint',
    file: complaintModelFile,
    questions: ['complaint'],
    bits: 18,
    families: { words: 1, pairs: 1, pieces: 1, signs: 0.6 },
    learn: learnBlended,
    best: 'macro F1',
  })
  const domainOf = new Map(examples.map((example) => [example as object, example.domain]))
  writeFigures(
    'complaint',
    yesOrNoFigures(held, ({ example }) => domainOf.get(example)!, 'domain'),
  )
}
