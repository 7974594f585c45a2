/**
 * Stems of a Kazakh word in lower case: of a noun or adjective without case, possessive and plural (`кітап`), of a verb its root
 * (`кел+у`) when the ending is one of a verb, both when it may be either. Endings come off in the order in which the language puts them,
 * each once, when at least two letters with a vowel remain. After R. Muhamedowa, “Kazakh: A Comprehensive Grammar” (Routledge, 2016).
 */
export function stemsOfKazakh(word: string): string[] {
  if (indeclinable.has(word)) return [word]
  const noun = nominal(word)
  const roots = new Set<string>()
  for (const form of new Set([word, noun.word])) {
    const ending = finite.exec(form)
    if (!ending) continue
    const root = form.slice(0, ending.index)
    if (hasVowel(root) && root.length >= 2) roots.add(`${harden(root.replace(/(?<=..)[ыі]$/, ''))}+у`)
  }
  if (roots.size > 0 && (surelyVerb.test(word) || surelyVerb.test(noun.word))) return [...roots]
  // A bare root of a verb asks somebody to do it, and dictionaries list it so: кел.
  if (noun.word === word && word.length >= 2 && word.length <= 4)
    roots.add(`${harden(word.replace(/(?<=..)[ыі]$/, ''))}+у`)
  return [...new Set([noun.stem, ...roots])]
}

const indeclinable = new Set(
  'бірге бірден бірдей басқа алматы қайда қайдан қайта тағы тиісті дейін кейін кейде енді бұрын сайын қарсы жақсы осындай мұндай сондай қандай барлық жаңа және үшін'.split(
    ' ',
  ),
)

const negation = '(?:[мбп][ае])?'
const finite = new RegExp(
  `${negation}(?:[дт][ыі](?:м|ң|ңыз|ңіз|қ|к)?|[ғгқк][ае]н(?:мын|мін|сың|сің|быз|біз)?|[аей](?:ды|ді|мын|мін|сың|сің|сыз|сіз|мыз|міз)|` +
    `(?<=[аәеоөұүыі])п(?:ты|ті)?|[ыі]п(?:ты|ті)?|с[ае](?:м|ң|қ|к|ңыз|ңіз)?|(?:а|е|й)т[ыі]н|у|[ае]р|с[ыі]н|(?:а|е)?й[ыі](?:н|қ|к)|[ыі]?ң[ыі]з|м[ае]с)$`,
)
const surelyVerb = new RegExp(
  `(?:[аей](?:ды|ді|мын|мін|сыз|сіз|мыз|міз)|[ғқ]ан|[гк]ен|[^аәеоөұүыіу]у|(?:а|е|й)т[ыі]н|[дт][ыі]ңыз|[ыі]пт[ыі]|(?:а|е)й[ыі](?:н|қ|к))$`,
)

/** Without case, possessive and plural: the form to which a verb's own endings belong, and the same with its last consonant hard. */
function nominal(word: string): { word: string; stem: string } {
  if (/стан$/.test(word)) return { word, stem: word }
  let stem = strip(word, relative)
  stem = strip(stem, cases)
  stem = strip(stem, possessives)
  stem = strip(stem, plurals)
  return { word: stem, stem: harden(stem) }
}

// An ending begins with the consonant that the end of the stem asks for. After the third person's possessive stands an н: кітабы-нда.
const relative = [
  /(?<=[ыі])н(?:дағы|дегі)$/,
  /(?<=[пткқсшщхцчфһбвгд])(?:тағы|тегі)$/,
  /(?<=[^пткқсшщхцчфһ])(?:дағы|дегі)$/,
]
const cases = [
  /(?<=[ыі])н(?:да|де|ан|ен|а|е)$/,
  /(?<=[пткқсшщхцчфһбвгд])(?:тың|тің|қа|ке|ты|ті|та|те|тан|тен|пен)$/,
  /(?<=[аәеіоөұүыиуяюэмнң])(?:ның|нің)$/,
  /(?<=[рлйзж])(?:дың|дің)$/,
  /(?<=[аәеіоөұүыиуяюэ])(?:ны|ні)$/,
  /(?<=[рлйзжмнң])(?:ды|ді)$/,
  /(?<=[аәеіоөұүыиуяюэрлйзжмнң])(?:ға|ге|да|де)$/,
  /(?<=[мнң])(?:нан|нен)$/,
  /(?<=[аәеіоөұүыиуяюэрлйзж])(?:дан|ден)$/,
  /(?<=[аәеіоөұүыиуяюэрлймнң])мен$/,
  /(?<=[зжбвгд])бен$/,
]
const possessives = [
  /(?<=[аәеөоұүиуяюэ])(?:сын|сін|сы|сі|мыз|міз|ңыз|ңіз)$/,
  /(?<=[^аәеөоұүыиіяюэ])(?:ымыз|іміз|ыңыз|іңіз|ым|ім|ың|ің|ын|ін|ы|і)$/,
]
const plurals = [
  /(?<=[пткқсшщхцчфһбвгд])(?:тар|тер)$/,
  /(?<=[лмнңзж])(?:дар|дер)$/,
  /(?<=[аәеіоөұүыиуяюэрй])(?:лар|лер)$/,
]

const back = /[аоұыуяюё]/
const front = /[әеөүіи]/

function strip(word: string, endings: RegExp[]): string {
  for (const pattern of endings) {
    const ending = pattern.exec(word)?.[0]
    if (ending === undefined) continue
    const stem = word.slice(0, -ending.length)
    const last = lastVowel(stem)
    if (stem.length < (ending.length > 1 ? 2 : 3) || last === null) continue
    // Loans such as банк and Каспи take either row of endings, so only a clear clash keeps an ending on.
    if (native.test(word) && back.test(ending) !== back.test(last) && ending.length > 1 && !/[мбп]ен/.test(ending))
      continue
    return stem
  }
  return word
}

const native = /[әғқңөұүһ]/

function lastVowel(text: string): string | null {
  for (let i = text.length - 1; i >= 0; i--) {
    const letter = text[i]!
    if (back.test(letter) || front.test(letter)) return letter
  }
  return null
}

function hasVowel(text: string): boolean {
  return lastVowel(text) !== null
}

// A final п, к, қ softens before a vowel (кітап, кітабы; тап, табылды), so both are one stem.
function harden(stem: string): string {
  if (stem.endsWith('б')) return `${stem.slice(0, -1)}п`
  if (stem.endsWith('г')) return `${stem.slice(0, -1)}к`
  if (stem.endsWith('ғ')) return `${stem.slice(0, -1)}қ`
  return stem
}
