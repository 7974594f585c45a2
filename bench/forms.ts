import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as italian } from '@orama/stemmers/italian'
import { stemmer as russian } from '@orama/stemmers/russian'
import { lastRussian } from '../src/base/text/folds.ts'
import { beginningsOf, stemsInPost, stemsInQuery } from '../src/base/text/stem.ts'
import { readTreebanks, type AnnotatedWord } from './treebank.ts'

/**
 * How well words meet their forms, on text annotated by people: node bench/forms.ts FOLDER [dev], where FOLDER holds treebanks of
 * Universal Dependencies. The measure is explained in docs/measured/forms.md.
 */
type Way = { name: string; inPost(word: string): readonly string[]; inQuery(word: string): readonly string[] }

/** All shares are of one; `keys` is the number of stems that a token brings into the database. */
type Score = { precision: number; recall: number; keys: number }

const snowball: { [language: string]: (word: string) => string } = { ru: russian, en: english, it: italian }

const languages = ['ru', 'uk', 'kk', 'en', 'it']

/** Over the query words of the text; pairs of a word with itself do not count, every way finds those. */
export function measureForms(text: AnnotatedWord[], known: AnnotatedWord[], way: Way): Score {
  const lemmasOf = dictionaryOf(known)
  const counts = new Map<string, Map<string, number>>() // by form and lemmas, how often it stands in the text
  const formsOf = new Map<string, Set<string>>()
  const queries = new Set<string>()
  for (const { form, lemmas, isContent } of text) {
    const meanings = counts.get(form) ?? new Map<string, number>()
    counts.set(form, meanings.set(lemmas.join(' '), (meanings.get(lemmas.join(' ')) ?? 0) + 1))
    for (const lemma of lemmas) formsOf.set(lemma, (formsOf.get(lemma) ?? new Set()).add(form))
    if (isContent) for (const word of [form, ...lemmas]) if (word.length > 1) queries.add(word)
  }
  const byKey = new Map<string, Set<string>>()
  let keys = 0
  for (const form of counts.keys()) {
    for (const key of way.inPost(form)) {
      keys++
      byKey.set(key, (byKey.get(key) ?? new Set()).add(form))
    }
  }
  const precisions: number[] = []
  const recalls: number[] = []
  for (const query of queries) {
    const meant = lemmasOf.get(query) ?? new Set<string>()
    const found = new Set(way.inQuery(query).flatMap((key) => [...(byKey.get(key) ?? [])]))
    const wanted = new Set([...meant].flatMap((lemma) => [...(formsOf.get(lemma) ?? [])]))
    let right = 0
    let wrong = 0
    let missed = 0
    for (const form of new Set([...found, ...wanted])) {
      if (form === query) continue
      for (const [lemmas, count] of counts.get(form)!) {
        const isForm = lemmas.split(' ').some((lemma) => meant.has(lemma))
        if (found.has(form) && isForm) right += count
        else if (found.has(form)) wrong += count
        else if (isForm) missed += count
      }
    }
    if (right + wrong > 0) precisions.push(right / (right + wrong))
    if (right + missed > 0) recalls.push(right / (right + missed))
  }
  return { precision: mean(precisions), recall: mean(recalls), keys: keys / counts.size }
}

/** What a word may be a form of, wherever it was annotated; a lemma is a form of itself. */
function dictionaryOf(words: AnnotatedWord[]): Map<string, Set<string>> {
  const lemmasOf = new Map<string, Set<string>>()
  for (const { form, lemmas } of words) {
    for (const lemma of lemmas) {
      for (const word of [form, lemma]) lemmasOf.set(word, (lemmasOf.get(word) ?? new Set()).add(lemma))
    }
  }
  return lemmasOf
}

function ways(language: string, known: AnnotatedWord[]): Way[] {
  const stem = snowball[language]
  const all = dictionaryOf(known)
  const annotated = (word: string) => [...(all.get(word) ?? [])]
  return [
    ...(stem
      ? [{ name: 'Snowball', inPost: (word: string) => [stem(word)], inQuery: (word: string) => [stem(word)] }]
      : []),
    {
      name: 'Heed',
      inPost: (word) => stemsInPost(word, language).folded,
      inQuery: (word) => stemsInQuery(word).folded,
    },
    { name: 'all that can be known', inPost: annotated, inQuery: annotated },
  ]
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1)
}

/** Words of the treebanks whose tokens do not begin as `beginningsOf` promises; a share of the words asked for, chosen by their hash. */
function brokenPromises(words: string[], language: string): string[] {
  const byKey = new Map<string, string[]>()
  for (const word of words) {
    for (const key of stemsInPost(word, language).folded) byKey.set(key, [...(byKey.get(key) ?? []), word])
  }
  const broken: string[] = []
  for (const word of words) {
    if (createHash('sha1').update(word).digest()[0]! > 63) continue
    const beginnings = beginningsOf(word)
    for (const key of stemsInQuery(word).folded) {
      for (const token of byKey.get(key) ?? []) {
        const promised = [...(beginnings.get('') ?? []), ...(beginnings.get(language) ?? [])]
        if (!hasTellingLetter(token) && !promised.some((beginning) => token.startsWith(beginning)))
          broken.push(`${word} ${token}`)
      }
    }
  }
  return broken
}

function hasTellingLetter(token: string): boolean {
  return [...token].some((letter) => letter.charCodeAt(0) > lastRussian)
}

function print(folder: string, part: string): void {
  console.log(
    '| treebank | words | way | precision | recall | F1 | stems per word |\n|---|---:|---|---:|---:|---:|---:|',
  )
  const begun = process.cpuUsage()
  stemsInPost('дом', 'ru')
  const { user, system } = process.cpuUsage(begun)
  const speeds = [`The Russian dictionary is read in ${((user + system) / 1000).toFixed(0)} ms of CPU.`]
  for (const language of languages) {
    const treebanks = readTreebanks(folder, language)
    const known = treebanks.flatMap(({ words }) => words)
    for (const { name, words } of treebanks.filter((treebank) => treebank.part === part)) {
      for (const way of ways(language, known)) {
        const { precision, recall, keys } = measureForms(words, known, way)
        const f1 = (2 * precision * recall) / (precision + recall)
        const shares = [precision, recall, f1].map((share) => (100 * share).toFixed(1)).join(' | ')
        console.log(`| ${name} | ${words.length} | ${way.name} | ${shares} | ${keys.toFixed(2)} |`)
      }
    }
    const different = [...new Set(known.map(({ form }) => form))]
    if (different.length === 0) continue
    const broken = brokenPromises(different, language)
    const started = process.cpuUsage()
    for (const word of different) stemsInPost(word, language)
    const spent = process.cpuUsage(started)
    speeds.push(
      `${language}: ${((spent.user + spent.system) / different.length).toFixed(1)} µs of CPU for an unseen word of a post, over ${different.length} words; ` +
        `${broken.length} tokens begin otherwise than promised${broken.length > 0 ? `: ${broken.slice(0, 5).join(', ')}` : ''}`,
    )
  }
  console.log(`\n${speeds.join('\n')}`)
}

if (import.meta.main) {
  const [folder = '', part = 'test'] = process.argv.slice(2)
  if (folder === '' || !existsSync(folder)) {
    console.log(
      'Not measured: say in which folder the treebanks are (docs/measured/forms.md): node bench/forms.ts FOLDER',
    )
  } else print(folder, part)
}
