import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolds } from '../src/base/learn/folds.ts'
import { writeModel } from '../src/base/learn/model-file.ts'
import {
  addEvidence,
  candidatesOf,
  languageModelFile,
  type LanguageModel,
  type PieceCounts,
} from '../src/listen/enrich/language-model.ts'
import { hashPieces, orders } from '../src/listen/enrich/language-pieces.ts'
import { LanguageReader } from '../src/listen/enrich/language-reader.ts'
import { LanguageWords } from '../src/listen/enrich/language-words.ts'
import { readForeignPosts, readKnownPosts } from './data/known-languages.ts'
import { readLingua } from './data/lingua.ts'
import { languageCard, type Judged } from './language-card.ts'
import { PieceCounter } from './language-counts.ts'
import { costsOfAbsence, fitLanguages, showEvidence, type Shown } from './language-fit.ts'

/** A text whose language is known. */
type Example = { language: number; code: string; text: string; set: string; kind: string; fold: number }

/** The languages most read about here: a word of several languages is taken for theirs before it is taken for another's. */
const watched = ['ru', 'uk', 'kk', 'be', 'bg', 'en', 'it']

// Posts hold names, slang and words of other languages; ten of them count as one line of the lists.
const weightOfPosts = 0.1
// Pieces that only posts have, and fewer than nine times, are names and slips; those of four letters are most of the table.
const least = [0, 0.9, 0.9, 0.9, 1.9, 0.9]
const folds = 5
const mostLetters = 160
const watchedWeight = 3

/** Makes models/language.all.model and docs/models/language.md. */
export function train(): void {
  const lists = readLingua()
  const posts = readKnownPosts()
  const codes = [...new Set([...lists, ...posts].map(({ code }) => code))].sort()
  const foldOf = makeFolds(
    lists.map(({ code }) => codes.indexOf(code)),
    lists.map(({ code, text }) => `${code} ${text}`),
    folds,
    1,
  )
  const examples: Example[] = lists.map(({ code, kind, text }, i) => ({
    language: codes.indexOf(code),
    code,
    text,
    set: 'lingua',
    kind,
    fold: foldOf[i]!,
  }))
  for (const { set, code, texts } of posts)
    texts.forEach((text, i) =>
      examples.push({ language: codes.indexOf(code), code, text, set, kind: 'posts', fold: i % folds }),
    )
  const scriptOf = codes.map((_, language) => usualScript(examples.filter((one) => one.language === language)))
  const candidates = candidatesOf(scriptOf)
  const languages = codes.length

  // Each fold is shown to a table that has not counted it.
  const tables: PieceCounts[] = []
  const shown: { example: Example; what: Shown }[] = []
  let costs = new Float64Array()
  for (let fold = 0; fold <= folds; fold++) {
    const counter = new PieceCounter()
    for (const example of examples) if (example.fold !== fold) count(counter, example, scriptOf)
    const { counts, totals } = counter.table(languages, least)
    tables.push(counts)
    costs = costsOfAbsence(totals)
    for (const example of examples) {
      if (example.fold !== fold || (example.kind === 'posts' && example.code !== 'tt')) continue
      const what = show(example, counts, candidates, languages)
      if (what) shown.push({ example, what })
    }
    console.log(`  fold ${fold}: ${counts.entries.length} bytes of pieces, ${shown.length} texts shown`)
  }

  // Even folds are judged by what odd ones taught, and the other way round; what ships has learnt from all.
  const judged: Judged[] = []
  const modelOf = (chosen: typeof shown, counts: PieceCounts): LanguageModel => ({
    codes,
    candidates,
    counts,
    ...fitLanguages(
      chosen.map(({ what }) => what),
      costs,
      languages,
    ),
    temperatures: [{ letters: Infinity, scale: 1 }],
  })
  const shipped = modelOf(shown, tables[folds]!)
  shipped.temperatures = []
  for (const half of [0, 1]) {
    const learnt = modelOf(
      shown.filter(({ example }) => example.fold % 2 !== half),
      tables[0]!,
    )
    learnt.temperatures = temperaturesOf(
      shown.filter(({ example }) => example.fold % 2 !== half),
      learnt,
    )
    for (let fold = half; fold < folds; fold += 2) {
      const reader = new LanguageReader({ ...learnt, counts: tables[fold]! })
      const own = examples.filter((example) => example.fold === fold && (example.kind !== 'posts' || fold < 2))
      for (const { code, text, set, kind } of own) judged.push({ code, text, set, kind, found: reader.read(text) })
    }
  }
  shipped.temperatures = temperaturesOf(shown, shipped)
  const reader = new LanguageReader(shipped)
  for (const { set, code, texts } of readForeignPosts())
    for (const text of texts.slice(0, 3_000))
      judged.push({ code, text, set, kind: 'foreign', found: reader.read(text) })

  mkdirSync(dirname(languageModelFile), { recursive: true })
  writeModel(
    languageModelFile,
    { task: 'language', version: 1, codes, scriptOf, temperatures: shipped.temperatures },
    {
      starts: shipped.counts.starts,
      entries: shipped.counts.entries,
      weights: shipped.weights,
      shifts: shipped.shifts,
    },
  )
  const card = languageCard(judged, {
    rows: lists.length,
    posts: posts.map(({ set, code, texts }) => ({ set, code, count: texts.length })),
    watched,
    bytes: statSync(languageModelFile).size,
  })
  writeFileSync(join(import.meta.dirname, '../docs/models/language.md'), card)
}

