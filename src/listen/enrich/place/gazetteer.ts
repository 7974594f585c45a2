import { join } from 'node:path'
import { readModel } from '../../../base/learn/model-file.ts'
import { NumberPerWord, type Word } from '../../../base/text/word.ts'
import { aName, anOpening, aStem, aWord, TextIndex } from './text-index.ts'

/** A country, a region or a city. */
export type Known = {
  kind: 'country' | 'region' | 'city'
  /** ISO 3166-1 alpha-2. */
  country: string
  /** GeoNames admin1 code; null for a country. */
  admin1: string | null
  /** As Heed shows it: the English name of GeoNames. */
  name: string
  /** 0 where it is not known. */
  population: number
}

/** One way to write a place or several places, in words. */
export type Name = {
  words: string[]
  /** Largest first. */
  places: Known[]
  /**
   * 0: written with a capital it is nearly always a place. 1: people write it in small letters too, or it is seldom found
   * behind “in” or “from” (a person's name, a club, a company), so it needs evidence.
   */
  doubtful: boolean
}

/** A word of names; `name`: the one that is this word alone. `opens`: names of several words begin with it. */
export type NameWord = { written: string; name: Name | null; opens: boolean }

/**
 * Names of places by their words, in any form that the analyser knows. Derived from GeoNames and the runtime's names of
 * countries by `npm run train -- place`. Of its many lines few are ever asked for, so each is read when it is.
 */
export class Gazetteer {
  readonly #text: string
  readonly #index: TextIndex
  readonly #regions = new Map<string, string>()
  readonly #known = new NumberPerWord((word) => this.#numberOf(this.#find(word)))
  /** Those behind words that were met; the first one is that of most words. */
  readonly #behind: (readonly NameWord[])[] = [[]]
  readonly #numbers = new Map([['', 0]])
  // Those that were asked for: words, names by the word of a name or by its first two, and places by where their line begins.
  readonly #words = new Map<string, NameWord>()
  readonly #names = new Map<string, readonly Name[]>()
  readonly #places = new Map<number, Known>()
  #map: Map<string, Point[]> | null = null

  /** `text`: the lines of the file. */
  constructor(text: string) {
    this.#text = text
    this.#index = new TextIndex(text)
    for (const line of this.#lines()) {
      if (text[line] === 's') {
        const from = this.#cell(line, 1)
        this.#index.put(aStem, from, text.indexOf('\t', from))
      } else this.#putNames(this.#cell(line, 6), endOfLine(text, line))
      if (text[line] === 'r') {
        const { country, admin1, name } = this.#placeAt(line)
        this.#regions.set(`${country} ${admin1}`, name)
      }
    }
  }

  /** Words of names that the word of this number (`numberOfWord`) may be a form of. */
  wordsBehind(number: number): readonly NameWord[] {
    return this.#behind[this.#known.of(number)]!
  }

  /** Names of several words that begin with these two, longest first. */
  namesFrom(first: string, second: string): readonly Name[] {
    return this.#namesBy(`${first} ${second}`)
  }

  /** Null where the regions of the country are not known. */
  regionOf({ country, admin1 }: Known): string | null {
    return admin1 === null ? null : (this.#regions.get(`${country} ${admin1}`) ?? null)
  }

  /** The largest city within about 30 km; null at sea, in the desert and in small villages. */
  near(latitude: number, longitude: number): Known | null {
    const map = (this.#map ??= this.#drawMap())
    const wide = Math.max(0.1, Math.cos((latitude * Math.PI) / 180))
    let best: Known | null = null
    for (let row = Math.floor(latitude - reach); row <= Math.floor(latitude + reach); row++) {
      for (
        let column = Math.floor(longitude - reach / wide);
        column <= Math.floor(longitude + reach / wide);
        column++
      ) {
        for (const city of map.get(`${row} ${column}`) ?? []) {
          const distance = Math.hypot(city.latitude - latitude, (city.longitude - longitude) * wide)
          if (distance > reach) continue
          const place = this.#placeAt(city.line)
          if (place.population > (best?.population ?? 0)) best = place
        }
      }
    }
    return best
  }

  #numberOf(found: readonly string[]): number {
    const key = found.join(' ')
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.#behind.push(found.map((written) => this.#wordOf(written))) - 1
      this.#numbers.set(key, number)
    }
    return number
  }

