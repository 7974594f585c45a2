import { analyse, type Analysis } from '../../base/text/analyse.ts'
import type { Place, Point, Post } from '../posts/post.ts'
import { flagOf } from './place/names-of-countries.ts'
import { gazetteer } from './place/gazetteer.ts'
import { homeOf } from './place/home.ts'
import { mentionedPlaces, type Manner } from './place/mentioned.ts'
import { settlePlace, type Settled } from './place/settle.ts'
import type { FoundPlace } from './understanding.ts'

/**
 * Where a post is from or about, by the first of platform, profile, text and language that tells; null where none does, or
 * where it could be several places. Parts that are not known, or could be one of several, are null; regions and cities have
 * the English names of GeoNames. `confidence`: the share of such answers whose country was right when they were checked by hand
 * (docs/models/place.md). `analysis` is that of the post.
 */
export function findPlace(post: Pick<Post, 'place' | 'author' | 'lang'>, analysis: Analysis): FoundPlace | null {
  return byPlatform(post.place) ?? byProfile(post.author?.bio ?? null) ?? byText(analysis) ?? byLanguage(post.lang)
}

function byPlatform(place: Place | null): FoundPlace | null {
  if (!place) return null
  const { country, region, city, point } = place
  const isCode = country !== null && /^[A-Z]{2}$/i.test(country)
  const told = [city, region, isCode ? flagOf(country) : country].filter((part) => part !== null)
  if (told.length === 0) return point ? byPoint(point) : null
  const settled = settle(analyse(told.join(', ').slice(0, longestProfile)), 'place')
  const code = isCode ? country.toUpperCase() : (settled?.country ?? null)
  const known = settled?.country === code ? settled : null
  // What the platform says stands, also where the gazetteer does not know it.
  if (code === null && country === null && region === null) return null
  return {
    country: code,
    region: known?.region ?? region,
    city: known?.city ?? (region === null && country === null ? null : city),
    from: 'platform',
    confidence: rightBy.platform,
  }
}

function byPoint({ latitude, longitude }: Point): FoundPlace | null {
  const city = gazetteer().near(latitude, longitude)
  return (
    city && {
      country: city.country,
      region: gazetteer().regionOf(city),
      city: city.name,
      from: 'platform',
      confidence: rightBy.platform,
    }
  )
}

function byProfile(bio: string | null): FoundPlace | null {
  if (!bio) return null
  const point = /(-?\d{1,2}\.\d{3,}), ?(-?\d{1,3}\.\d{3,})/.exec(bio)
  const there = point && byPoint({ latitude: Number(point[1]), longitude: Number(point[2]) })
  if (there) return { ...there, from: 'profile', confidence: rightBy.profile }
  const analysis = analyse(bio.slice(0, longestProfile))
  const settled = settle(analysis, mannerOf(analysis, 8))
  return settled && { ...settled, from: 'profile', confidence: rightBy.profile }
}

function byText(analysis: Analysis): FoundPlace | null {
  const settled = settle(analysis, mannerOf(analysis, 4))
  return settled && { ...settled, from: 'text', confidence: rightBy.text }
}

function byLanguage(lang: string | null): FoundPlace | null {
  const country = lang === null ? null : homeOf(lang)
  return country === null ? null : { country, region: null, city: null, from: 'language', confidence: rightBy.language }
}

function settle(analysis: Analysis, manner: Manner): Settled | null {
  const found = mentionedPlaces(analysis, gazetteer(), manner)
  return found.length === 0 ? null : settlePlace(found, manner, gazetteer())
}

/** A text of a few words may be nothing but a place; longer ones are sentences. */
function mannerOf({ positions }: Analysis, words: number): Manner {
  return (positions.at(-1) ?? 0) < words ? 'place' : 'prose'
}

const longestProfile = 300

// Measured (docs/models/place.md); what a platform says is not ours to doubt, and nobody has checked the language.
const rightBy = { platform: 0.99, profile: 0.97, text: 0.93, language: 0.7 }
