import { readBrighter, type BrighterRow } from './data/brighter.ts'
import {
  readKazsandraEven,
  readKazsandraInLife,
  readKazsandraStarsEven,
  readKazsandraStarsInLife,
} from './data/kazsandra.ts'
import { readLingua } from './data/lingua.ts'
import { readRomipQuotes } from './data/romip2013.ts'
import { readRows } from './data/read-rows.ts'
import { readSemevalTopics, readSemevalTweets } from './data/semeval2017.ts'
import { readSentirueval } from './data/sentirueval.ts'
import { readOffensive } from './data/tweeteval-offensive.ts'
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
  /** Where a set tells: an earlier or a later part of it; null: not told. */
  time: 'before' | 'after' | null
}

/** `measure`: scores are given on it; `calibrate`: probabilities are fitted to it too, as its labels are what we promise. */
export type Use = 'learn' | 'measure' | 'calibrate'

/**
 * How much a row counts where chances are fitted and measured. Sets with as many texts of each label as of the others say
 * nothing of how many there are in life; they are weighed as if a half were neutral and a quarter each negative and positive,
 * which is about the mean of the sets of tweets that stand as they were drawn (SemEval, banks, telephone companies).
 */
export function weightInLife({ set, label }: Example): number {
  return set === 'umsab' ? 3 * [0.25, 0.5, 0.25][label]! : 1
}

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

/** English posts. */
export function readEnglishExamples(): Example[] {
  const tweets = readSemevalTweets()
  return [
    ...even(
      tweets.map((row) => ({
        ...example('semeval2017', 'en', row, 1, 'calibrate'),
        time: row.part === '2016test' ? ('after' as const) : ('before' as const),
      })),
      1,
    ),
    ...readUmsabBeside(tweets, 1)
      .filter(({ lang }) => lang === 'en')
      .map((one): Example => ({ ...one, use: 'learn' })),
    ...even(
      ofEmotions(
        readBrighter().filter(({ lang }) => lang === 'en'),
        1,
      ),
      0.5,
    ),
    ...readPleasant(),
    // Insults and curses of 2018, of which the tweets before 2016 have few.
    ...readOffensive()
      .filter(({ isOffensive }) => isOffensive)
      .map(({ text }) => example('tweeteval offensive', 'en', { text, label: 'negative' }, 1, 'learn')),
  ]
}

/** Posts in all other languages of the data, and English ones, with which they share names, faces, marks and loan words. */
export function readOtherExamples(): Example[] {
  const tweets = readSemevalTweets()
  return [
    // They only help here, and a third of them does.
    ...even(
      tweets.filter((_, i) => i % 3 === 0).map((row) => example('semeval2017', 'en', row, 1, 'learn')),
      1,
    ),
    // Each language has a twentieth of the English tweets, and should not be drowned by them.
    ...readUmsabBeside(tweets, 3).map((one): Example => (one.lang === 'en' ? { ...one, use: 'learn' } : one)),
    ...even(
      ofEmotions(
        readBrighter().filter(({ lang }) => !cyrillic.has(lang)),
        1,
      ),
      0.5,
    ),
    ...readPleasant(),
  ]
}

/** Russian posts about something. Each time has its own share of blame and praise, and none of them is that of the next one. */
export function readRussianTowards(): Example[] {
  return even(
    [
      // Once is enough: most tweets of 2015 stand in 2016 again.
      ...readRussianTargets().filter(({ use }) => use === 'calibrate'),
      // What a quotation speaks of is not told.
      ...readQuotes().map((one): Example => ({ ...one, use: 'measure' })),
      ...ofEmotions(
        readBrighter().filter(({ lang }) => lang === 'ru'),
        2,
      ),
    ],
    1,
    ({ set, time }) => `${set} ${time}`,
  )
}

