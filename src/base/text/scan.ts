import { lastPosition, type Analysis } from './analyse.ts'
import {
  apostrophe,
  classes,
  classOfAstral,
  hyphen,
  invisible,
  letter,
  lineBreak,
  other,
  packed,
  pictograph,
  sigil,
  space,
  stop,
  surrogate,
} from './characters.ts'
import { dropAccents, lower, tidy } from './fold.ts'
import { segmentWords } from './segment.ts'
import { stemsInPost } from './stem.ts'
import { step, type WordTable } from './word-table.ts'
import type { Word } from './word.ts'

// Longer runs of letters are not words; their beginning is kept, so that they can be found at all.
const longestWord = 256
const longestAddress = 2_000
const mostParts = 8

/** Adds the words of one field to the analysis: the tokeniser of QUERY.md, “Words”. */
export function scan(analysis: Analysis, text: string, lang: string, known: WordTable): void {
  const { words, positions, starts, ends, sentenceAt, paragraphAt } = analysis
  const length = text.length
  let sentence = (sentenceAt.at(-2) ?? -1) + 1
  let paragraph = (paragraphAt.at(-2) ?? -1) + 1
  let paragraphOver = false
  let sentenceOver = false
  const fresh = sentenceAt.length
  // The parts of the run of words, hyphens and underscores that is being read.
  const from: number[] = []
  const to: number[] = []
  const hashes: number[] = []

  let i = 0
  while (i < length && sentenceAt.length < lastPosition) {
    const code = text.charCodeAt(i)
    let kind = classes[code]!
    if (kind === surrogate) kind = astral(text, i)
    switch (kind) {
      case letter: {
        if ((code === 104 || code === 72 || code === 119 || code === 87) && beginsAddress(text, i)) i = address(i)
        else i = run(i, i, 0)
        break
      }
      case packed: {
        let end = i + 1
        while (end < length && packedAt(text, end)) end++
        for (const part of segmentWords(text.slice(i, end))) {
          if (sentenceAt.length >= lastPosition) break
          place(understand(i + part.start, i + part.end, -1, 1), i + part.start, i + part.end, next())
        }
        i = end
        break
      }
      case sigil:
        i = beginsName(text, i) ? run(i, i + 1, 1) : i + 1
        break
      case pictograph: {
        const end = endOfPicture(text, i)
        place(understand(i, end, -1, 1), i, end, next())
        i = end
        break
      }
      case lineBreak:
        paragraphOver = true
        i++
        break
      case stop:
        i = endOfStop(i)
        break
      default:
        i++
    }
  }

  function next(): number {
    if (sentenceAt.length > fresh) {
      if (paragraphOver) paragraph++
      if (paragraphOver || sentenceOver) sentence++
    }
    paragraphOver = false
    sentenceOver = false
    sentenceAt.push(sentence)
    paragraphAt.push(paragraph)
    return sentenceAt.length - 1
  }

  function place(word: Word, start: number, end: number, position: number): void {
    words.push(word)
    positions.push(position)
    starts.push(start)
    ends.push(end)
  }

  function understand(start: number, end: number, hash: number, width: number): Word {
    if (hash === -1) {
      hash = width
      for (let k = start; k < end; k++) hash = step(hash, text.charCodeAt(k))
    }
    const found = known.find(text, start, end, hash)
    if (found) return found
    const raw = detached(text.slice(start, Math.min(end, start + longestWord)))
    const word = makeWord(raw, lang, width)
    return end - start > longestWord ? word : known.add(raw, hash, word)
  }

  /**
   * Reads words joined by hyphens, or after a `#`, `@` or `$` by underscores, and adds the whole and its parts at
   * consecutive positions. Returns where it ends.
   */
  function run(start: number, firstPart: number, tagged: number): number {
    let count = 0
    let at = firstPart
    let apostrophes = false
    let hash = 1
    let begin = at
    for (;;) {
      const code = at < length ? text.charCodeAt(at) : 32
      let kind = classes[code]!
      if (kind === letter) {
        hash = step(hash, code)
        at++
        continue
      }
      if (kind === surrogate) kind = astral(text, at)
      if (kind === letter || (kind === invisible && at > begin)) {
        hash = step(hash, code)
        at++
        if (classes[code] === surrogate) hash = step(hash, text.charCodeAt(at++))
        continue
      }
      if (kind === apostrophe && at > begin && letterAt(text, at + 1)) {
        apostrophes = true
        hash = step(hash, code)
        at++
        continue
      }
      if (at > begin) {
        from[count] = begin
        to[count] = at
        hashes[count] = hash === -1 ? 0 : hash
        count++
      }
      const joins = tagged ? code === 95 : kind === hyphen && letterAt(text, at + 1)
      if (!joins) break
      at++
      begin = at
      hash = 1
    }
    if (count === 0) return at
    const end = to[count - 1]!
    const first = sentenceAt.length
    if (tagged || (count > 1 && count <= mostParts)) place(understand(start, end, -1, count), start, end, first)
    for (let part = 0; part < count && sentenceAt.length < lastPosition; part++) {
      const position = next()
      const word = understand(from[part]!, to[part]!, hashes[part]!, 1)
      place(word, from[part]!, to[part]!, position)
      if (apostrophes) inner(word, from[part]!, to[part]!, position)
    }
    return Math.max(at, end)
  }

  // People look for `offerta` in dell'offerta and for `wendy` in wendy's: the word inside stands at the same place.
  function inner(word: Word, start: number, end: number, position: number): void {
    const cut = word.folded.indexOf("'")
    if (cut < 1 || word.folded.length !== end - start) return
    if (word.folded.endsWith("'s") && cut === word.folded.length - 2)
      place(understand(start, end - 2, -1, 1), start, end - 2, position)
    else if (elided.has(word.folded.slice(0, cut)) && beforeVowel.test(word.folded.slice(cut + 1))) {
      place(understand(start + cut + 1, end, -1, 1), start + cut + 1, end, position)
    }
  }

  function address(start: number): number {
    let end = start
    // A bracket that was opened before the address closes after it: [text](https://…)[next].
    let open = 0
    while (end < length && !addressEnds.test(text[end]!)) {
      if (text[end] === '(') open++
      else if (text[end] === ')' && --open < 0) break
      end++
    }
    while (
      end > start &&
      addressTail.test(text[end - 1]!) &&
      !(text[end - 1] === ')' && text.slice(start, end).includes('('))
    )
      end--
    const raw = text.slice(start, Math.min(end, start + longestAddress)).toWellFormed()
    const host = hostOf(raw)
    const position = next()
    place(bare(raw), start, end, position)
    if (host) place(bare(host.name), start + host.start, start + host.start + host.name.length, position)
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
      const last = words.length > 0 && ends.at(-1) === at ? words.at(-1)!.folded : ''
      const shortened = dots && end === at + 1 && ((last.length === 1 && !/\d/.test(last)) || abbreviations.has(last))
      if (!(dots && small) && !shortened) sentenceOver = true
    }
    return end
  }
}

