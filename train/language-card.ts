import { calibrationError, reliability } from '../src/base/learn/calibrate.ts'
import type { Language } from '../src/listen/enrich/language.ts'
import { linguaKinds } from './data/lingua.ts'

/** A text whose language is known, and what a model that has not seen it says. */
export type Judged = { code: string; text: string; set: string; kind: string; found: Language }

type LearntFrom = {
  rows: number
  posts: { set: string; code: string; count: number }[]
  watched: string[]
  bytes: number
}

/** docs/models/language.md, whole. */
export function languageCard(judged: Judged[], { rows, posts, watched, bytes }: LearntFrom): string {
  const lists = judged.filter(({ set }) => set === 'lingua')
  const byLanguage = (code: string) =>
    linguaKinds.map((kind) => accuracy(lists.filter((one) => one.code === code && one.kind === kind)))
  const codes = [...new Set(lists.map(({ code }) => code))]
  const meanOf = (chosen: string[]) => mean(chosen.map((code) => mean(byLanguage(code))))
  const count = (set: string) => posts.filter((one) => one.set === set).reduce((sum, one) => sum + one.count, 0)
  return `# Language

\`models/language.all.model\` (${(bytes / 1e6).toFixed(1)} MB) tells 76 languages apart by pieces of their words: the 75 of lingua and Tatar. Made by
\`npm run train -- language\`; this card too. Code: \`src/listen/enrich/language*.ts\`, \`train/language*.ts\`.

## How

Pieces of one to four letters and whole words are counted for each language (naive Bayes). What a piece that a language lacks
costs it, and how much pieces of each length count, is learnt by logistic regression on texts that were not counted. Only
languages of the script that most letters are in are candidates; where a script has one language, it decides. The shared
learning library is not used for the counting: its tables have a weight for every class at every place, which for 740,000
pieces and 76 languages would be 56 MB, while a piece here belongs to 1.6 languages on average, so their list is kept. Texts in ${watched.join(' ')} count three times while the
weights are learnt, because mentions are mostly written in them: a word of several languages is rather taken for theirs.

## Data

| set | used for | texts | licence |
| --- | --- | ---: | --- |
| lingua (pemistahl/lingua-rs, 77e94d1a): words, pairs, sentences of 75 languages | counts, weights, measuring | ${rows.toLocaleString('en')} | Apache-2.0 |
| telegram-ru (NKTKLN/telegram-news-classifier, b8b03f19): ru | counts at a tenth | ${count('telegram-ru').toLocaleString('en')} | CC BY 4.0 |
| brighter (SemEval-2025 task 11): de en es pt ro ru sv tt uk zh | counts at a tenth; weights for tt | ${count('brighter').toLocaleString('en')} | CC BY 4.0 |
| kazsandra (IS2AI/KazSAnDRA, d769cf7f): kk, reviews with a Kazakh letter | counts at a tenth | ${count('kazsandra').toLocaleString('en')} | CC BY 4.0 |
| umsab (cardiffnlp/xlm-t, 874214d6): ar de en es fr it pt | counts at a tenth | ${count('umsab').toLocaleString('en')} | Apache-2.0; the tweets under their platform's terms |

## Measured

Percent of texts whose language was right, all languages of the script as candidates. Five folds: the counts that judge a text
have not seen it nor an equal one, and the weights come from the other half of the folds. What ships has seen all rows.

| language | single words | word pairs | sentences |
| --- | ---: | ---: | ---: |
${watched.map((code) => `| ${code} | ${byLanguage(code).map(percent).join(' | ')} |`).join('\n')}

Mean of these ${watched.length * 3} figures: **${percent(meanOf(watched))} %**; of all 75 languages ${percent(meanOf(codes))} %. On the same rows (both halves) lingua reaches 86.4
over all its languages, whatlang 74.5 and CLD2 64.5 (published); the library eld, which Heed used before, reached 86.4 over the
${watched.length} languages with a rule for Kazakh.

All languages, mean of the three kinds: ${codes.map((code) => `${code} ${percent(mean(byLanguage(code)))}`).join(', ')}.

Posts, where the language is that of their set (a set holds a few posts in other languages). The first ones were held out
by fold, the last three sets were not learnt from at all:

| set | language | posts | right | taken for |
| --- | --- | ---: | ---: | --- |
${postLines(judged.filter(({ set }) => set !== 'lingua')).join('\n')}

## Confidence

Of the answers given with about this confidence, so many were right (lingua rows, as above; letters of the text):

| confidence | up to 12 letters | 13–40 | more |
| --- | ---: | ---: | ---: |
${confidenceLines(lists).join('\n')}

Mean distance between confidence and share of right answers: ${percent(100 * errorOf(lists))} points. In posts languages are not as evenly spread as in the
lists, so there the answers are right more often than they say.

## Known failures

- Neighbours: ${neighbours(lists).join(', ')} (share of the first one's texts taken for the second).
- A single word that two languages share cannot be told; the confidence says so. Names of people and places are taken for some
  language, now and then with more confidence than they deserve.
- Transliterated Russian or Kazakh has no language here: it gets a Latin one, mostly with little confidence.
- Kyrgyz, Bashkir, Tajik, Uzbek in Cyrillic and other languages that are not among the 76 are answered with null only where
  they have letters that none of the 76 has; otherwise a neighbour is named.
- A post in several languages is in the one that the beginning of its main script speaks for.
- Links, names of accounts and tags are passed over; a post of nothing else has no language.
`
}

