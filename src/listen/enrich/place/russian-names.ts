import { join } from 'node:path'
import { readModel } from '../../../base/learn/model-file.ts'

/** What cities and regions of one country are called in Russian, by the names they are kept under. */
export type RussianNames = { cities: ReadonlyMap<string, string>; regions: ReadonlyMap<string, string> }

export const russianNamesFile = join(import.meta.dirname, '../../../../models/place-names.ru.model')

type Read = { byCountry: Map<string, RussianNames>; kept: Map<string, string[]> }

let loaded: Read | null = null

/** Names that are missing are not known for certain (docs/models/place-names.md): the kept name is shown then. */
export function russianNamesIn(country: string): RussianNames {
  return read().byCountry.get(country) ?? { cities: new Map(), regions: new Map() }
}

/** The names under which places are kept that are called so in Russian, in any country; none where nobody knows one. */
export function keptNames(field: 'city' | 'region', russian: string): readonly string[] {
  return read().kept.get(`${field} ${plain(russian)}`) ?? []
}

function read(): Read {
  if (loaded) return loaded
  const { lines } = readModel(russianNamesFile, 'place-names').arrays as { lines: Uint8Array }
  const byCountry: Read['byCountry'] = new Map()
  const kept: Read['kept'] = new Map()
  for (const line of new TextDecoder().decode(lines).split('\n')) {
    const [sort, country, name, russian] = line.split('\t') as [string, string, string, string]
    const known = byCountry.get(country) ?? { cities: new Map(), regions: new Map() }
    byCountry.set(country, known)
    const names = (sort === 'r' ? known.regions : known.cities) as Map<string, string>
    names.set(name, russian)
    const key = `${sort === 'r' ? 'region' : 'city'} ${plain(russian)}`
    kept.set(key, [...new Set([...(kept.get(key) ?? []), name])])
  }
  return (loaded = { byCountry, kept })
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('ё', 'е')
}