// V8 keeps a longer slice as a view of the whole text, and a kept word would keep its whole post in memory.
function detached(slice: string): string {
  return slice.length < 13 ? slice : Buffer.from(slice, 'utf16le').toString('utf16le')
}

/** A word read on its own, as a query has it. */
export function makeWord(raw: string, lang: string, width: number): Word {
  const written = tidy(raw)
  const accented = lower(written)
  const folded = dropAccents(accented)
  // The whole of a hyphenated word or a tag has no forms of its own: its parts have them.
  const stems = width > 1 || /^[#@$]/.test(accented) ? noStems : stemsInPost(accented, lang)
  return { written, accented, folded, stems: stems.folded, accentedStems: stems.accented, width }
}

const noStems = { folded: [], accented: [] }

function bare(raw: string): Word {
  const folded = raw.toLowerCase()
  return { written: raw, accented: folded, folded, stems: [], accentedStems: [], width: 1 }
}

function letterAt(text: string, at: number): boolean {
  const kind = classes[text.charCodeAt(at)]
  return kind === letter || (kind === surrogate && astral(text, at) === letter)
}

function packedAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (classes[code] === packed) return true
  if (classes[code] !== surrogate) return false
  return astral(text, code >= 0xdc00 ? at - 1 : at) === packed
}

function astral(text: string, at: number): number {
  const code = text.codePointAt(at)
  return code === undefined || code < 0x10000 ? other : classOfAstral(code)
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

const addressEnds = /[\s<>"«»“”„[\]\u0000]/
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
