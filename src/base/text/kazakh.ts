/**
 * Stem of a Kazakh noun or adjective in lower case: case, possessive and plural endings come off in this order, each once,
 * when their vowel agrees with the stem and at least three letters with a vowel remain. Endings after R. Muhamedowa,
 * “Kazakh: A Comprehensive Grammar” (Routledge, 2016), chapters on number, possession and case. Verbs keep their endings.
 */
export function stemKazakh(word: string): string {
  let stem = strip(word, cases)
  stem = strip(stem, possessives)
  stem = strip(stem, plurals)
  return harden(stem)
}

// The longest ending first. `н` before a case belongs to the third person's possessive: кітабы-нда.
const cases = byLength(
  'ның нің дың дің тың тің ға ге қа ке на не ны ні ды ді ты ті нда нде да де та те нан нен дан ден тан тен мен бен пен'.split(
    ' ',
  ),
)
const possessives = byLength('ым ім ың ің ы і сы сі ымыз іміз мыз міз ыңыз іңіз ңыз ңіз ын ін сын сін'.split(' '))
const plurals = byLength('лар лер дар дер тар тер'.split(' '))

const back = /[аоұыуяюё]/
const front = /[әеөүіи]/

function strip(word: string, endings: string[]): string {
  for (const ending of endings) {
    if (!word.endsWith(ending)) continue
    const stem = word.slice(0, -ending.length)
    const last = lastVowel(stem)
    if (stem.length < 3 || last === null) continue
    // Loans such as банк and Каспи take either row of endings, so only a clear clash keeps an ending on.
    if (native.test(word) && isBack(ending) !== back.test(last) && ending.length > 1 && !'мен бен пен'.includes(ending))
      continue
    return stem
  }
  return word
}

const native = /[әғқңөұүһ]/

function isBack(ending: string): boolean {
  return back.test(ending)
}

function lastVowel(text: string): string | null {
  for (let i = text.length - 1; i >= 0; i--) {
    const letter = text[i]!
    if (back.test(letter) || front.test(letter)) return letter
  }
  return null
}

// A final п, к, қ softens before a vowel (кітап, кітабы), so both are one stem.
function harden(stem: string): string {
  if (stem.endsWith('б')) return `${stem.slice(0, -1)}п`
  if (stem.endsWith('г')) return `${stem.slice(0, -1)}к`
  if (stem.endsWith('ғ')) return `${stem.slice(0, -1)}қ`
  return stem
}

function byLength(endings: string[]): string[] {
  return endings.sort((a, b) => b.length - a.length)
}
