/**
 * Places in the person's language. Mentions keep cities and regions under their English names, and so do filters.
 *   const nameOf = usePlaceNames([place.country])
 *   nameOf(place)   { city: 'Казань', region: 'Татарстан', country: 'Россия' }
 */
import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RussianNames } from '../../serve/api/shapes/topic.ts'
import { get } from '../api/client.ts'

type Place = { country: string | null; region?: string | null; city: string | null }
type Named = { country: string | null; region: string | null; city: string | null }

export function usePlaceNames(countries: readonly (string | null | undefined)[]): (place: Place) => Named {
  const { i18n } = useTranslation()
  const codes = i18n.language === 'ru' ? [...new Set(countries.filter((code) => code?.match(/^[A-Z]{2}$/)))] : []
  const answers = useQueries({
    queries: codes.map((code) => ({
      queryKey: ['places', code],
      queryFn: ({ signal }: { signal: AbortSignal }) => get<RussianNames>(`/places/${code}/russian`, { signal }),
      staleTime: Infinity,
    })),
  })
  return ({ country, region = null, city }) => {
    const known = answers[codes.indexOf(country)]?.data
    return {
      country: country === null ? null : countryName(i18n.language, country),
      region: region === null ? null : (known?.regions[region] ?? known?.cities[region] ?? region),
      city: city === null ? null : (known?.cities[city] ?? city),
    }
  }
}

export function countryName(language: string, code: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code
  } catch {
    // A platform may say “Laputa”.
    return code
  }
}
