import { Bag, families as allFamilies, type FamilyWeights } from '../src/base/learn/bag.ts'
import { learnLinear } from '../src/base/learn/linear.ts'
import { writeModel } from '../src/base/learn/model-file.ts'
import { Rows } from '../src/base/learn/rows.ts'
import { analyse } from '../src/base/text/analyse.ts'
import { opinionBits, opinionModelPath, placesOf } from '../src/listen/enrich/aspects/opinions.ts'
import { reach } from '../src/listen/enrich/aspects/read-clauses.ts'
import { aspectReaderOf } from '../src/listen/enrich/aspects/tables.ts'
import { mostUnits, plain, Units } from '../src/listen/enrich/stage/units.ts'
import { measureAspects } from './aspects-figures.ts'
import { readBrighter } from './data/brighter.ts'
import { readKazsandraEven } from './data/kazsandra.ts'
import { readSemevalTweets } from './data/semeval2017.ts'
import { readSentirueval } from './data/sentirueval.ts'
import { readUmsab } from './data/umsab.ts'
import { writeFigures } from './figures.ts'

/**
 * What words say of the thing they stand beside, learnt from texts whose tone is known: the weight of a word for praise less
 * its weight for blame, each against all other texts, so that the names of what people quarrel about say nothing.
 */
export function train(): void {
  const rows = new Rows(opinionBits, families)
  const labels: string[] = []
  for (const { lang, label, text } of texts()) {
    rows.add(bagOf(lang, text))
    labels.push(label)
  }
  const model = learnLinear(
    {
      rows,
      chosen: Int32Array.from(labels.keys()),
      classes: classes.length,
      isOf: (row, label) => labels[row] === classes[label],
    },
    { cost: 0.5, bayes: { added: 1, mix: 0.7 }, seed: 1 },
  )
  const weights = Float32Array.from(
    { length: 2 ** opinionBits },
    (_, place) => (model.weights[2 * place]! - model.weights[2 * place + 1]!) / 2,
  )
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  const step = largest / 127
  writeModel(
    opinionModelPath,
    { task: 'aspects', version: 1, texts: labels.length, step },
    { weights: Int8Array.from(weights, (weight) => Math.round(weight / step)) },
  )
  writeFigures('aspects', measureAspects())
}

const classes = ['positive', 'negative']
const families: FamilyWeights = { words: 1, pairs: 0, pieces: 0, signs: 0 }

function* texts(): Generator<{ lang: string; label: string; text: string }> {
  for (const { label, text } of readSemevalTweets()) yield { lang: 'en', label, text }
  for (const { label, text } of readSentirueval()) yield { lang: 'ru', label, text }
  for (const { lang, label, text } of readUmsab()) if (lang === 'it' || lang === 'en') yield { lang, label, text }
  for (const { label, text } of readKazsandraEven()) {
    yield { lang: 'kk', label, text }
    // Half of the reviews are Russian or mixed.
    yield { lang: 'ru', label, text }
  }
  for (const { lang, text, joy, anger, fear, sadness, surprise } of readBrighter()) {
    const bad = anger || fear || sadness
    if (lang !== 'uk' && lang !== 'ru') continue
    if (joy !== bad) yield { lang, label: joy ? 'positive' : 'negative', text }
    else if (!surprise && !joy) yield { lang, label: 'neutral', text }
  }
}

const units = new Units()
const bag = new Bag()
const nobody = new Uint8Array(mostUnits)
const negated = new Uint8Array(mostUnits)

function bagOf(lang: string, text: string): Bag {
  const { cues, meanings } = aspectReaderOf(lang)!
  units.read(analyse(text, { lang }))
  negated.fill(0)
  cues.find(units, nobody, (owner, from) => {
    if (meanings[owner]!.kind === 'negation') negated.fill(1, from + 1, from + 1 + reach)
  })
  bag.clear()
  for (let unit = 0; unit < units.count; unit++) {
    if (units.kinds[unit] !== plain) continue
    const places = placesOf(units.words[unit]!)
    // A row takes the upper bits of a hash.
    bag.add((negated[unit] === 1 ? places.negated : places.plain) << (32 - opinionBits))
  }
  allFamilies.forEach((_, family) => bag.endFamily(family))
  return bag
}
