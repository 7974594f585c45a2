import { readFileSync } from 'node:fs'
import type { City } from './place.ts'
import { russianPlaces } from './data/russian-places.ts'

/** How often posts write a name with a capital. */
export type Uses = ReadonlyMap<string, number>

/**
 * What a city is called in Russian; null where that is not sure. GeoNames lists names without their languages, so of those in
 * Russian letters the likeliest counts: what the Russian dictionary or Russian posts know, what agrees with the Latin name, what
 * no other language would write. Two that are nearly as likely are no answer.
 */
export function russianName(city: City, uses: Uses): string | null {
  const told = russianPlaces.get(`${city.country} ${city.name}`)
  if (told !== undefined) return told
  const names = [...new Set(city.alternates)].filter(isRussian)
  const isKnown = names.some((name) => dictionary().names.has(name))
  const [best, next] = names
    .map((name) => judge(city, name, isKnown ? none : uses))
    .sort((one, other) => other.score - one.score)
  if (!best?.enough) return null
  return next && best.score - next.score < 0.25 && plain(best.name) !== plain(next.name) ? null : best.name
}

type Judged = { name: string; score: number; enough: boolean }

function judge({ country, name: latin, ascii, alternates, population }: City, name: string, uses: Uses): Judged {
  const own = latin.replace(/^Horad /, '')
  const far = difference(name, own)
  const isNear = inRussian.has(country)
  const isAlike = isNear
    ? far <= 0.6
    : isLikeOne(name, [own, ascii], 0.25) || isLikeOne(name, latinOf(alternates), 0.13)
  const { names, words } = dictionary()
  const isName = names.has(name) && parts(name) === parts(own) && isAlike && (isNear || !words.has(name.toLowerCase()))
  const used = isAlike ? (uses.get(name) ?? 0) : 0
  const isExact = inLatin(name) === fold(own).replaceAll('q', 'k').replaceAll('gh', 'g')
  let score = (isName ? 3 : 0) + Math.min(2, Math.log10(1 + used)) - far
  // What Ukrainian, Serbian, Bulgarian and Tatar have no letter for, or leave out.
  if (/[ыэ]/i.test(name)) score += 0.5
  if (/ь(?:$|-)/.test(name)) score += 0.6
  if (/ё/i.test(name)) score += /ë|yo/i.test(latin) ? 0.1 : -0.1
  if (name.includes('-')) score += 0.1
  if (/[ -][а-яё]+$/.test(name)) score -= 0.5
  // GeoNames writes cities of Russia and Kazakhstan after their Russian or official names, of Ukraine and Belarus after their own.
  if (country === 'RU' || country === 'KZ') score += isExact ? 4 : 0
  else if (isNear && !isName) score -= nationalSigns(country, name, own, isExact)
  if (country === 'UA' || country === 'BY') return { name, score, enough: far <= 0.7 && score >= -1 }
  if (isNear) return { name, score, enough: far <= 0.7 }
  return { name, score, enough: population >= 100_000 && (isName || used >= 3) }
}

/** What speaks for the name being Ukrainian or Belarusian, though all of its letters are Russian. */
function nationalSigns(country: string, name: string, latin: string, isExact: boolean): number {
  let signs = /[чж]ы|шы/i.test(name) ? 2 : 0
  // Belarusian writes the unstressed o as it is spoken.
  if (country === 'BY') return signs + (/а.*а/i.test(name) && difference(name, latin) < 0.2 ? 3 : 0)
  if (isExact) signs += 1
  const [, end = ''] = /(.)$/.exec(latin) ?? []
  if (end in endings && !endings[end]!.test(name)) signs += 0.8
  const isSpelledAlike = ukrainian(name) === latin.toLowerCase().replace(/[' -]/g, '')
  if (isSpelledAlike && /[иег]/i.test(name)) signs += 2
  if (/^(?:Стара|Нова|Била|Мала|Велика) |^Пивд|^Крывы/.test(name)) signs += 3
  if (/(?:ове|еве|ине|ське|ске|[^о]не|ив|ивка|[^сы]кий)$|[лнрвб]ець$/.test(name)) signs += 1
  return signs
}

const endings: { [latin: string]: RegExp } = { a: /[ая]$/, y: /[ыий]$/, i: /[ыий]$/, e: /[оеё]$/ }
const inRussian = new Set(['RU', 'UA', 'KZ', 'BY'])
const none: Uses = new Map()

// A hard sign stands in Russian before few letters, and other languages soften where Russian does not.
const foreign = /ъ(?![еёюя])|[нсцз]ьк|(?<!^|-)йо|шч|дз[ьяею]|[жчр]э|[аяу]э|[а-яё]['’]/iu

function isRussian(name: string): boolean {
  return /^[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁа-яё][а-яё]*)*$/.test(name) && !foreign.test(name)
}

const letters: { [letter: string]: string } = Object.fromEntries(
  'а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
)

function inLatin(name: string): string {
  return fold([...name.toLowerCase()].map((letter) => letters[letter] ?? letter).join(''))
}

function ukrainian(name: string): string {
  const own: { [letter: string]: string } = { ...letters, и: 'y', г: 'h' }
  return [...name.toLowerCase()].map((letter) => own[letter] ?? '').join('')
}

/** Latin spellings of one Russian name come out the same. */
function fold(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’ʼ -]/g, '')
    .replace(/y[oe]/g, 'e')
    .replace(/([iy])y/g, '$1')
    .replaceAll('y', 'i')
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('ё', 'е')
}

function parts(name: string): number {
  return name.split(/[ -]/).length
}

function latinOf(alternates: string[]): string[] {
  return alternates.filter((name) => /^[\p{Script=Latin} '’-]+$/u.test(name))
}

function isLikeOne(name: string, others: string[], most: number): boolean {
  return others.some((other) => difference(name, other) <= most)
}

/** Letters that differ, of the longer one: 0 is the same, 1 has nothing in common. */
function difference(name: string, latin: string): number {
  const [one, other] = [inLatin(name), fold(latin)]
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1))
    row = next
  }
  return row[other.length]! / Math.max(one.length, other.length)
}

let read: { names: Set<string>; words: Set<string> } | null = null

/** Names and other words of the Russian spelling dictionary. */
function dictionary(): { names: ReadonlySet<string>; words: ReadonlySet<string> } {
  if (read) return read
  const all = readFileSync(new URL('index.dic', import.meta.resolve('dictionary-ru')), 'utf8')
    .split('\n')
    .map((line) => line.split('/')[0]!)
  return (read = {
    names: new Set(all.filter((word) => /^[А-ЯЁ]/.test(word))),
    words: new Set(all.filter((word) => /^[а-яё]/.test(word))),
  })
}