const words = new LanguageWords()

function usualScript(examples: Example[]): number {
  const counts = new Map<number, number>()
  for (const { text } of examples.slice(0, 500)) {
    words.read(text, mostLetters)
    counts.set(words.mainScript(), (counts.get(words.mainScript()) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]![0]
}

function count(counter: PieceCounter, { text, language, kind }: Example, scriptOf: number[]): void {
  words.read(text.normalize('NFC'), Infinity)
  const script = scriptOf[language]!
  if (words.mainScript() === script) counter.add(words, script, language, kind === 'posts' ? weightOfPosts : 1)
}

const hashes = new Int32Array(512)
const seen = new Int32Array(orders)

/** Null where the text is not in the script of its language, or the script tells the language. */
function show(example: Example, counts: PieceCounts, candidates: Int32Array[], languages: number): Shown | null {
  words.read(example.text.normalize('NFC'), mostLetters)
  const script = words.mainScript()
  const possible = candidates[script]!
  if (possible.length < 2 || !possible.includes(example.language)) return null
  const evidence = new Int32Array(orders * languages)
  seen.fill(0)
  for (let word = 0; word < words.count; word++) {
    if (words.scriptOf[word] !== script) continue
    const pieces = hashPieces(words.letters, words.begins[word]!, words.begins[word + 1]!, hashes)
    addEvidence(counts, languages, hashes, pieces, evidence, seen)
  }
  const weight = watched.includes(example.code) ? watchedWeight : 1
  return { language: example.language, weight, ...showEvidence(evidence, seen, possible, languages) }
}

const lengths = [7, 12, 20, 40, 80, Infinity]

/** By length, the scale under which the truth is most likely: found by halving, for the likelihood has one top. */
function temperaturesOf(
  shown: { example: Example; what: Shown }[],
  model: LanguageModel,
): LanguageModel['temperatures'] {
  const scored = shown.map(({ what }) => ({ letters: what.seen[1]!, ...scoresOf(what, model) }))
  return lengths.map((letters, i) => {
    const rows = scored.filter((row) => row.letters <= letters && row.letters > (lengths[i - 1] ?? 0))
    let [low, high] = [0.05, 2]
    for (let round = 0; round < 30; round++) {
      const middle = (low + high) / 2
      if (slope(rows, middle) > 0) high = middle
      else low = middle
    }
    return { letters: letters === Infinity ? 1e9 : letters, scale: Number(low.toFixed(3)) }
  })
}

function scoresOf({ language, candidates, evidence, seen }: Shown, { weights, shifts, codes }: LanguageModel) {
  const scores = Float64Array.from(candidates, (candidate, c) => {
    let score = 0
    for (let o = 1; o < orders; o++)
      score += weights[o]! * evidence[o * candidates.length + c]! + shifts[o * codes.length + candidate]! * seen[o]!
    return score
  })
  return { scores, truth: candidates.indexOf(language) }
}

/** The slope of the negative logarithm of the likelihood. */
function slope(rows: { scores: Float64Array; truth: number }[], scale: number): number {
  let sum = 0
  for (const { scores, truth } of rows) {
    const top = Math.max(...scores)
    let all = 0
    let mean = 0
    for (const score of scores) {
      const p = Math.exp(scale * (score - top))
      all += p
      mean += p * score
    }
    sum += mean / all - scores[truth]!
  }
  return sum
}
