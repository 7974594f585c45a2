import { commonBeginnings } from './beginnings.ts'
import { beginningsBehind } from './russian-beginnings.ts'
import { endingsOf, formsOf, readingsOf, rootsOf, type Reading } from './russian-dictionary.ts'
import { isIndeclinable } from './russian-indeclinable.ts'
import { irregularRussian, isAlsoRegular } from './russian-irregular.ts'
import { nominativesOf } from './russian-nouns.ts'
import { formsBehindParticiple } from './russian-participles.ts'
import { infinitivesOf } from './russian-verbs.ts'

/**
 * Dictionary forms of a Russian word in lower case, `ё` as `е`: банка is a form of банк and of банка, люди of человек. A participle is
 * a form of its verb. Empty for a word that the dictionary does not have: names and new words are never guessed into others.
 */
export function russianLemmas(word: string): string[] {
  if (isIndeclinable(word)) return [word]
  const irregular = irregularRussian.stemsOf(word)
  if (irregular && !isAlsoRegular(word)) return [...irregular]
  const lemmas = new Set<string>(irregular)
  const readings = readingsOf(word)
  for (const reading of readings) {
    if (isListed(reading)) continue
    const root = reading.root.replaceAll('ё', 'е')
    const behind = lemmasOf(reading, word).filter(
      (lemma) => lemma === root || lemma === word || mayStandBehind(lemma, word),
    )
    for (const lemma of behind.length > 0 ? behind : [root]) lemmas.add(lemma)
  }
  if (lemmas.size > 0 || readings.length === 0) return [...lemmas]
  if (word.length < 3 || irregularRussian.formsOf(word).length > 0) return [word]
  const behind = listed(word).filter((lemma) => mayStandBehind(lemma, word))
  return behind.length > 0 ? behind : [word]
}

/**
 * How the forms of a dictionary form begin: every word that has it among its `russianLemmas` starts with one of these. The common
 * beginning of all forms, or several where it would be shorter than two letters: люд and человек.
 */
export function russianBeginnings(lemma: string): string[] {
  const forms = new Set([lemma, ...irregularRussian.formsOf(lemma)])
  for (const { root, endings } of rootsOf(lemma)) {
    for (const form of formsOf(root, endings)) forms.add(form)
    for (const beginning of beginningsBehind(lemma, endings)) forms.add(beginning)
  }
  return commonBeginnings([...forms])
}

function mayStandBehind(lemma: string, word: string): boolean {
  return rootsOf(lemma).some(({ endings }) =>
    beginningsBehind(lemma, endings).some((beginning) => word.startsWith(beginning)),
  )
}

const verbEndings = /[BDLMPQRTUVWY]/
const nounEndings = /[FGHIJKNO]/
const infinitive = /(?:т[ьи]|чь)(?:ся|сь)?$/

function lemmasOf({ root, ending, endings }: Reading, word: string): string[] {
  const lemma = root.replaceAll('ё', 'е')
  if (ending === 'Z') return [word] // практически is an adverb of its own
  if (ending !== '' && 'ASXE'.includes(ending)) return adjectives(lemma, endings)
  if (ending !== '' && nounEndings.test(ending)) return [singular(lemma, endings)]
  if (ending !== '') return infinitive.test(lemma) ? [lemma] : verbs(lemma, [lemma])
  if (infinitive.test(lemma) || endings.includes('C')) return [lemma]
  if (endings.includes('A')) return adjectives(lemma, endings)
  return [singular(lemma, endings)]
}

