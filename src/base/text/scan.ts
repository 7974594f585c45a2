import {
  apostrophe,
  astral,
  classes,
  hyphen,
  invisible,
  letter,
  lineBreak,
  packed,
  pictograph,
  sigil,
  space,
  stop,
  surrogate,
} from './characters.ts'
import { foldedHash, folds, unhashed } from './folds.ts'
import { hashSeed, hashStep } from './hash.ts'
import { segmentRun } from './segment.ts'
import { lastPosition, wholeAddress, type Lexicon, type Tokens } from './tokens.ts'
import { isWantedWord } from './wanted.ts'

const mostParts = 8

/**
 * Adds the words of one field to the tokens: the tokeniser of QUERY.md, “Words”. `sentences`: also counts sentences and
 * paragraphs; otherwise all positions are in one.
 */
export function scan(tokens: Tokens, text: string, lexicon: Lexicon, sentences: boolean): void {
  const { wanted } = lexicon
  const length = text.length
  let sentence = tokens.size > 1 ? tokens.sentenceAt[tokens.size - 2]! + 1 : 0
  let paragraph = tokens.size > 1 ? tokens.paragraphAt[tokens.size - 2]! + 1 : 0
  let paragraphOver = false
  let sentenceOver = false
  const fresh = tokens.size
  let i = 0
  while (i < length && tokens.size < lastPosition) {
    const code = text.charCodeAt(i)
    let kind = classes[code]!
    if (kind === surrogate) kind = astral(text, i)
    switch (kind) {
      case letter: {
        if ((code === 104 || code === 72 || code === 119 || code === 87) && beginsAddress(text, i)) {
          i = address(i)
          break
        }
        // Most words are letters alone; what else they may hold, `run` knows.
        let end = i
        let hash = hashSeed
        for (; end < length;) {
          const folded = folds[text.charCodeAt(end)]!
          if (folded === 0) break
          hash = hashStep(hash, folded)
          end++
        }
        if (end < length && mayGoOn(text, end)) {
          i = run(i, i, false)
          break
        }
        const position = next()
        if (wanted === null || isWantedWord(wanted, hash)) put(i, end, hash, 1, position)
        i = end
        break
      }
      case packed: {
        const { end, words } = segmentRun(text, i)
        for (let part = 0; part < words.length && tokens.size < lastPosition; part += 2)
          place(i + words[part]!, i + words[part + 1]!, 1, next())
        i = end
        break
      }
      case sigil:
        i = beginsName(text, i) ? run(i, i + 1, true) : i + 1
        break
      case pictograph: {
        const end = endOfPicture(text, i)
        place(i, end, 1, next())
        i = end
        break
      }
      case lineBreak:
        paragraphOver = true
        i++
        break
      case stop:
        i = sentences ? endOfStop(i) : i + 1
        break
      default:
        i++
    }
  }

  function next(): number {
    if (tokens.size > fresh && sentences) {
      if (paragraphOver) paragraph++
      if (paragraphOver || sentenceOver) sentence++
    }
    paragraphOver = false
    sentenceOver = false
    return tokens.next(sentence, paragraph)
  }

  function put(start: number, end: number, hash: number, width: number, position: number): void {
    const word = lexicon.understand(text, start, end, hash, width)
    if (word >= 0) tokens.add(word, position, start, end)
  }

  /** Puts the word when it is wanted. */
  function place(start: number, end: number, width: number, position: number): void {
    const hash = foldedHash(text, start, end)
    if (wanted === null || hash === unhashed || isWantedWord(wanted, hash)) put(start, end, hash, width, position)
  }

  /**
   * Reads words joined by hyphens, or after a `#`, `@` or `$` by underscores, and adds the whole and its parts at
   * consecutive positions. Returns where it ends.
   */
  function run(start: number, firstPart: number, tagged: boolean): number {
    const from: number[] = []
    const to: number[] = []
    let at = firstPart
    let apostrophes = false
    let begin = at
    for (;;) {
      const code = at < length ? text.charCodeAt(at) : 32
      let kind = classes[code]!
      if (kind === surrogate) kind = astral(text, at)
      if (kind === letter || (kind === invisible && at > begin)) {
        at += classes[code] === surrogate ? 2 : 1
        continue
      }
      if (kind === apostrophe && at > begin && letterAt(text, at + 1)) {
        apostrophes = true
        at++
        continue
      }
      if (at > begin) {
        from.push(begin)
        to.push(at)
      }
      const joins = tagged ? code === 95 : kind === hyphen && letterAt(text, at + 1)
      if (!joins) break
      at++
      begin = at
    }
    const count = from.length
    if (count === 0) return at
    const end = to[count - 1]!
    if (tagged || (count > 1 && count <= mostParts)) place(start, end, count, tokens.size)
    for (let part = 0; part < count && tokens.size < lastPosition; part++) {
      const position = next()
      place(from[part]!, to[part]!, 1, position)
      if (apostrophes) inner(from[part]!, to[part]!, position)
    }
    return Math.max(at, end)
  }

  // People look for `offerta` in dell'offerta and for `wendy` in wendy's: the word inside stands at the same place.
  function inner(start: number, end: number, position: number): void {
    let cut = start
    while (cut < end && classes[text.charCodeAt(cut)] !== apostrophe) cut++
    if (cut === start || cut === end) return
    if (cut === end - 2 && (text.charCodeAt(end - 1) | 32) === 115) place(start, cut, 1, position)
    else if (elided.has(text.slice(start, cut).toLowerCase()) && beforeVowel.test(text[cut + 1]!.toLowerCase()))
      place(cut + 1, end, 1, position)
  }

  function address(start: number): number {
    let end = start
    // A bracket that was opened before the address closes after it: [text](https://…)[next].
    let open = 0
    while (end < length) {
      const code = text.charCodeAt(end)
      if (addressEnds[code] === 1) break
      if (code === openBracket) open++
      else if (code === closeBracket && --open < 0) break
      end++
    }
    while (
      end > start &&
      addressTail.test(text[end - 1]!) &&
      !(text[end - 1] === ')' && text.slice(start, end).includes('('))
    )
      end--
    const position = next()
    put(start, end, wholeAddress, 1, position)
    const host = hostOf(text.slice(start, end))
    if (host) put(start + host.start, start + host.start + host.name.length, wholeAddress, 1, position)
    return end
  }

  function endOfStop(at: number): number {
    let end = at + 1
    while (end < length && classes[text.charCodeAt(end)] === stop) end++
    let after = end
    while (after < length && '"\')]»”’'.includes(text[after]!)) after++
    const code = text.charCodeAt(at)
    const cjk = code === 0x3002 || code === 0xff01 || code === 0xff1f
    const follows = after < length ? classes[text.charCodeAt(after)]! : lineBreak
    if (cjk) sentenceOver = true
    else if (follows === space || follows === lineBreak) {
      while (after < length && classes[text.charCodeAt(after)] === space) after++
      const small = after < length && isSmall(text[after]!)
      const dots = code === 46 || code === 0x2026
      if (!(dots && small) && !(dots && end === at + 1 && isShortened(at))) sentenceOver = true
    }
    return end
  }

  // The last word before the dot: an initial or an abbreviation.
  function isShortened(at: number): boolean {
    if (tokens.count === 0 || tokens.ends[tokens.count - 1] !== at) return false
    const last = text.slice(tokens.starts[tokens.count - 1], at).toLowerCase()
    return (last.length === 1 && !/\d/.test(last)) || abbreviations.has(last)
  }
}