function accuracy(judged: Judged[]): number {
  return (100 * judged.filter(({ code, found }) => found.code === code).length) / judged.length
}

function mean(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

function percent(number: number): string {
  return number.toFixed(1)
}

function postLines(posts: Judged[]): string[] {
  const sets = [...new Set(posts.map(({ set, code }) => `${set} ${code}`))]
  return sets.map((name) => {
    const own = posts.filter(({ set, code, text }) => `${set} ${code}` === name && text.trim() !== '')
    const wrong = new Map<string, number>()
    for (const { code, found } of own)
      if (found.code !== code) wrong.set(found.code ?? 'none', (wrong.get(found.code ?? 'none') ?? 0) + 1)
    const most = [...wrong].sort((a, b) => b[1] - a[1]).slice(0, 3)
    const [set, code] = name.split(' ')
    return `| ${set} | ${code} | ${own.length.toLocaleString('en')} | ${percent(accuracy(own))} | ${most.map(([other, count]) => `${other} ${count}`).join(', ')} |`
  })
}

function confidenceLines(lists: Judged[]): string[] {
  const lengths = [0, 12, 40, Infinity]
  const tables = lengths
    .slice(1)
    .map((most, i) => tableOf(lists.filter(({ text }) => lettersOf(text) > lengths[i]! && lettersOf(text) <= most)))
  const cell = (table: ReturnType<typeof tableOf>, from: number) => {
    const line = table.find((one) => Math.abs(one.from - from) < 0.01)
    return line ? `${percent(100 * line.right)} % of ${line.count.toLocaleString('en')}` : '–'
  }
  return [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map(
    (from) => `| ${from}–${(from + 0.1).toFixed(1)} | ${tables.map((table) => cell(table, from)).join(' | ')} |`,
  )
}

function tableOf(judged: Judged[]) {
  const answered = judged.filter(({ found }) => found.code !== null)
  return reliability(
    answered.map(({ found }) => found.confidence!),
    (i) => answered[i]!.found.code === answered[i]!.code,
  )
}

function errorOf(judged: Judged[]): number {
  return calibrationError(tableOf(judged))
}

function lettersOf(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}

function neighbours(lists: Judged[]): string[] {
  const shares = new Map<string, number>()
  for (const { code, found } of lists) {
    if (found.code === code || found.code === null) continue
    const pair = `${code} for ${found.code}`
    shares.set(pair, (shares.get(pair) ?? 0) + 1)
  }
  const all = new Map<string, number>()
  for (const { code } of lists) all.set(code, (all.get(code) ?? 0) + 1)
  return [...shares]
    .map(([pair, count]): [string, number] => [pair, (100 * count) / all.get(pair.split(' ')[0]!)!])
    .sort((a, b) => b[1] - a[1])
    .slice(0, 8)
    .map(([pair, share]) => `${pair} ${percent(share)} %`)
}
