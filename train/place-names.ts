import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeModel } from '../src/base/learn/model-file.ts'
import { russianNamesFile } from '../src/listen/enrich/place/russian-names.ts'
import { regions } from './data/regions.ts'
import { readChannelPosts } from './data/telegram-ru.ts'
import { placeNamesCard } from './place-names-card.ts'
import { readCities } from './place.ts'
import { russianName } from './russian-name.ts'

/** Makes models/place-names.ru.model and docs/models/place-names.md: what cities and regions are called in Russian. */
export function train(): void {
  const named = new Map<string, string | null>()
  for (const { country, name, names } of regions) {
    const russian = names.find((one) => /^[А-ЯЁ][А-Яа-яЁё -]+$/.test(one) && !/[сц]ька/.test(one))
    if (russian !== undefined) named.set(['r', country, name].join('\t'), russian)
  }
  const uses = readUses()
  for (const city of readCities()) {
    const key = ['t', city.country, city.name].join('\t')
    const russian = russianName(city, uses)
    // Two cities of one country may be called the same in English and otherwise in Russian: then nobody knows which.
    if (named.has(key) && named.get(key) !== russian) named.set(key, null)
    else named.set(key, russian)
  }
  const lines = [...named].filter(([, russian]) => russian !== null).map(([key, russian]) => `${key}\t${russian}`)
  writeModel(
    russianNamesFile,
    { task: 'place-names', version: 1, source: 'GeoNames (CC BY 4.0), dictionary-ru (BSD)' },
    { lines: new TextEncoder().encode(lines.join('\n')) },
  )
  writeFileSync(
    join(import.meta.dirname, '../docs/models/place-names.md'),
    placeNamesCard(lines, statSync(russianNamesFile).size),
  )
}

function readUses(): Map<string, number> {
  const uses = new Map<string, number>()
  for (const { text } of readChannelPosts())
    for (const [name] of text.matchAll(/[А-ЯЁ][а-яё]+(?:-на-[А-ЯЁ][а-яё]+|[ -][А-ЯЁ][а-яё]+)*/g))
      uses.set(name, (uses.get(name) ?? 0) + 1)
  return uses
}
