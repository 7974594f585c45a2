import { join } from 'node:path'
import { readModel } from '../../../base/learn/model-file.ts'
import { hashOf, spread } from '../../../base/text/hash.ts'
import { NumberPerWord, type Word } from '../../../base/text/word.ts'

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
 * countries by `npm run train -- place`.
 */
export class Gazetteer {
  /** By the word of a name, or by its first two. */
  readonly #names = new Map<string, Name[]>()
  /** First words of names of several words. */
  readonly #openings = new Set<string>()
  readonly #wordsOfStem = new Map<string, string[]>()
  readonly #regions = new Map<string, string>()
  readonly #marked = new Uint8Array(marks / 8)
  readonly #known = new NumberPerWord((word) => this.#numberOf(this.#find(word)))
  /** Those behind words that were met; the first one is that of most words. */
  readonly #behind: (readonly NameWord[])[] = [[]]
  readonly #numbers = new Map([['', 0]])
  /** Those that were met. */
  readonly #words = new Map<string, NameWord>()

  constructor(lines: Iterable<string>) {
    for (const line of lines) {
      const [sort, ...cells] = line.split('\t')
      if (sort === 's') {
        this.#wordsOfStem.set(cells[0]!, cells[1]!.split('|'))
        this.#mark(cells[0]!)
      } else this.#add(sort!, cells)
    }
    for (const names of this.#names.values()) {
      // The longest name that fits is meant: Nizhny Novgorod, not Novgorod.
      names.sort((a, b) => b.words.length - a.words.length)
      for (const name of names) name.places.sort((a, b) => b.population - a.population)
    }
  }

  /** Words of names that the word of this number (`numberOfWord`) may be a form of. */
  wordsBehind(number: number): readonly NameWord[] {
    return this.#behind[this.#known.of(number)]!
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
    let found = (this.#mayHave(folded) ? this.#itself.get(folded) : undefined) ?? nothing
    // Latin names have no forms.
    if (folded.charCodeAt(0) >= 0x400)
      for (const stem of stems) {
        const behind = this.#mayHave(stem) ? this.#wordsOfStem.get(stem) : undefined
        if (behind) found = found === nothing ? behind : [...found, ...behind]
      }
    return found
  }

  #wordOf(written: string): NameWord {
    let word = this.#words.get(written)
    if (!word) {
      const name = this.#names.get(written)?.[0] ?? null
      this.#words.set(written, (word = { written, name, opens: this.#openings.has(written) }))
    }
    return word
  }

  // Most words are in no name, and the maps are large: a look at one bit spares the way to memory.
  #mayHave(key: string): boolean {
    const bit = spread(hashOf(key), marks)
    return (this.#marked[bit >>> 3]! & (1 << (bit & 7))) !== 0
  }

  #mark(key: string): void {
    const bit = spread(hashOf(key), marks)
    this.#marked[bit >>> 3]! |= 1 << (bit & 7)
  }

  /** Names of several words that begin with these two, longest first. */
  namesFrom(first: string, second: string): readonly Name[] {
    return this.#names.get(`${first} ${second}`) ?? noNames
  }

  /** Null where the regions of the country are not known. */
  regionOf({ country, admin1 }: Known): string | null {
    return admin1 === null ? null : (this.#regions.get(`${country} ${admin1}`) ?? null)
  }

  /** The largest city within about 30 km; null at sea, in the desert and in small villages. */
  near(latitude: number, longitude: number): Known | null {
    const wide = Math.max(0.1, Math.cos((latitude * Math.PI) / 180))
    let best: Known | null = null
    for (let row = Math.floor(latitude - reach); row <= Math.floor(latitude + reach); row++) {
      for (
        let column = Math.floor(longitude - reach / wide);
        column <= Math.floor(longitude + reach / wide);
        column++
      ) {
        for (const city of this.#map.get(`${row} ${column}`) ?? []) {
          const distance = Math.hypot(city.latitude - latitude, (city.longitude - longitude) * wide)
          if (distance <= reach && city.place.population > (best?.population ?? 0)) best = city.place
        }
      }
    }
    return best
  }

  // By whole degrees.
  readonly #map = new Map<string, { latitude: number; longitude: number; place: Known }[]>()

  #putOnMap(place: Known, point: string): void {
    const [latitude = 0, longitude = 0] = point.split(',').map(Number)
    const key = `${Math.floor(latitude)} ${Math.floor(longitude)}`
    const cities = this.#map.get(key) ?? []
    this.#map.set(key, cities)
    cities.push({ latitude, longitude, place })
  }

  /** Every word of a name, by itself, in a list of one. */
  readonly #itself = new Map<string, readonly string[]>()

  #add(sort: string, [country, admin1, population, name, point, written]: string[]): void {
    const kind = kinds[sort as keyof typeof kinds]
    const place: Known = {
      kind,
      country: country!,
      admin1: admin1 === '' ? null : admin1!,
      name: name!,
      population: Number(population),
    }
    if (point !== '') this.#putOnMap(place, point!)
    if (kind === 'region') this.#regions.set(`${country} ${admin1}`, name!)
    for (const one of written!.split('|')) {
      if (one === '') continue
      const doubtful = one.startsWith('?')
      const words = (doubtful ? one.slice(1) : one).split(' ')
      const key = words.slice(0, 2).join(' ')
      if (words.length > 1) this.#openings.add(words[0]!)
      const names = this.#names.get(key) ?? []
      this.#names.set(key, names)
      for (const word of words) {
        if (!this.#itself.has(word)) this.#itself.set(word, [word])
        this.#mark(word)
      }
      const same = names.find(
        (known) => known.words.length === words.length && known.words.every((w, i) => w === words[i]),
      )
      if (!same) names.push({ words, places: [place], doubtful })
      else {
        same.places.push(place)
        same.doubtful ||= doubtful
      }
    }
  }
}

const kinds = { c: 'country', r: 'region', t: 'city' } as const
const marks = 2 ** 21
const nothing: readonly string[] = []
const noNames: readonly Name[] = []
// Degrees of latitude.
const reach = 0.27

export const gazetteerFile = join(import.meta.dirname, '../../../../models/place.all.model')

let loaded: Gazetteer | null = null

/** The shipped one, read when it is first needed. */
export function gazetteer(): Gazetteer {
  if (loaded) return loaded
  const { lines } = readModel(gazetteerFile, 'place').arrays as { lines: Uint8Array }
  loaded = new Gazetteer(new TextDecoder().decode(lines).trimEnd().split('\n'))
  return loaded
}