  #find({ folded, stems }: Word): readonly string[] {
    const found = this.#index.find(aWord, folded).length > 0 ? [folded] : []
    // Latin names have no forms.
    if (folded.charCodeAt(0) >= 0x400)
      for (const stem of stems)
        for (const at of this.#index.find(aStem, stem))
          found.push(...this.#text.slice(at + stem.length + 1, endOfLine(this.#text, at)).split('|'))
    return found
  }

  #wordOf(written: string): NameWord {
    let word = this.#words.get(written)
    if (!word) {
      const opens = this.#index.find(anOpening, written).length > 0
      this.#words.set(written, (word = { written, name: this.#namesBy(written)[0] ?? null, opens }))
    }
    return word
  }

  #namesBy(key: string): readonly Name[] {
    const known = this.#names.get(key)
    if (known) return known
    const names = this.#readNames(key)
    // Any two words may stand side by side, and most are no name.
    if (names.length > 0) this.#names.set(key, names)
    return names
  }

  #readNames(key: string): readonly Name[] {
    const text = this.#text
    const names: Name[] = []
    for (const at of this.#index.find(aName, key)) {
      const words = text.slice(at, endOfName(text, at)).split(' ')
      const place = this.#placeAt(text.lastIndexOf('\n', at) + 1)
      const doubtful = text[at - 1] === '?'
      const same = names.find((known) => known.words.join(' ') === words.join(' '))
      if (!same) names.push({ words, places: [place], doubtful })
      else {
        same.places.push(place)
        same.doubtful ||= doubtful
      }
    }
    // The longest name that fits is meant: Nizhny Novgorod, not Novgorod.
    names.sort((a, b) => b.words.length - a.words.length)
    for (const name of names) name.places.sort((a, b) => b.population - a.population)
    return names
  }

  #placeAt(line: number): Known {
    let place = this.#places.get(line)
    if (!place) {
      const [sort, country, admin1, population, name] = this.#text.slice(line, this.#cell(line, 5)).split('\t')
      const kind = kinds[sort as keyof typeof kinds]
      place = { kind, country: country!, admin1: admin1 || null, name: name!, population: Number(population) }
      this.#places.set(line, place)
    }
    return place
  }

  /** By whole degrees. */
  #drawMap(): Map<string, Point[]> {
    const map = new Map<string, Point[]>()
    for (const line of this.#lines()) {
      if (this.#text[line] === 's') continue
      const point = this.#text.slice(this.#cell(line, 5), this.#cell(line, 6) - 1)
      if (point === '') continue
      const [latitude = 0, longitude = 0] = point.split(',').map(Number)
      const key = `${Math.floor(latitude)} ${Math.floor(longitude)}`
      const cities = map.get(key) ?? []
      map.set(key, cities)
      cities.push({ latitude, longitude, line })
    }
    return map
  }

  /** Names stand one behind the other, a doubtful one behind a question mark. */
  #putNames(from: number, to: number): void {
    const text = this.#text
    for (let at = from; at < to;) {
      const begin = text[at] === '?' ? at + 1 : at
      const end = endOfName(text, begin)
      let words = 0
      let keyEnd = end
      for (let word = begin, i = begin; i <= end; i++) {
        if (i < end && text.charCodeAt(i) !== space) continue
        if (i > word) this.#index.putOnce(aWord, word, i)
        if (words === 0 && i < end) this.#index.putOnce(anOpening, begin, i)
        if (++words === 2) keyEnd = i
        word = i + 1
      }
      if (end > begin) this.#index.put(aName, begin, keyEnd)
      at = end + 1
    }
  }

  /** Where each line begins. */
  *#lines(): Iterable<number> {
    for (let at = 0; at < this.#text.length; at = endOfLine(this.#text, at) + 1) yield at
  }

  /** Where a cell of the line begins. */
  #cell(line: number, cell: number): number {
    let at = line
    for (let i = 0; i < cell; i++) at = this.#text.indexOf('\t', at) + 1
    return at
  }
}

type Point = { latitude: number; longitude: number; line: number }

const kinds = { c: 'country', r: 'region', t: 'city' } as const
const space = 32
// Degrees of latitude.
const reach = 0.27

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function endOfName(text: string, at: number): number {
  let end = at
  while (end < text.length && text[end] !== '|' && text[end] !== '\n') end++
  return end
}

export const gazetteerFile = join(import.meta.dirname, '../../../../models/place.all.model')

let loaded: Gazetteer | null = null

/** The shipped one, read when it is first needed. */
export function gazetteer(): Gazetteer {
  if (loaded) return loaded
  const { lines } = readModel(gazetteerFile, 'place').arrays as { lines: Uint8Array }
  loaded = new Gazetteer(new TextDecoder().decode(lines).trimEnd())
  return loaded
}
