import { accuracy, confusionOf, macro } from '../src/base/learn/scores.ts'
import { analyse } from '../src/base/text/analyse.ts'
import { findAspects, polarityAt } from '../src/listen/enrich/aspects.ts'
import type { Aspect } from '../src/listen/enrich/aspects/taxonomy.ts'
import { readAspectTerms, readLaptopSentences } from './data/absa.ts'
import { readHandLabels } from './data/hand-labels.ts'
import { table } from './figures.ts'
import { percent } from './wilson.ts'

const polarities = ['negative', 'neutral', 'positive']

/** How well aspects and their polarity are found, as Markdown. */
export function measureAspects(): string {
  return [
    '## Polarity of given aspects, English',
    'The place of the aspect is given (its first word); three classes.',
    table([
      ['set', 'aspects', 'accuracy, %', 'macro F1', 'right of those called praise or blame that are one of them, %'],
      ...(['mams.train', 'mams.val', 'television.train', 'tshirt.train'] as const).map(measurePolarity),
    ]),
    '## Aspects found',
    'Precision, recall and F1 of the aspects of a text, and how often the polarity of those found was right.',
    table([
      ['texts', 'number', 'precision, %', 'recall, %', 'F1', 'polarity right, %'],
      measureFound('laptop sentences, en', laptopTruth()),
      measureFound('telecom and bank posts, ru, development part', russianTruth('dev')),
      measureFound('telecom and bank posts, ru, test part', russianTruth('test')),
    ]),
  ].join('\n\n')
}

function measurePolarity(set: Parameters<typeof readAspectTerms>[0]): (string | number)[] {
  const truth: number[] = []
  const answers: number[] = []
  for (const { text, at, polarity } of readAspectTerms(set)) {
    const found = polarityAt({ lang: 'en' }, analyse(text, { lang: 'en' }), at)
    truth.push(polarities.indexOf(polarity))
    answers.push(polarities.indexOf(found ?? 'neutral'))
  }
  const confusion = confusionOf(truth, answers, 3)
  const judged = [...truth.keys()].filter((i) => truth[i] !== 1 && answers[i] !== 1)
  return [
    set,
    truth.length,
    percent(accuracy(confusion) * truth.length, truth.length),
    (macro(confusion, 'f1') * 100).toFixed(1),
    percent(judged.filter((i) => truth[i] === answers[i]).length, judged.length),
  ]
}

type Truth = { lang: string; text: string; aspects: Map<string, string> }

function measureFound(name: string, truth: Truth[]): (string | number)[] {
  let [both, wrong, missed, right] = [0, 0, 0, 0]
  for (const { lang, text, aspects } of truth) {
    const found = new Map<string, string>()
    for (const { aspect, polarity } of findAspects({ lang }, analyse(text, { lang })))
      if (!found.has(aspect) || found.get(aspect) === 'neutral') found.set(aspect, polarity)
    for (const [aspect, polarity] of found) {
      if (!aspects.has(aspect)) wrong++
      else {
        both++
        if (aspects.get(aspect) === polarity) right++
      }
    }
    for (const aspect of aspects.keys()) if (!found.has(aspect)) missed++
  }
  const f1 = ((2 * both) / (2 * both + wrong + missed)) * 100
  return [
    name,
    truth.length,
    percent(both, both + wrong),
    percent(both, both + missed),
    f1.toFixed(1),
    percent(right, both),
  ]
}

function russianTruth(split: string): Truth[] {
  return readHandLabels('aspects-ru.tsv')
    .filter(({ label }) => label['split'] === split)
    .map(({ label, row }) => ({
      lang: 'ru',
      text: row['text']!,
      aspects: new Map(
        label['aspects']!.split(' ').flatMap((one) => {
          const [aspect, polarity] = one.split(':')
          return aspect && polarity ? [[aspect, polarity] as const] : []
        }),
      ),
    }))
}

function laptopTruth(): Truth[] {
  return readLaptopSentences().map(({ text, labels }) => {
    const aspects = new Map<string, string>()
    for (const { category, polarity } of labels) {
      const [entity = '', attribute = ''] = category.split('#')
      const aspect = entities[entity] ?? attributes[attribute]
      if (aspect) aspects.set(aspect, polarity)
    }
    return { lang: 'en', text, aspects }
  })
}

/** Theirs as ours; a laptop or a company is judged by its attribute, and as a whole it is none of our aspects. */
const entities: { [entity: string]: Aspect } = {
  DISPLAY: 'screen',
  GRAPHICS: 'performance',
  BATTERY: 'battery',
  POWER_SUPPLY: 'battery',
  KEYBOARD: 'keyboard',
  MOUSE: 'keyboard',
  MULTIMEDIA_DEVICES: 'sound',
  SUPPORT: 'support',
  SHIPPING: 'delivery',
  WARRANTY: 'returns',
  PORTS: 'connection',
  OS: 'performance',
  SOFTWARE: 'performance',
  MEMORY: 'performance',
  CPU: 'performance',
  HARD_DISC: 'performance',
  MOTHERBOARD: 'performance',
  HARDWARE: 'performance',
  'FANS&COOLING': 'performance',
  OPTICAL_DRIVES: 'performance',
}
const attributes: { [attribute: string]: Aspect } = {
  PRICE: 'price',
  QUALITY: 'quality',
  DESIGN_FEATURES: 'design',
  OPERATION_PERFORMANCE: 'performance',
  USABILITY: 'comfort',
  PORTABILITY: 'size',
  CONNECTIVITY: 'connection',
}