function adjectives(lemma: string, endings: string): string[] {
  if (adjectival.has(lemma)) return [lemma]
  const found = new Set<string>()
  for (const form of formsBehindParticiple(lemma)) {
    for (const reading of readingsOf(form)) {
      const root = reading.root.replaceAll('ё', 'е')
      if (
        reading.ending === ''
          ? reading.endings === '' || verbEndings.test(reading.endings)
          : verbEndings.test(reading.ending)
      ) {
        for (const verb of infinitive.test(root) ? [root] : verbs(root, [])) found.add(verb)
      }
    }
    for (const verb of irregularRussian.stemsOf(form) ?? []) if (infinitive.test(verb)) found.add(verb)
  }
  if (found.size > 0) return endings.includes('Z') ? [lemma, ...found] : [...found]
  const superlative = lemma.endsWith('ейший') ? /^(?:наи)?(.{3,})ейший$/.exec(lemma) : null
  for (const end of superlative ? ['ый', 'ий', 'ой'] : []) {
    if (endingsOf(superlative![1]! + end)?.includes('A')) return [superlative![1]! + end]
  }
  return [lemma]
}

// Participles that have become adjectives of another meaning.
const adjectival = new Set(
  'следующий данный настоящий будущий ведущий определенный известный соответствующий служащий учащийся подходящий текущий бывший выдающийся трудящийся заведующий'.split(
    ' ',
  ),
)

// A plural that is a dictionary form of its own because its stem changes: львы, деревья.
function singular(lemma: string, endings: string): string {
  if (endings !== 'O' || !/[ыияа]$/.test(lemma)) return lemma
  for (const one of nominativesOf(lemma)) {
    if (one.length > 2 && !/[ыи]$/.test(one) && isNoun(one) && !formsOf(one, endingsOf(one)!).includes(lemma))
      return one
  }
  return lemma
}

function isNoun(word: string): boolean {
  const endings = endingsOf(word)
  return endings !== null && (endings === '' || nounEndings.test(endings))
}

// A word that the dictionary lists without endings or with those of a past tense or an imperative: вышла, распаши, зеркал, снова.
function isListed({ root, ending, endings }: Reading): boolean {
  return ending === '' && !/[ACFGHIJKNO]/.test(endings) && !infinitive.test(root)
}

function listed(form: string): string[] {
  const found = new Set(verbs(form, []))
  if (found.size > 0 && /ш(?:ел|л[аои])$/.test(form)) return [...found]
  for (const lemma of nouns(form, found.size > 0)) found.add(lemma)
  for (const lemma of adjectivesBehind(form)) found.add(lemma)
  return [...found]
}

function verbs(form: string, otherwise: string[]): string[] {
  for (const verb of infinitivesOf(form)) {
    const endings = endingsOf(verb)
    if (endings !== null && (endings === '' || verbEndings.test(endings)) && infinitive.test(verb)) return [verb]
  }
  return otherwise
}

// What has no endings itself is only taken when nothing better is there.
function nouns(form: string, isVerb: boolean): string[] {
  const all = nominativesOf(form).filter((lemma) => lemma.length > 2)
  const declined = all.filter((lemma) => nounEndings.test(endingsOf(lemma) ?? ''))
  const single = declined.find((lemma) => !/[ыи]$/.test(lemma))
  if (single) return [single]
  const [plural] = declined
  if (plural) return [singular(plural, endingsOf(plural)!)]
  if (isVerb) return []
  return all.filter((lemma) => /[^аеиоуыэюя]$/.test(lemma) && endingsOf(lemma) === '').slice(0, 1)
}

// Forms of adjectives whose stem changes: жизнен, черны, тяжело; сильнее and посильнее of those the dictionary lists apart.
function adjectivesBehind(form: string): string[] {
  const [, stem = ''] =
    /^(?:по)?(.{2,})е[ей]$/.exec(form) ??
    /^(.{2,})[аоы]$/.exec(form) ??
    /^(.{3,}[^аеиоуыэюя])(?<!ов|ев|ей)$/.exec(form) ??
    []
  const stems = [stem, stem.replace(/[ео](?=[нклр]$)/, ''), stem.replace(/ен$/, 'енн')]
  for (const one of stem === '' ? [] : stems) {
    for (const end of ['ый', 'ий', 'ой']) if (endingsOf(one + end)?.includes('A')) return [one + end]
  }
  return []
}
