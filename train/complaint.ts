import { addAccounts } from '../src/base/learn/accounts.ts'
import { evenWeights } from '../src/base/learn/bag.ts'
import { compact, saveCompact, type CompactModel } from '../src/base/learn/compact.ts'
import { learnLinear, type Lesson, type LinearModel } from '../src/base/learn/linear.ts'
import { readBag } from '../src/base/learn/read-bag.ts'
import { Rows } from '../src/base/learn/rows.ts'
import { blend } from '../src/base/learn/softmax.ts'
import { analyse } from '../src/base/text/analyse.ts'
import { accountFamilies, accountsFile, besidesWords } from '../src/listen/enrich/complaint.ts'
import { findSentiment } from '../src/listen/enrich/sentiment.ts'
import type { Outcome } from '../src/listen/enrich/stage/pattern.ts'
import { yesOrNoModelFile } from '../src/listen/enrich/yes-or-no.ts'
import { drawSixTimes, learnBlended, learnChances, type Answered, type Held, type HowToAsk } from './chances.ts'
import { drawsRow, headOfDraws, yesOrNoFigures } from './chances-card.ts'
import { drawnFrom, readClassLabels } from './data/class-labels.ts'
import { readComplaints } from './data/complaints.ts'
import { readEnglishTexts } from './data/english-texts.ts'
import { lettersOf } from './data/letters.ts'
import { table, writeFigures } from './figures.ts'
import { readStagePosts } from './stage-posts.ts'
import { learnWordVectors, meaningOf, placeBits, type WordVectors } from './word-vectors.ts'

/** Makes models/complaint.*.model and the figures in docs/models/complaint.md; the model of tonality must be there. */
export function train(): void {
  const english = learnEnglish()
  const { domainOf } = english
  const russian = { examples: readRussian(), how: howToAsk('ru') }
  const figures = [
    '## en',
    yesOrNoFigures(learnChances(english.examples, english.how), ({ example }) => domainOf.get(example)!, 'domain'),
    '### Six draws of the folds',
    englishDraws(english),
    '## ru',
    yesOrNoFigures(learnChances(russian.examples, russian.how), drawnFrom, 'drawn from'),
    '### Six draws of the folds',
    table([headOfDraws, drawsRow('all', drawSixTimes(russian.examples, russian.how))]),
  ]
  writeFigures('complaint', figures.join('\n\n'))
}

function englishDraws({ examples, how, domainOf }: ReturnType<typeof learnEnglish>): string {
  const ofCompanies = (held: Held[]) => held.filter(({ example }) => isOfCompany(domainOf.get(example)!))
  const draws = drawSixTimes(examples, how)
  const apart = drawSixTimes(examples, how, (text) => /@\w+/.exec(text.toLowerCase())?.[0] ?? lettersOf(text))
  return table([
    headOfDraws,
    drawsRow('all', draws),
    drawsRow('without random tweets', draws.map(ofCompanies)),
    drawsRow('first account never met', apart),
    drawsRow('the same without random tweets', apart.map(ofCompanies)),
  ])
}

function isOfCompany(domain: string): boolean {
  return !domain.startsWith('random_')
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

/** Writes the model of the names of accounts, and says how complaints are learnt with it. */
function learnEnglish() {
  const unknown = { scores: { negative: 1 / 3, neutral: 1 / 3, positive: 1 / 3 } }
  const complaints = readComplaints()
  const vectors = learnWordVectors(readEnglishTexts(complaints.map(({ text }) => text)), 'en')
  const texts = complaints.map(({ text, domain }) => {
    const analysis = analyse(text, { lang: 'en' })
    const sentiment = findSentiment(analysis, 'en') ?? unknown
    return { analysis, sentiment, isOfCompany: isOfCompany(domain) }
  })
  const meanings = new Rows(Math.ceil(Math.log2(vectors.width)), evenWeights)
  const names = new Rows(16, accountFamilies)
  for (const { analysis } of texts) {
    meanings.addNumbers(meaningOf(vectors, readBag(analysis)))
    names.add(addAccounts(readBag(analysis)))
  }
  const isOfCompanyAt = (row: number) => texts[row]!.isOfCompany
  const how = howToAsk('en')
  how.learn = (lesson) => blend(learnBlended(lesson), learnMeaning(vectors, meanings, lesson), 1)
  how.known = (chosen) => {
    const accounts = learnAccounts(names, isOfCompanyAt, chosen)
    return (row) => besidesWords(texts[row]!.analysis, texts[row]!.sentiment, accounts)
  }
  saveCompact(accountsFile, learnAccounts(names, isOfCompanyAt, Int32Array.from(texts.keys())))
  const examples = complaints.map(({ text, isComplaint }): Answered => ({
    lang: 'en',
    text,
    answers: { complaint: isComplaint },
  }))
  return { examples, how, domainOf: new Map(complaints.map(({ domain }, row) => [examples[row]!, domain])) }
}

/**
 * In which directions of the vectors complaints lie is learnt of the texts. How far each word lies in them is its weight, so that
 * words count that no labelled text has.
 */
function learnMeaning({ width, rowOf, ofRows }: WordVectors, rows: Rows, lesson: Lesson): LinearModel {
  const { weights, bias } = learnLinear({ ...lesson, rows }, { cost: 0.1, bayes: null, seed: 1 })
  const ofWords = Float32Array.from(rowOf, (row) => {
    let sum = 0
    if (row > 0) for (let j = 0; j < width; j++) sum += weights[j]! * ofRows[(row - 1) * width + j]!
    return sum
  })
  return { bits: lesson.rows.bits, classes: 1, weights: ofWords, bias }
}

/** Learnt of whether a tweet is about a company or drawn at random. */
function learnAccounts(rows: Rows, isOf: (row: number) => boolean, chosen: Int32Array): CompactModel {
  const model = learnLinear({ rows, chosen, classes: 1, isOf }, { cost: 0.3, bayes: null, seed: 1 })
  // What only one text has is mostly the name of a person, and says nothing of others.
  const met = new Uint16Array(model.weights.length)
  for (const row of chosen) for (let i = rows.starts[row]!; i < rows.starts[row + 1]!; i++) met[rows.places[i]!]!++
  for (const [place, times] of met.entries()) if (times < 2) model.weights[place] = 0
  return compact(model, accountFamilies, { task: 'complaint', version: 1, texts: chosen.length })
}

function howToAsk(lang: string): HowToAsk {
  return {
    task: 'complaint',
    file: yesOrNoModelFile('complaint', lang),
    questions: ['complaint'],
    bits: placeBits,
    families: { words: 1, pairs: 1, pieces: 1, signs: 0.6 },
    learn: learnBlended,
    best: 'macro F1',
  }
}
