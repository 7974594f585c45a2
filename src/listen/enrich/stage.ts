import type { Analysis } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'
import { rivalAskedAbout } from './stage/about-rival.ts'
import { judge, modelOf, type StageModel } from './stage/model.ts'
import { namesIn, type Names } from './stage/names.ts'
import type { Stage } from './stage/pattern.ts'
import { readerOf } from './stage/tables.ts'
import { explain, type Why } from './stage/why.ts'

/** What is known from elsewhere when a stage is looked for. */
export type Known = {
  sentiment?: 'negative' | 'neutral' | 'positive' | null
  /** The brand by its names, also as accounts have them: МТС, mts. Null: not known. */
  target?: readonly string[] | null
  /** Names of its competitors. */
  rivals?: readonly string[]
  /** In place of both: where they are named in this post. */
  names?: Names
}

export type FoundStage = { stage: Stage; confidence: number; why: Why[] }

/**
 * The stage of the consumer cycle in which the author speaks (docs/models/stage.md), by the patterns of the post's language
 * and, for Russian and English, by what was learnt from posts labelled by hand. Null: none of the stages, unsure, or a
 * language without patterns. `confidence`: of the answers given with 0.8, about 80 % were right among such posts.
 */
export function findStage(
  post: Pick<Post, 'rating' | 'media' | 'kind' | 'lang'>,
  analysis: Analysis,
  { sentiment = null, target = null, rivals = nobody, names }: Known = {},
  model: StageModel = modelOf(post.lang),
): FoundStage | null {
  const reader = readerOf(post.lang)
  if (!reader) return null
  const reading = reader.read(post, analysis, names ?? (target && namesIn(target, rivals)), sentiment)
  if (reading.units.count === 0) return null
  const { outcome, confidence } = judge(model, reading, analysis)
  if (outcome === 'none' || confidence < least) return null
  const about = outcome === 'product-request' ? rivalAskedAbout(reading) : null
  if (about === null) return { stage: outcome, confidence, why: explain(outcome, reading, analysis, model) }
  const token = reading.units.tokens[about]!
  const place = { start: analysis.starts[token]!, end: analysis.ends[token]! }
  return { stage: 'competitor-request', confidence, why: [{ reason: 'asks-about-rival', ...place }] }
}

/** Below it, a guess is not shown; the figures in docs/models/stage.md were measured with it. */
const least = 0.4
const nobody: readonly string[] = []
