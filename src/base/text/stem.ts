import { stemmer as arabic } from '@orama/stemmers/arabic'
import { stemmer as armenian } from '@orama/stemmers/armenian'
import { stemmer as danish } from '@orama/stemmers/danish'
import { stemmer as dutch } from '@orama/stemmers/dutch'
import { stemmer as finnish } from '@orama/stemmers/finnish'
import { stemmer as french } from '@orama/stemmers/french'
import { stemmer as german } from '@orama/stemmers/german'
import { stemmer as greek } from '@orama/stemmers/greek'
import { stemmer as hungarian } from '@orama/stemmers/hungarian'
import { stemmer as norwegian } from '@orama/stemmers/norwegian'
import { stemmer as portuguese } from '@orama/stemmers/portuguese'
import { stemmer as romanian } from '@orama/stemmers/romanian'
import { stemmer as snowballRussian } from '@orama/stemmers/russian'
import { stemmer as spanish } from '@orama/stemmers/spanish'
import { stemmer as swedish } from '@orama/stemmers/swedish'
import { stemmer as turkish } from '@orama/stemmers/turkish'
import { beginningsOfStem, shortest } from './beginnings.ts'
import { stemsOfEnglish } from './english.ts'
import { dropAccents } from './fold.ts'
import { lastRussian } from './folds.ts'
import { stemsOfItalian } from './italian.ts'
import { stemsOfKazakh } from './kazakh.ts'
import { russianBeginnings, russianLemmas } from './russian.ts'
import { stemsOfUkrainian } from './ukrainian.ts'

type Stemmer = (word: string) => readonly string[]
type Script = { letters: RegExp; common: string; languages: { [code: string]: Stemmer } }

// The common language of a script is assumed where the post's language does not use that script.
const scripts: Script[] = [
  {
    letters: /\p{Script=Cyrillic}/u,
    common: 'ru',
    languages: { ru: stemsOfUnknownRussian, uk: stemsOfUkrainian, kk: stemsOfKazakh },
  },
  {
    letters: /\p{Script=Latin}/u,
    common: 'en',
    languages: {
      en: stemsOfEnglish,
      de: one(german),
      fr: one(french),
      es: one(spanish),
      it: stemsOfItalian,
      pt: one(portuguese),
      nl: one(dutch),
      sv: one(swedish),
      da: one(danish),
      no: one(norwegian),
      fi: one(finnish),
      hu: one(hungarian),
      ro: one(romanian),
      tr: one(turkish),
    },
  },
  { letters: /\p{Script=Arabic}/u, common: 'ar', languages: { ar: one(arabic) } },
  { letters: /\p{Script=Greek}/u, common: 'el', languages: { el: one(stemGreek) } },
  { letters: /\p{Script=Armenian}/u, common: 'hy', languages: { hy: one(armenian) } },
]

const commonLanguages: ReadonlySet<string> = new Set(scripts.map(({ common }) => common))
// All of their letters are behind `lastRussian`.
const hasLettersOfItsOwn: ReadonlySet<string> = new Set(['ar', 'hy'])

function one(stem: (word: string) => string): Stemmer {
  return (word) => [stem(word)]
}

/** Languages whose word forms are known. */
export const stemmedLanguages: string[] = scripts.flatMap((script) => Object.keys(script.languages))

export type Stems = { folded: readonly string[]; accented: readonly string[] }

/**
 * Stems of a word in a post, each with its language in front: the dictionary forms of a Russian word (`ru:банк`), the stem of any
 * other (`en:bank`, `ru:~сбербанкинг` for Russian that the dictionary does not have). The rule: the post's language, if it is written
 * in the script of the word, and the common language of that script (Russian, English …), because short posts are taken for a
 * neighbour language and posts mix languages. Letters that only Kazakh or Ukrainian has decide alone.
 */
export function stemsInPost(accented: string, lang: string): Stems {
  const script = scriptOf(accented)
  if (!script) return none
  const told = byLetters(accented, lang)
  if (told && told in script.languages) return stemsIn(accented, script, [told], 'post')
  return stemsIn(
    accented,
    script,
    lang in script.languages && lang !== script.common ? [lang, script.common] : [script.common],
    'post',
  )
}

/**
 * Stems of a word in a query: those of every language of its script, or of those among `languages`. A query word meets
 * every token of which it is a form, whatever language the token's post was taken for, because the language is part of the stem.
 */
export function stemsInQuery(accented: string, languages: readonly string[] = stemmedLanguages): Stems {
  const script = scriptOf(accented)
  if (!script) return none
  return stemsIn(
    accented,
    script,
    Object.keys(script.languages).filter((code) => code === script.common || languages.includes(code)),
    'query',
  )
}

/**
 * How tokens begin that share a stem with this query word, by the language of their post; under '' those of posts of any language.
 * Every token of a post whose stems are also in `stemsInQuery(accented).folded` starts, accents dropped, with one of the beginnings
 * of '' or of the post's language, or has a letter behind `lastRussian`.
 */
