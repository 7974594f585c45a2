import { accuracy, confusionOf, macro } from '../src/base/learn/scores.ts'
import { analysePost } from '../src/base/text/analyse.ts'
import { findSentiment, type Sentiment } from '../src/listen/enrich/sentiment.ts'
import { tonalities } from '../src/listen/enrich/sentiment/model.ts'
import { underStars } from '../src/listen/enrich/sentiment/stars.ts'
import { readSampleWorld, type SamplePost } from './data/sample-world.ts'
import { percent, table } from './figures.ts'

type Judged = { post: SamplePost; found: Sentiment }

/** What Heed says of the invented posts that come with it, a domain that the models have never seen; reviews have stars. */
export function sampleFigures(): string {
  const judged = readSampleWorld().flatMap((post): Judged[] => {
    const found = underStars(findSentiment(analysePost(post), post.lang), post.rating)
    return found ? [{ post, found }] : []
  })
  const byLang = [...Map.groupBy(judged, ({ post }) => post.lang)].sort(([, a], [, b]) => b.length - a.length)
  const head = [
    'language',
    'posts',
    'macro F1',
    'right',
    'said negative',
    'is negative',
    'sure and right',
    'unsure',
    'sure and wrong',
  ]
  return table([head, ...byLang.map(([lang, some]) => [lang, ...figuresOf(some)])])
}

function figuresOf(some: Judged[]): string[] {
  const confusion = confusionOf(
    some.map(({ post }) => tonalities.findIndex((one) => one === post.label)),
    some.map(({ found }) => tonalities.indexOf(found.label)),
    tonalities.length,
  )
  const sure = some.filter(({ found }) => found.sure)
  const right = sure.filter(({ post, found }) => post.label === found.label).length
  return [
    String(some.length),
    percent(macro(confusion, 'f1')),
    percent(accuracy(confusion)),
    percent(some.reduce((sum, { found }) => sum + found.scores.negative, 0) / some.length),
    percent(some.filter(({ post }) => post.label === 'negative').length / some.length),
    percent(right / some.length),
    percent(1 - sure.length / some.length),
    percent((sure.length - right) / some.length),
  ]
}
