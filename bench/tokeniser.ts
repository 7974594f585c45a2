/**
 * The fastest tokeniser of the percolation workload (its measure-tokenizer.mjs: rolling hash, table of known words, letters
 * compared), as a measure of the machine: it does the kind of work that matching does, and nobody tunes it. Returns what reads
 * the texts once and says how much slower than the reference machine that was, by processor time; 1 is equal.
 */
export function makeCalibration(texts: string[]): () => number {
  const table = makeTable(texts)
  return () => {
    const begun = process.cpuUsage()
    let words = 0
    for (const text of texts) words += read(text, table)
    if (words < texts.length) throw new Error('The texts of the calibration have no words')
    const { user, system } = process.cpuUsage(begun)
    return referencePostsPerSecond / (texts.length / ((user + system) / 1e6))
  }
}

// Where the wanted figures were set, while nothing else ran.
const referencePostsPerSecond = 462_000

type Table = { hashes: Int32Array; words: Int32Array; starts: Int32Array; letters: Uint16Array }

const slots = 2 ** 20
const found = new Int32Array(4096)

function makeTable(texts: string[]): Table {
  const all = [...new Set(texts.flatMap((text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []))]
  const hashes = new Int32Array(slots)
  const words = new Int32Array(slots).fill(-1)
  const starts = new Int32Array(all.length + 1)
  const letters = Uint16Array.from(all.join(''), (letter) => letter.charCodeAt(0))
  for (const [number, word] of all.entries()) {
    starts[number + 1] = starts[number]! + word.length
    let hash = seed
    for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), prime)
    hash ^= hash >>> 15
    let slot = hash & (slots - 1)
    while (words[slot] !== -1) slot = (slot + 1) & (slots - 1)
    hashes[slot] = hash
    words[slot] = number
  }
  return { hashes, words, starts, letters }
}

function read(text: string, { hashes, words, starts, letters }: Table): number {
  let count = 0
  let hash = seed
  let start = -1
  for (let i = 0; i <= text.length; i++) {
    const letter = i < text.length ? small[text.charCodeAt(i)]! : 0
    if (letter !== 0) {
      if (start < 0) start = i
      hash = Math.imul(hash ^ letter, prime)
      continue
    }
    if (start < 0) continue
    hash ^= hash >>> 15
    const length = i - start
    let slot = hash & (slots - 1)
    let word = words[slot]!
    while (word !== -1) {
      if (hashes[slot] === hash && starts[word + 1]! - starts[word]! === length) {
        let same = 0
        while (same < length && letters[starts[word]! + same] === small[text.charCodeAt(start + same)]) same++
        if (same === length) break
      }
      slot = (slot + 1) & (slots - 1)
      word = words[slot]!
    }
    found[count++ & 4095] = word
    hash = seed
    start = -1
  }
  return count
}

const seed = 0x811c9dc5 | 0
const prime = 0x01000193
const small = makeSmall()

function makeSmall(): Uint16Array {
  const table = new Uint16Array(65_536)
  for (let code = 0; code < 65_536; code++) {
    const character = String.fromCharCode(code)
    if (!/[\p{L}\p{N}]/u.test(character)) continue
    const lower = character.toLowerCase()
    if (lower.length === 1) table[code] = lower.charCodeAt(0)
  }
  return table
}
