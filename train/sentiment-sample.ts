import { accuracy, confusionOf, macro } from '../src/base/learn/scores.ts'
import { analysePost } from '../src/base/text/analyse.ts'
import { findSentiment, type Sentiment } from '../src/listen/enrich/sentiment.ts'
import { tonalities } from '../src/listen/enrich/sentiment/model.ts'
import { readSampleWorld, type SamplePost } from './data/sample-world.ts'
import { percent, table } from './figures.ts'

type Judged = { post: SamplePost; found: Sentiment }

/** What the shipped models say of the invented posts that come with Heed: a domain that they have never seen. */
export function sampleFigures(): string {
  const judged = readSampleWorld().flatMap((post): Judged[] => {
    const found = findSentiment(analysePost(post), post.lang)
    return found ? [{ post, found }] : []
  })
  const byLang = [...Map.groupBy(judged, ({ post }) => post.lang)].sort(([, a], [, b]) => b.length - a.length)
  const head = ['language', 'posts', 'macro F1', 'right', 'said negative', 'is negative', 'sure', 'right when sure']
  return table([head, ...byLang.map(([lang, some]) => [lang, ...figuresOf(some)])])
}

function figuresOf(some: Judged[]): string[] {
  const confusion = confusionOf(
    some.map(({ post }) => tonalities.findIndex((one) => one === post.label)),
    some.map(({ found }) => tonalities.indexOf(found.label)),
    tonalities.length,
  )
  const sure = some.filter(({ found }) => found.sure)
  return [
    String(some.length),
    percent(macro(confusion, 'f1')),
    percent(accuracy(confusion)),
    percent(some.reduce((sum, { found }) => sum + found.scores.negative, 0) / some.length),
    percent(some.filter(({ post }) => post.label === 'negative').length / some.length),
    percent(sure.length / some.length),
    percent(sure.filter(({ post, found }) => post.label === found.label).length / sure.length),
  ]
}
