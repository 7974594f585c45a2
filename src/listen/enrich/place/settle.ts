import type { Gazetteer, Known } from './gazetteer.ts'
import type { Manner, Mentioned } from './mentioned.ts'

export type Settled = { country: string; region: string | null; city: string | null }

/** What speaks for a name: a neighbour that agrees, a preposition or a tag, or nothing else. */
type Evidence = 'agreed' | 'led' | 'bare'

/**
 * The one place that a text names; null where it names none, or several that do not lie in each other. A city that could be
 * one of several is the one whose region or country stands beside it, or the one that is much larger than the others.
 */
export function settlePlace(found: Mentioned[], manner: Manner, gazetteer: Gazetteer): Settled | null {
  const meant: Meant[] = []
  for (let i = 0; i < found.length; i++) {
    const one = meantBy(found, i, manner)
    if (one) meant.push(one)
  }
  // Beside a place that is certain, the bare name of a small city is more likely another word: Central Pennsylvania.
  const certain = meant.filter(
    ({ place, evidence }) => evidence !== 'bare' || place.kind !== 'city' || place.population > 200_000,
  )
  const country = mostNamed(certain.length > 0 ? certain : meant, ({ place }) => place.country)
  if (country === null) return null
  const inCountry = meant.filter(({ place }) => place.country === country)
  const parts = inCountry.filter(({ place, sure }) => place.kind !== 'country' && sure)
  const region = mostNamed(parts, ({ place }) => place.admin1)
  const inRegion = parts.filter(({ place }) => place.admin1 === region)
  if (region === null) return { country, region: null, city: null }
  const cities = inRegion.filter(({ place }) => place.kind === 'city')
  const city = mostNamed(cities, ({ place }) => place.name)
  return { country, region: gazetteer.regionOf(inRegion[0]!.place), city }
}

type Meant = { place: Known; evidence: Evidence; /** Which of several of that name in the country. */ sure: boolean }

/** What most of them say, when at least two thirds do; null when nothing does. */
function mostNamed(meant: Meant[], of: (one: Meant) => string | null): string | null {
  const counts = new Map<string, number>()
  let all = 0
  for (const one of meant) {
    const key = of(one)
    if (key === null) continue
    counts.set(key, (counts.get(key) ?? 0) + 1)
    all++
  }
  for (const [key, count] of counts) if (count * 3 >= all * 2) return key
  return null
}

function meantBy(found: Mentioned[], at: number, manner: Manner): Meant | null {
  const mention = found[at]!
  const { name, capital, capitals, opens, led, doubted } = mention
  const { places } = name
  const agreeing = agreeingWith(found, at)
  const isAbbreviation = name.words.join('').length < 4 && /^[a-z]+$/.test(name.words[0]!)
  if (agreeing) return { place: agreeing, evidence: 'agreed', sure: true }
  if (isAbbreviation && !capitals && manner === 'prose') return null
  if (isAbbreviation && name.doubtful && !(capitals && manner === 'place')) return null
  const largest = places[0]!
  const country = places.find(({ kind }) => kind === 'country')
  const region = places.find(({ kind }) => kind === 'region')
  // A village in Brazil is called Colorado too.
  const chosen = country ?? (largest.population < 500_000 ? region : undefined) ?? largest
  if (manner === 'prose') {
    if (doubted && !led) return null
    if (!capital && !(led && !name.doubtful && (chosen.kind !== 'city' || largest.population >= 300_000))) return null
    if (name.doubtful && !(led && (chosen.kind !== 'city' || largest.population >= 100_000))) return null
    if (!led && chosen.kind === 'city' && largest.population < (opens ? 1_000_000 : 300_000)) return null
    if (chosen.kind === 'city' && largest.population < 10_000) return null
  }
  // Georgia is a country and a state: neither, unless something stands beside it.
  if (country && places.some((other) => other.kind === 'region' && other.country !== country.country)) return null
  const rival = places.find((other) => other !== chosen && other.country !== chosen.country && other.kind !== 'country')
  if (chosen.kind === 'city' && rival && !outweighs(chosen, rival)) return null
  const twin = places.find(
    (other) => other !== chosen && other.country === chosen.country && other.admin1 !== chosen.admin1,
  )
  // The end of a post is where channels ask to be followed: “subscribe to Moscow news”.
  const isLate = manner === 'prose' && !led && mention.from > 30
  const sure = chosen.kind !== 'city' || (!isLate && (!twin || outweighs(chosen, twin)))
  return { place: chosen, evidence: led ? 'led' : 'bare', sure }
}

function outweighs(place: Known, other: Known): boolean {
  return other.kind === 'region' ? place.population >= 500_000 : place.population >= 3 * other.population
}

/**
 * The place of that name that lies in the region or country named right after it (Odessa, Texas; в Суджу Курской области),
 * or before it with a comma between (Россия, Казань; not Россия Владимир …), or that contains a place which stands so.
 */
function agreeingWith(found: Mentioned[], at: number): Known | null {
  const mention = found[at]!
  const [before, after] = [found[at - 1], found[at + 1]]
  if (after && areBeside(mention, after)) {
    const inner = insideOf(mention, after)
    if (inner) return inner
    if (after.from === mention.to && after.start - mention.end >= 2) {
      const outer = outsideOf(mention, after)
      if (outer) return outer
    }
  }
  if (!before || !areBeside(before, mention)) return null
  if (mention.from === before.to && mention.start - before.end >= 2 && !mention.doubted) {
    const inner = insideOf(mention, before)
    if (inner) return inner
  }
  return outsideOf(mention, before)
}

function insideOf(mention: Mentioned, outer: Mentioned): Known | null {
  return mention.name.places.find((place) => outer.name.places.some((other) => liesIn(place, other))) ?? null
}

function outsideOf(mention: Mentioned, inner: Mentioned): Known | null {
  return mention.name.places.find((place) => inner.name.places.some((other) => liesIn(other, place))) ?? null
}

/** At most one word between them: Казань, Республика Татарстан. */
function areBeside(first: Mentioned, second: Mentioned): boolean {
  return second.from - first.to <= 1 && second.start - first.end <= 20
}

function liesIn(inner: Known, outer: Known): boolean {
  if (inner.country !== outer.country) return false
  if (outer.kind === 'country') return inner.kind !== 'country'
  return outer.kind === 'region' && inner.kind === 'city' && inner.admin1 === outer.admin1
}
