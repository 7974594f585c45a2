import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../src/config.ts'
import { readRows } from './read-rows.ts'
import { readChannelPosts } from './telegram-ru.ts'

/** A text and the one place it tells of, labelled by hand; `-` where it names none, or several (docs/models/place.md). */
export type LabelledPlace = { set: string; lang: string; text: string; country: string; city: string }

/** Throws when the data has changed since it was labelled. */
export function readPlaceLabels(): LabelledPlace[] {
  const posts = readChannelPosts()
  const tweets = readRows<'text'>('crisislex/t26.labeled.tsv.gz')
  return readFileSync(join(import.meta.dirname, '../labels/place.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [set = '', row, hash, country = '', city = ''] = line.split('\t')
      // Rows of tables are counted with their head.
      const text = set === 'telegram-ru' ? posts[Number(row) - 1]!.text : tweets[Number(row) - 2]!.text
      if (createHash('sha256').update(text).digest('hex').slice(0, 16) !== hash)
        throw new Error(`Row ${row} of ${set} is not the text that was labelled`)
      return { set, lang: set === 'telegram-ru' ? 'ru' : 'en', text, country, city }
    })
}

/** Profile strings with their countries, several joined by |, - for none. */
export function readProfiles(): { text: string; countries: string[]; kind: string }[] {
  const file = join(readConfig(process.env).labelledData, 'location/profile_location.train.tsv')
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([, countries = '', kind = '', text = '']) => ({ text, countries: countries.split('|'), kind }))
}
