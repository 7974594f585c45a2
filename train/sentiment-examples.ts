import { readBrighter, type BrighterRow } from './data/brighter.ts'
import { readKazsandraEven, readKazsandraInLife, readKazsandraStars } from './data/kazsandra.ts'
import { readLingua } from './data/lingua.ts'
import { readRomipQuotes } from './data/romip2013.ts'
import { readRows } from './data/read-rows.ts'
import { readSemevalTopics, readSemevalTweets } from './data/semeval2017.ts'
import { readSentirueval } from './data/sentirueval.ts'
import { readUmsab } from './data/umsab.ts'
import { tonalities } from '../src/listen/enrich/sentiment/model.ts'

/** A text whose tonality is known, or told by something else: emotions, stars, the kind of text. */
export type Example = {
  text: string
  lang: string
  set: string
  /** Place in `tonalities`. */
  label: number
  weight: number
  use: Use
  /** What the label is about; null: the text as a whole. */
  target: string | null
}

/** `measure`: scores are given on it; `calibrate`: probabilities are fitted to it too, as its labels are what we promise. */
export type Use = 'learn' | 'measure' | 'calibrate'

/** Posts in languages that use Cyrillic letters. */
export function readCyrillicExamples(): Example[] {
  return [
    ...readKazakhReviews(),
    ...even(readRussianTargets().map(withoutTarget), 0.5),
    ...even(readQuotes(), 0.5),
    ...even(
      ofEmotions(
        readBrighter().filter(({ lang }) => cyrillic.has(lang)),
        2,
      ),
      0.5,
    ),
    ...neutralOf(['ru', 'uk', 'kk', 'tt', 'be', 'bg'], 0.5),
  ]
}

/** Posts in all other languages of the data. */
export function readOtherExamples(): Example[] {
  const tweets = readSemevalTweets()
  const known = new Set(tweets.map(({ text }) => plainKey(text)))
  return [
    ...even(
      tweets.map((row) => example('semeval2017', 'en', row, 1, 'calibrate')),
      1,
    ),
    // Its English tweets, and some of the Hindi ones, are those of SemEval.
    ...readUmsab()
      .filter(({ text }) => !known.has(plainKey(text)))
      .map((row) => example('umsab', row.lang, row, 1, 'calibrate')),
    ...even(
      ofEmotions(
        readBrighter().filter(({ lang }) => !cyrillic.has(lang)),
        1,
      ),
      0.5,
    ),
    ...readRows<'label' | 'text'>('tweeteval/emotion.train.tsv.gz').map((row) =>
      example(
        'tweeteval emotion',
        'en',
        { ...row, label: pleasant.has(row.label) ? 'positive' : 'negative' },
        1,
        'learn',
      ),
    ),
  ]
}

/** Russian posts about something. */
export function readRussianTowards(): Example[] {
  return [
    ...even(readRussianTargets(), 0.5),
    ...even(readQuotes(), 0.5),
    ...even(
      ofEmotions(
        readBrighter().filter(({ lang }) => lang === 'ru'),
        2,
      ),
      0.5,
    ),
  ]
}

/** English posts about something, and others to learn words from. */
export function readEnglishTowards(): Example[] {
  const known = new Set<string>()
  const topics = readSemevalTopics().filter(({ topic, text }) => {
    const key = `${topic} ${plainKey(text)}`
    return !known.has(key) && known.add(key)
  })
  return [
    ...even(
      topics.map((row) => ({ ...example('semeval2017 topics', 'en', row, 1, 'calibrate'), target: row.topic })),
      1,
    ),
    ...even(
      readSemevalTweets().map((row) => example('semeval2017', 'en', row, 0.5, 'learn')),
      1,
    ),
  ]
}

/** One text however it is written: letters alone, without names and addresses. */
export function plainKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/\\u[0-9a-f]{4}|&\w+;|@\S+|https?\S*/g, ' ')
    .replace(/[^\p{L}\p{M}]+/gu, '')
    .slice(0, 60)
}

const cyrillic = new Set(['ru', 'uk', 'tt'])
const pleasant = new Set(['joy', 'optimism'])

function readKazakhReviews(): Example[] {
  return [
    // Of reviews that praise there are four to one in life; here two, so that those that blame are still heard.
    ...readKazsandraEven().map((row) => example('kazsandra', 'kk', row, row.label === 'positive' ? 2 : 1, 'learn')),
    ...readKazsandraStars().map((row) =>
      example('kazsandra stars', 'kk', row, { negative: 1, neutral: 0.5, positive: 2 }[row.label], 'learn'),
    ),
    ...readKazsandraInLife().map((row) => example('kazsandra', 'kk', row, 1, 'calibrate')),
  ]
}

function readRussianTargets(): Example[] {
  // Most tweets of 2015 stand in 2016 again, so only these are measured with.
  return readSentirueval().map((row) => ({
    ...example(`sentirueval ${row.domain}`, 'ru', row, 2, row.year === 2016 ? 'calibrate' : 'learn'),
    target: row.entity,
  }))
}

function readQuotes(): Example[] {
  return readRomipQuotes().map((row) => example('romip2013-quotes', 'ru', row, 2, 'calibrate'))
}

function withoutTarget(one: Example): Example {
  return { ...one, target: null }
}

function example(set: string, lang: string, row: { text: string; label: string }, weight: number, use: Use): Example {
  const label = tonalities.findIndex((one) => one === row.label)
  if (label < 0) throw new Error(`${set} has a label “${row.label}” that is none of ${tonalities.join(', ')}`)
  return { text: row.text, lang, set, label, weight, use, target: null }
}

/** Languages for which there is nothing better than emotions. */
const byEmotionAlone = new Set(['uk', 'tt', 'ro', 'sv', 'zh'])

/**
 * Joy is pleasant; anger, fear and sadness are not; both at once, or surprise alone, say nothing. None of them is half a
 * neutral, for disgust is not among the emotions told.
 */
function ofEmotions(rows: BrighterRow[], weight: number): Example[] {
  return rows.flatMap((row): Example[] => {
    const bad = row.anger || row.fear || row.sadness
    if (bad ? row.joy : row.surprise && !row.joy) return []
    const label = bad ? 0 : row.joy ? 2 : 1
    const use = byEmotionAlone.has(row.lang) ? 'calibrate' : 'learn'
    const counts = label === 1 ? weight / 2 : weight
    return [{ text: row.text, lang: row.lang, set: 'brighter', label, weight: counts, use, target: null }]
  })
}

/** Sentences of encyclopedias and news: hardly one in ten says what somebody likes. */
function neutralOf(langs: string[], weight: number): Example[] {
  return readLingua()
    .filter(({ code, kind }) => kind === 'sentences' && langs.includes(code))
    .map(({ code, text }) => ({ text, lang: code, set: 'lingua', label: 1, weight, use: 'learn', target: null }))
}

/**
 * Gives the rarer labels of each set and language more weight: by the inverse of their share to this power, 1 making all
 * labels count alike.
 */
function even(examples: Example[], power: number): Example[] {
  const groups = Map.groupBy(examples, ({ set, lang }) => `${set} ${lang}`)
  return [...groups.values()].flatMap((group) => {
    const counts = tonalities.map((_, label) => group.filter((one) => one.label === label).length)
    const present = counts.filter((count) => count > 0).length
    return group.map((one) => ({
      ...one,
      weight: one.weight * (group.length / present / counts[one.label]!) ** power,
    }))
  })
}
