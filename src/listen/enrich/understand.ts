import { layTogether } from '../../base/learn/compact.ts'
import { analyse, type Analysis } from '../../base/text/analyse.ts'
import type { MatchPlace } from '../match/evaluate.ts'
import type { Post } from '../posts/post.ts'
import { findAspects } from './aspects.ts'
import { findComplaint } from './complaint.ts'
import { emotionsModel, findEmotions } from './emotions.ts'
import { findPlace } from './place.ts'
import { findSentiment, findSentimentTowards } from './sentiment.ts'
import { sentimentModel } from './sentiment/model.ts'
import { underStars } from './sentiment/stars.ts'
import { findSpam } from './spam.ts'
import { findStage } from './stage.ts'
import { modelOf as stageModelOf } from './stage/model.ts'
import { namesAt } from './stage/names.ts'
import { findToxicity } from './toxicity.ts'
import { nothingUnderstood, type Understanding } from './understanding.ts'
import { yesOrNoModel } from './yes-or-no.ts'

/** What one post says by itself, whoever asked for it. `analysis` is that of the post. */
export function understandPost(post: Post, analysis: Analysis): Understanding {
  layModelsOf(post.lang)
  const ofWords = findSentiment(analysis, post.lang)
  const sentiment = underStars(ofWords, post.rating)
  const sure = sentiment?.sure ? sentiment.label : null
  const emotions = findEmotions(analysis, post.lang)
  const complaint = findComplaint(analysis, post.lang, ofWords)
  const toxic = findToxicity(analysis, post.lang)
  const spam = findSpam(analysis, post.lang)
  // Why it is this stage may need a look at other texts, so the models are asked before.
  const stage = findStage(post, analysis)
  const place = findPlace(post, analysis)
  const aspects = findAspects(post, analysis)
  return {
    ...nothingUnderstood,
    sentiment: sure,
    sentimentConfidence: sentiment && sentiment.scores[sentiment.label],
    chanceNegative: sentiment && sentiment.scores.negative,
    chancePositive: sentiment && sentiment.scores.positive,
    stage: stage && stage.stage,
    stageConfidence: stage && stage.confidence,
    emotions: emotions === null ? [] : emotions.sure.length > 0 ? emotions.sure : ['none'],
    complaint: complaint?.label ?? null,
    toxic: toxic?.label ?? null,
    spam: spam?.label ?? null,
    aspects: [...new Set(aspects.map(({ aspect, polarity }) => `${aspect}:${polarity}`))],
    quotes: aspects.map(({ quote, ...said }) => ({ ...said, ...quote })),
    place,
  }
}

/** All models of a language that has them are asked about each of its posts, so they lie together. */
function layModelsOf(lang: string | null): void {
  if ((lang !== 'ru' && lang !== 'en') || laid.has(lang)) return
  laid.add(lang)
  layTogether([
    sentimentModel(lang === 'ru' ? 'cyrillic' : 'en').words,
    emotionsModel(lang).model,
    ...['complaint', 'toxicity', 'spam'].map((task) => yesOrNoModel(task, lang).model),
    stageModelOf(lang).words,
  ])
}

const laid = new Set<string>()

type Towards = Pick<Understanding, 'negativeTopics' | 'positiveTopics'> &
  Partial<Pick<Understanding, 'stage' | 'stageConfidence'>>

/**
 * The topics towards which the post is negative and positive, by the places that made them match; unsure is neither. A topic
 * that has sentences of its own is judged by them alone: the bank is praised, its competitor cursed. Where one of the topics is
 * a competitor, also the stage as the brand sees it: who asks about the competitor does not ask about the brand.
 */
export function understandTowards(
  post: Pick<Post, 'lang' | 'rating' | 'media' | 'kind'>,
  analysis: Analysis,
  topics: { [topic: string]: MatchPlace[] },
  competitors: readonly number[] = [],
): Towards {
  const named = Object.entries(topics).map(([topic, places]) => ({ topic, at: positionsOf(analysis, places) }))
  const found: Towards = { negativeTopics: [], positiveTopics: [] }
  if (competitors.length > 0) {
    const at = (is: boolean) => named.flatMap((one) => (competitors.includes(Number(one.topic)) === is ? one.at : []))
    const stage = findStage(post, analysis, { names: namesAt(analysis, at(false), at(true)) })
    found.stage = stage && stage.stage
    found.stageConfidence = stage && stage.confidence
  }
  for (const { topic, at } of named) {
    const others = named.filter((one) => one.topic !== topic).flatMap((one) => one.at)
    const own = ownSentences(analysis, at, others)
    const ofWords =
      own === null
        ? findSentimentTowards(analysis, post.lang, at)
        : findSentiment(analyse(own, { lang: post.lang }), post.lang)
    // Of several topics it is not told which one the stars are for.
    const sentiment = named.length === 1 ? underStars(ofWords, post.rating) : ofWords
    if (!sentiment?.sure) continue
    if (sentiment.label === 'negative') found.negativeTopics.push(Number(topic))
    if (sentiment.label === 'positive') found.positiveTopics.push(Number(topic))
  }
  return found
}

/** The sentences with these positions, as they are written; null where they are also those of others, or of nobody else's. */
function ownSentences(analysis: Analysis, at: readonly number[], others: readonly number[]): string | null {
  const { words, positions, sentenceAt, starts, ends, textToken, title, text } = analysis
  const own = new Set(at.map((position) => sentenceAt[position]))
  const theirs = new Set(others.map((position) => sentenceAt[position]))
  if (own.size === 0 || theirs.size === 0 || [...own].some((sentence) => theirs.has(sentence))) return null
  const bounds = new Map<number, { start: number; end: number; inTitle: boolean }>()
  for (let token = 0; token < words.length; token++) {
    const sentence = sentenceAt[positions[token]!]!
    if (!own.has(sentence)) continue
    const bound = bounds.get(sentence)
    if (bound) bound.end = Math.max(bound.end, ends[token]!)
    else bounds.set(sentence, { start: starts[token]!, end: ends[token]!, inTitle: token < textToken })
  }
  // Signs and emoji behind the last word belong to it.
  return Array.from(bounds.values(), ({ start, end, inTitle }) => {
    const whole = inTitle ? title : text
    const rest = /^[^\p{L}\p{N}@#$]*/u.exec(whole.slice(end, end + 12))
    return whole.slice(start, end) + rest![0]
  }).join(' ')
}

function positionsOf({ starts, positions, textToken, words }: Analysis, places: readonly MatchPlace[]): number[] {
  const found: number[] = []
  for (const { field, start } of places) {
    const [from, to] = field === 'title' ? [0, textToken] : [textToken, words.length]
    for (let token = from; token < to; token++) {
      if (starts[token] !== start) continue
      found.push(positions[token]!)
      break
    }
  }
  return found
}
