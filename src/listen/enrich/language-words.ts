/** Scripts that tell languages apart; Japanese writes in two of them, which count as one. */
export const scripts = [
  'Latin',
  'Cyrillic',
  'Arabic',
  'Devanagari',
  'Han',
  'Greek',
  'Hebrew',
  'Armenian',
  'Georgian',
  'Hangul',
  'Thai',
  'Tamil',
  'Telugu',
  'Bengali',
  'Gujarati',
  'Gurmukhi',
] as const

/** The first words of a text in lower case, each between two marks, in columns that are used again for the next text. */
export class LanguageWords {
  /** The letters of word after word, each word with a mark before and one after it. */
  letters = new Uint16Array(1024)
  /** Where each word begins, and after the last one the end. */
  begins = new Int32Array(512)
  /** By word: one more than the number of its script. */
  scriptOf = new Uint8Array(512)
  count = 0
  /** Letters in each script; one more than its number, as above. */
  inScript = new Int32Array(scripts.length + 1)

  /**
   * Reads words until `most` letters are read. Links, names of accounts and tags are passed over: they are seldom in the
   * language of the text.
   */
  read(text: string, most: number): void {
    this.count = 0
    this.inScript.fill(0)
    let end = 0
    let left = most
    for (let i = 0; i < text.length && left > 0;) {
      const code = text.charCodeAt(i)
      const script = scriptOfLetter[code]!
      if (script === 0) {
        i = code === 64 || code === 35 || code === 36 ? endOfName(text, i + 1) : i + 1
        continue
      }
      if ((code === 104 || code === 119 || code === 72 || code === 87) && link.test(text.slice(i, i + 8))) {
        while (i < text.length && text.charCodeAt(i) > 32) i++
        continue
      }
      if (end + longestWord + 2 > this.letters.length || this.count + 2 > this.begins.length) break
      this.begins[this.count] = end
      this.letters[end++] = before
      const from = end
      for (; i < text.length; i++) {
        const letter = text.charCodeAt(i)
        if (scriptOfLetter[letter] === 0 && !isInside(text, i)) break
        if (end - from < longestWord) this.letters[end++] = lowerCase[letter]!
      }
      left -= end - from
      this.inScript[script]! += end - from
      this.letters[end++] = after
      this.scriptOf[this.count++] = script
      this.begins[this.count] = end
    }
  }

  /** The script in which most letters are written; 0 where there are none. */
  mainScript(): number {
    let best = 0
    for (let script = 1; script < this.inScript.length; script++)
      if (this.inScript[script]! > this.inScript[best]!) best = script
    return best
  }
}

const before = 2
const after = 3
const longestWord = 40
const link = /^(?:https?:|www\.)/i

const blocks: { [script in (typeof scripts)[number]]: [from: number, to: number][] } = {
  Latin: [
    [0x41, 0x24f],
    [0x1e00, 0x1eff],
  ],
  Cyrillic: [[0x400, 0x52f]],
  Arabic: [
    [0x620, 0x6ff],
    [0x750, 0x77f],
    [0xfb50, 0xfdff],
    [0xfe70, 0xfefc],
  ],
  Devanagari: [[0x900, 0x97f]],
  Han: [
    [0x3005, 0x3007],
    [0x3041, 0x30ff],
    [0x3400, 0x9fff],
  ],
  Greek: [
    [0x370, 0x3ff],
    [0x1f00, 0x1fff],
  ],
  Hebrew: [[0x591, 0x5f4]],
  Armenian: [[0x531, 0x587]],
  Georgian: [[0x10a0, 0x10ff]],
  Hangul: [
    [0x1100, 0x11ff],
    [0xac00, 0xd7a3],
  ],
  Thai: [[0xe01, 0xe4e]],
  Tamil: [[0xb80, 0xbff]],
  Telugu: [[0xc00, 0xc7f]],
  Bengali: [[0x980, 0x9ff]],
  Gujarati: [[0xa80, 0xaff]],
  Gurmukhi: [[0xa00, 0xa7f]],
}

/** By code unit: one more than the number of the script of a letter, 0 for everything else. */
const scriptOfLetter = new Uint8Array(65_536)
const lowerCase = new Uint16Array(65_536)
scripts.forEach((script, number) => {
  for (const [from, to] of blocks[script]) {
    for (let code = from; code <= to; code++) {
      const letter = String.fromCharCode(code)
      if (!/[\p{L}\p{M}]/u.test(letter)) continue
      scriptOfLetter[code] = number + 1
      // İ becomes two code units; the first of them is the letter.
      lowerCase[code] = letter.toLowerCase().charCodeAt(0)
    }
  }
})
for (const apostrophe of "'’ʼ‘`") lowerCase[apostrophe.charCodeAt(0)] = 39

/** An apostrophe between two letters belongs to the word: п'ять, l'una. */
function isInside(text: string, at: number): boolean {
  return lowerCase[text.charCodeAt(at)] === 39 && at + 1 < text.length && scriptOfLetter[text.charCodeAt(at + 1)] !== 0
}

function endOfName(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    const isDigit = code >= 48 && code <= 57
    if (scriptOfLetter[code] === 0 && !isDigit && code !== 95 && !(code === 46 && at > from)) break
    at++
  }
  return at
}