// After the letters something comes with which the word may go on.
function mayGoOn(text: string, at: number): boolean {
  const kind = classes[text.charCodeAt(at)]!
  if (kind === letter || kind === surrogate || kind === invisible) return true
  return (kind === hyphen || kind === apostrophe) && letterAt(text, at + 1)
}

function letterAt(text: string, at: number): boolean {
  const kind = classes[text.charCodeAt(at)]
  return kind === letter || (kind === surrogate && astral(text, at) === letter)
}

function beginsName(text: string, at: number): boolean {
  const before = at > 0 ? classes[text.charCodeAt(at - 1)] : space
  if (before === letter || before === packed) return false
  const after = text.charCodeAt(at + 1)
  if (text[at] === '$' || text[at] === '＄') return (after | 32) >= 97 && (after | 32) <= 122
  return letterAt(text, at + 1) || (after === 95 && letterAt(text, at + 2))
}

function beginsAddress(text: string, at: number): boolean {
  const head = text.slice(at, at + 8).toLowerCase()
  const skip = head.startsWith('https://') ? 8 : head.startsWith('http://') ? 7 : head.startsWith('www.') ? 4 : 0
  if (skip === 0) return false
  const kind = classes[text.charCodeAt(at + skip)]
  return kind === letter || kind === packed
}

/** By code unit: 1 where it is in no address. */
const addressEnds = Uint8Array.from({ length: 65_536 }, (_, code) =>
  /[\s<>"«»“”„[\]\u0000]/.test(String.fromCharCode(code)) ? 1 : 0,
)
const openBracket = 40
const closeBracket = 41
const addressTail = /[.,;:!?)\]}'’…*]/

function hostOf(raw: string): { name: string; start: number } | null {
  const found = /^(?:https?:\/\/)?(?:[^/?#@\s]*@)?(?:www\.)?([^/?#:]+)/i.exec(raw)
  return found?.[1] ? { name: found[1], start: found[0].length - found[1].length } : null
}

function endOfPicture(text: string, at: number): number {
  picture.lastIndex = at
  return picture.test(text)
    ? picture.lastIndex
    : at + (text.charCodeAt(at) >= 0xd800 && text.charCodeAt(at) <= 0xdbff ? 2 : 1)
}

const picture =
  /\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?){0,8}/uy

function isSmall(character: string): boolean {
  return character.toUpperCase() !== character && character.toLowerCase() === character
}

const abbreviations = new Set(
  'ул пр стр рис руб коп тыс млн млрд трлн тел им др пр см напр гг вв обл грн тг вул буд mr mrs ms dr prof st vs etc inc ltd corp no sig dott ing ecc nr bzw ca'.split(
    ' ',
  ),
)

// Articles and prepositions that lose their vowel in Italian, French and Catalan.
const elided = new Set(
  'l d c j m n s t qu un gl dell all nell sull dall coll quell quest bell sant nessun alcun ciascun tutt anch senz jusqu lorsqu puisqu quelqu'.split(
    ' ',
  ),
)
const beforeVowel = /^[aeiouyhàâäáæèéêëìíîïòóôöœùúûü]/
