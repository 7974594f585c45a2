import { calibrationError, reliability } from '../src/base/learn/calibrate.ts'
import { confusionOf, macro } from '../src/base/learn/scores.ts'
import { findStage } from '../src/listen/enrich/stage.ts'
import { judge, type StageModel } from '../src/listen/enrich/stage/model.ts'
import { outcomes } from '../src/listen/enrich/stage/pattern.ts'
import { sumWeights } from '../src/listen/enrich/stage/reader.ts'
import { analysePost } from '../src/base/text/analyse.ts'
import { barePost } from '../src/listen/posts/post.ts'
import { readKazsandraInLife } from './data/kazsandra.ts'
import { table } from './figures.ts'
import { readingOf, type StagePost } from './stage-posts.ts'
import { percent } from './wilson.ts'

const none = outcomes.indexOf('none')

/** The model to ask about a post, which was learnt without it. */
export type Unseen = (post: StagePost) => StageModel

/** What the shipped models reach on the test part, as Markdown. Unsure counts as none of the stages. */
export function measureStage(all: { [lang: string]: StagePost[] }, unseen: { [lang: string]: Unseen }): string {
  const parts = Object.entries(all).map(([lang, posts]) =>
    measure(
      lang,
      posts.filter(({ split }) => split === 'test'),
      unseen[lang]!,
    ),
  )
  return [...parts, measureKazakh()].join('\n\n')
}

/** `[truth][answer]` of what the pipeline would say: it knows nothing of the brand. */
export function confuseStages(posts: StagePost[], modelFor: Unseen): number[][] {
  const own = posts.filter(({ part }) => part !== 'other-view')
  const truth = own.map(({ outcome }) => outcomes.indexOf(outcome))
  const answers = own.map((one) =>
    outcomes.indexOf(findStage(one.post, one.analysis, {}, modelFor(one))?.stage ?? 'none'),
  )
  const { counts } = confusionOf(truth, answers, outcomes.length)
  return outcomes.map((_, label) => [...counts.slice(label * outcomes.length, (label + 1) * outcomes.length)])
}

/** Kazakh has no labels of stages; reviews have stars, which praise and complaint should agree with. */
function measureKazakh(): string {
  const reviews = readKazsandraInLife().slice(0, 4_000)
  const found = reviews.map(({ text }) => {
    const post = barePost({ id: '', platform: '', text, lang: 'kk' })
    return findStage(post, analysePost(post))?.stage ?? 'none'
  })
  const agreeing = (stage: string, label: string) => {
    const called = reviews.filter((_, i) => found[i] === stage)
    const real = reviews.filter((review) => review.label === label).length
    const right = called.filter((review) => review.label === label).length
    return [stage, percent(right, called.length), percent(right, real)]
  }
  return [
    `## kk: praise and complaint against the stars of ${reviews.length} reviews (KazSAnDRA)`,
    'Recall is of all reviews of that side, also of those that rather ask for help or leave.',
    table([['stage', 'precision, %', 'recall, %'], agreeing('praise', 'positive'), agreeing('negative', 'negative')]),
  ].join('\n\n')
}

function measure(lang: string, posts: StagePost[], modelFor: Unseen): string {
  const own = posts.filter(({ part }) => part !== 'other-view')
  const truth = own.map(({ outcome }) => outcomes.indexOf(outcome))
  const ask = (one: StagePost) => findStage(one.post, one.analysis, one.known, modelFor(one))
  const found = own.map(ask)
  const together = found.map((one) => (one ? outcomes.indexOf(one.stage) : none))
  const alone = own.map(byPatternsAlone)
  const guessed = own.map((one) => outcomes.indexOf(judge(modelFor(one), readingOf(one), one.analysis).outcome))
  const views = posts.filter(({ part }) => part === 'other-view')
  const seen = views.filter((one) => ask(one)?.stage === 'competitor-request')
  const answered = [...found.keys()].filter((i) => found[i] !== null)
  const bins = reliability(
    answered.map((i) => found[i]!.confidence),
    (k) => together[answered[k]!] === truth[answered[k]!],
    5,
  )
  const random = [...own.keys()].filter((i) => own[i]!.part === 'random')
  const shareRight = (rows: number[], answers: number[]) =>
    percent(rows.filter((i) => answers[i] === truth[i]).length, rows.length)
  return [
    `## ${lang}: ${own.length} posts of the test part`,
    table([
      ['', 'accuracy, %', `macro F1 of classes with ${enough} posts or more`],
      ['patterns alone', shareRight([...own.keys()], alone), f1(truth, alone)],
      [
        'patterns and what was learnt, before unsure ones are left out',
        shareRight([...own.keys()], guessed),
        f1(truth, guessed),
      ],
      ['as shipped: unsure counts as none', shareRight([...own.keys()], together), f1(truth, together)],
      [
        `the ${random.length} drawn at random`,
        shareRight(random, together),
        f1(
          random.map((i) => truth[i]!),
          random.map((i) => together[i]!),
        ),
      ],
    ]),
    table([
      ['stage', 'posts', 'precision, %', 'recall, %', 'recall of patterns alone, %'],
      ...outcomes.map((outcome, label) => {
        const real = [...truth.keys()].filter((i) => truth[i] === label)
        const answers = [...truth.keys()].filter((i) => together[i] === label)
        return [
          outcome,
          real.length,
          shareRight(answers, together),
          shareRight(real, together),
          shareRight(real, alone),
        ]
      }),
    ]),
    `Requests seen from a competitor's project and told as such: ${percent(seen.length, views.length)} % of ${views.length}.`,
    `A stage was named for ${percent(answered.length, own.length)} % of the posts, and was right in ${shareRight(answered, together)} %. Mean distance between confidence and share of right answers: ${(calibrationError(bins) * 100).toFixed(0)} points.`,
    table([
      ['confidence', 'answers', 'mean confidence, %', 'right, %'],
      ...bins.map(({ from, count, certainty, right }) => [
        `from ${from.toFixed(1)}`,
        count,
        Math.round(certainty * 100),
        percent(Math.round(right * count), count),
      ]),
    ]),
  ].join('\n\n')
}

function f1(truth: number[], answers: number[]): string {
  const labels = outcomes
    .map((_, label) => label)
    .filter((label) => truth.filter((one) => one === label).length >= enough)
  return (macro(confusionOf(truth, answers, outcomes.length), 'f1', labels) * 100).toFixed(1)
}

const enough = 10

function byPatternsAlone(post: StagePost): number {
  const sums = new Float64Array(outcomes.length)
  sumWeights(readingOf(post).held, sums)
  return sums.indexOf(Math.max(...sums))
}