/** English posts about something, and others to learn words from. */
export function readEnglishTowards(): Example[] {
  const known = new Set<string>()
  const topics = readSemevalTopics().filter(({ topic, text }) => {
    const key = `${topic} ${plainKey(text)}`
    return !known.has(key) && known.add(key)
  })
  const texts = new Set(topics.map(({ text }) => plainKey(text)))
  return [
    ...even(
      topics.map((row) => ({ ...example('semeval2017 topics', 'en', row, 1, 'calibrate'), target: row.topic })),
      1,
    ),
    ...even(
      readSemevalTweets()
        .filter(({ text }) => !texts.has(plainKey(text)))
        .map((row) => example('semeval2017', 'en', row, 0.5, 'learn')),
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

/**
 * Its English tweets are those of SemEval, and stand once. Its Hindi labels are left out: nothing can be learnt from them
 * (docs/models/sentiment.md, known failures).
 */
function readUmsabBeside(tweets: { text: string }[], weight: number): Example[] {
  const known = new Set(tweets.map(({ text }) => plainKey(text)))
  return readUmsab()
    .filter(({ lang, text }) => lang !== 'hi' && !known.has(plainKey(text)))
    .map((row) => example('umsab', row.lang, row, weight, 'calibrate'))
}

function readPleasant(): Example[] {
  return readRows<'label' | 'text'>('tweeteval/emotion.train.tsv.gz').map(({ label, text }) =>
    example('tweeteval emotion', 'en', { text, label: pleasant.has(label) ? 'positive' : 'negative' }, 1, 'learn'),
  )
}

function readKazakhReviews(): Example[] {
  const [even, inLife] = [readKazsandraEven(), readKazsandraInLife()]
  const known = new Set([...even, ...inLife].map(({ id }) => id))
  return [
    // Of reviews that praise there are four to one in life; here two, so that those that blame are still heard.
    ...even.map((row) => example('kazsandra', 'kk', row, row.label === 'positive' ? 2 : 1, 'learn')),
    ...readKazsandraStarsEven().map((row) =>
      example('kazsandra stars', 'kk', row, { negative: 1, neutral: 0.5, positive: 2 }[row.label], 'learn'),
    ),
    ...readKazsandraStarsInLife()
      .filter(({ id }) => !known.has(id))
      .map((row) => example('kazsandra stars', 'kk', row, row.label === 'neutral' ? 0.5 : 1, 'learn')),
    ...inLife.map((row) => example('kazsandra', 'kk', row, 1, 'calibrate')),
  ]
}

function readRussianTargets(): Example[] {
  const rows = readSentirueval()
  const inWinter = new Set(rows.flatMap(({ part, text }) => (part === '2015 test' ? [text] : [])))
  // Most tweets of 2015 stand in 2016 again, so only these are measured with.
  return rows.map((row) => ({
    ...example(`sentirueval ${row.domain}`, 'ru', row, 2, row.part === '2016 train' ? 'calibrate' : 'learn'),
    target: row.entity,
    time: inWinter.has(row.text) ? 'before' : 'after',
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
  return { text: row.text, lang, set, label, weight, use, target: null, time: null }
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
    return [{ text: row.text, lang: row.lang, set: 'brighter', label, weight: counts, use, target: null, time: null }]
  })
}

/** Sentences of encyclopedias and news: hardly one in ten says what somebody likes. */
function neutralOf(langs: string[], weight: number): Example[] {
  return readLingua()
    .filter(({ code, kind }) => kind === 'sentences' && langs.includes(code))
    .map(({ code, text }) => ({
      text,
      lang: code,
      set: 'lingua',
      label: 1,
      weight,
      use: 'learn',
      target: null,
      time: null,
    }))
}

/**
 * Gives the rarer labels of each group, a set and a language where nothing else is said, more weight: by the inverse of their
 * share to this power, 1 making all labels count alike.
 */
function even(
  examples: Example[],
  power: number,
  groupOf: (one: Example) => string = ({ set, lang }) => `${set} ${lang}`,
): Example[] {
  const groups = Map.groupBy(examples, groupOf)
  return [...groups.values()].flatMap((group) => {
    const counts = tonalities.map((_, label) => group.filter((one) => one.label === label).length)
    const present = counts.filter((count) => count > 0).length
    return group.map((one) => ({
      ...one,
      weight: one.weight * (group.length / present / counts[one.label]!) ** power,
    }))
  })
}