export function beginningsOf(accented: string): Map<string, readonly string[]> {
  const byLanguage = Map.groupBy(stemsInQuery(accented).folded, (stem) => stem.slice(0, stem.indexOf(':')))
  const beginnings = new Map<string, readonly string[]>()
  for (const [code, stems] of byLanguage) {
    if (hasLettersOfItsOwn.has(code)) continue
    const language = commonLanguages.has(code) ? '' : code
    beginnings.set(language, shortest(stems.flatMap((stem) => beginningsIn(code, stem.slice(code.length + 1)))))
  }
  return beginnings
}

function beginningsIn(code: string, stem: string): string[] {
  if (code !== 'ru') return beginningsOfStem(code, stem)
  return stem.startsWith('~') ? beginningsOfStem(code, stem.slice(1)) : russianBeginnings(stem)
}

/** The language under which posts of `lang` are analysed: posts of languages without a stemmer are all alike. */
export function stemmingLanguage(lang: string | null): string {
  return lang === null ? '' : (byCode.get(lang) ?? byCode.get(lang.toLowerCase().slice(0, 2)) ?? '')
}

const byCode = new Map([...stemmedLanguages.map((code): [string, string] => [code, code]), ['nb', 'no'], ['nn', 'no']])

const none: Stems = { folded: [], accented: [] }

function scriptOf(word: string): Script | null {
  const first = word.charCodeAt(0)
  if (first >= 0x430 && first <= 0x44f) return scripts[0]!
  if (first >= 0x61 && first <= 0x7a) return scripts[1]!
  for (const script of scripts) if (script.letters.test(word)) return script
  return null
}

const onlyKazakh = /[әғқңөұүһ]/
const onlyUkrainian = /[їєґ]/

function byLetters(word: string, lang: string): string | null {
  if (isRussianAtMost(word)) return null
  if (onlyKazakh.test(word)) return 'kk'
  if (onlyUkrainian.test(word)) return 'uk'
  if (word.includes('і')) return lang === 'kk' ? 'kk' : 'uk'
  return null
}

function isRussianAtMost(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) > lastRussian) return false
  return true
}

function stemsIn(word: string, script: Script, languages: string[], where: 'post' | 'query'): Stems {
  const accented: string[] = []
  const folded: string[] = []
  const bare = dropAccents(word)
  for (const code of languages) {
    if (code === 'ru') {
      addRussian(accented, word, where, languages[0] === 'ru')
      continue
    }
    const stem = script.languages[code]!
    for (const form of stem(word)) add(accented, `${code}:${kept(code, form, word, bare)}`)
    if (bare === word) continue
    // People type both niños and ninos, and a stemmer strips different endings from them, so both stems count.
    for (const form of stem(bare)) add(folded, `${code}:${dropAccents(kept(code, form, bare, bare))}`)
  }
  if (bare === word) return { folded: accented, accented }
  for (const form of accented) add(folded, dropAccents(form))
  return { folded, accented }
}

// A word that the dictionary has is never taken for one that it lacks, but a query asks for both, because people misspell.
// In a post of a neighbour language what the dictionary lacks is a word of that language.
function addRussian(list: string[], word: string, where: 'post' | 'query', isMain: boolean): void {
  const lemmas = russianLemmas(word)
  for (const lemma of lemmas) add(list, `ru:${lemma}`)
  if (where === 'post' && (lemmas.length > 0 || !isMain)) return
  for (const form of stemsOfUnknownRussian(word)) {
    if (lemmas.length > 0 && form.length < 3) continue // Snowball makes ар of арена
    add(list, `ru:~${kept('ru', form, word, word)}`)
  }
}

// Stemmers meet words of other languages and a few cut letters out of their middle; such a word is its own stem, so that
// what `beginningsOf` promises is true of every word.
function kept(code: string, stem: string, word: string, bare: string): string {
  if (bare.startsWith(stem) && dropAccents(stem) === stem) return stem
  return beginningsOfStem(code, stem).some((beginning) => bare.startsWith(beginning)) ? stem : word
}

function add(list: string[], item: string): void {
  if (!list.includes(item)) list.push(item)
}

// A vowel that comes and goes: скидок and скидка, продавец and продавца. Both stems count.
function stemsOfUnknownRussian(word: string): string[] {
  const stem = snowballRussian(word)
  const fleeting = /^(.{2,}[^аеиоуыэюя])(?:[ое](к)|е(ц))$/.exec(stem)
  return fleeting ? [stem, fleeting[1]! + (fleeting[2] ?? fleeting[3]!)] : [stem]
}

// The stemmer reads ϊ as η, so that ευρωπαϊκή and ευρωπαικη would not meet.
function stemGreek(word: string): string {
  return greek(word.replace(/[ϊΐ]/g, 'ι').replace(/[ϋΰ]/g, 'υ'))
}
