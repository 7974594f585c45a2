import { analysePost, type Analysis } from '../../base/text/analyse.ts'
import { findAspects } from '../../listen/enrich/aspects.ts'
import { findComplaint } from '../../listen/enrich/complaint.ts'
import { findEmotions } from '../../listen/enrich/emotions.ts'
import { detectLanguage } from '../../listen/enrich/language.ts'
import { mediaTypeOf } from '../../listen/enrich/media-type.ts'
import { findPlace } from '../../listen/enrich/place.ts'
import { findSentiment, findSentimentTowards } from '../../listen/enrich/sentiment.ts'
import { placesOf } from '../../listen/enrich/sentiment/places-of.ts'
import { findSpam } from '../../listen/enrich/spam.ts'
import { findStage } from '../../listen/enrich/stage.ts'
import { findToxicity } from '../../listen/enrich/toxicity.ts'
import type { Post } from '../../listen/posts/post.ts'
import { settle } from './arriving.ts'
import { optional, WrongCall, type Call, type Command } from './command.ts'
import { filterLines, strictOption } from './filter.ts'
import { readPostLine, type Json, type PostLine } from './post-line.ts'
import { withStronger } from './with-stronger.ts'

/** What can be found out about a post by itself, in the order in which it stands in the answer. */
const enrichments: { [name: string]: (post: Post, given: Json) => unknown } = {
  language: (post) => {
    const { code, confidence } = detectLanguage(post.title === null ? post.text : `${post.title}\n${post.text}`)
    return { code, confidence }
  },
  media: (post) => post.media ?? mediaTypeOf(post.platform, post.kind),
  sentiment: (post) => {
    const { settled, analysis } = understand(post)
    return findSentiment(analysis, settled.lang)
  },
  sentimentTowards: (post, given) => {
    const target = given['target']
    if (typeof target !== 'string') return null
    const { settled, analysis } = understand(post)
    return findSentimentTowards(analysis, settled.lang, placesOf(analysis, target))
  },
  emotions: (post) => {
    const { settled, analysis } = understand(post)
    return findEmotions(analysis, settled.lang)
  },
  complaint: (post) => {
    const { settled, analysis } = understand(post)
    return findComplaint(analysis, settled.lang)
  },
  toxicity: (post) => {
    const { settled, analysis } = understand(post)
    return findToxicity(analysis, settled.lang)
  },
  spam: (post) => {
    const { settled, analysis } = understand(post)
    return findSpam(analysis, settled.lang)
  },
  stage: (post, given) => {
    const { settled, analysis } = understand(post)
    const target = typeof given['target'] === 'string' ? [given['target']] : null
    const found = findStage(settled, analysis, { target })
    return found && { label: found.stage, confidence: found.confidence, why: found.why }
  },
  aspects: (post) => {
    const { settled, analysis } = understand(post)
    return findAspects(settled, analysis)
  },
  place: (post) => {
    const { settled, analysis } = understand(post)
    const found = findPlace(settled, analysis)
    if (!found) return null
    const { country, region, city, from, confidence } = found
    return { country, region, city, source: from, confidence }
  },
}

type Understood = { settled: Post; analysis: Analysis }
const understood = new WeakMap<Post, Understood>()

/** The post with its language, and its words: found once, whatever is asked. */
function understand(post: Post): Understood {
  let known = understood.get(post)
  if (!known) {
    const settled = { ...post }
    settle(settled, 'forms')
    understood.set(post, (known = { settled, analysis: analysePost(settled) }))
  }
  return known
}

export const enrich: Command = {
  name: 'enrich',
  operands: '[POSTS]',
  operandCount: { least: 0, most: 1 },
  summary: { en: 'Says what we understand of each post', ru: 'Говорит, что мы поняли о каждой записи' },
  options: {
    only: {
      type: 'string',
      value: 'A,B',
      help: {
        en: `only these of ${Object.keys(enrichments).join(', ')}`,
        ru: `только это из ${Object.keys(enrichments).join(', ')}`,
      },
    },
    ...strictOption,
  },
  run: async (call) => {
    const wanted = wantedOf(call)
    const answer = ({ id, post, given }: PostLine) => ({
      id,
      ...Object.fromEntries(wanted.map(([name, find]) => [name, find(post, given)])),
    })
    return withStronger(call, (stronger) =>
      filterLines(call, readPostLine, stronger === null ? answer : (line) => stronger(answer(line), line)),
    )
  },
}

function wantedOf(call: Call): [string, (post: Post, given: Json) => unknown][] {
  const only = optional(call, 'only')
    ?.split(',')
    .map((name) => name.trim())
  const unknown = only?.find((name) => !Object.hasOwn(enrichments, name))
  if (unknown !== undefined) {
    const known = Object.keys(enrichments).join(', ')
    throw new WrongCall({
      en: `--only does not know “${unknown}”; it knows ${known}`,
      ru: `--only не знает «${unknown}»; есть ${known}`,
    })
  }
  if (only === undefined) return Object.entries(enrichments)
  return only.map((name) => [name, enrichments[name]!])
}
