import { analysePost, type Analysis } from '../src/base/text/analyse.ts'
import type { Known } from '../src/listen/enrich/stage.ts'
import { namesIn } from '../src/listen/enrich/stage/names.ts'
import type { Outcome } from '../src/listen/enrich/stage/pattern.ts'
import type { Reading } from '../src/listen/enrich/stage/reader.ts'
import { readerOf } from '../src/listen/enrich/stage/tables.ts'
import { barePost, type Post } from '../src/listen/posts/post.ts'
import { readHandLabels } from './data/hand-labels.ts'

/** A post labelled by hand (docs/models/stage.md), as the project of its brand sees it. */
export type StagePost = {
  post: Post
  analysis: Analysis
  hash: string
  set: string
  /** How it was drawn: at random, looked for, or a request seen from another brand's project. */
  part: 'random' | 'sought' | 'other-view'
  split: 'dev' | 'test'
  outcome: Outcome
  known: Known
}

export function readStagePosts(lang: string): StagePost[] {
  return readHandLabels(`stage-${lang}.tsv`).map(({ label, row }) => {
    const post = barePost({ id: label['hash']!, platform: label['set']!, text: row['text']!, lang })
    return {
      post,
      analysis: analysePost(post),
      hash: label['hash']!,
      set: label['set']!,
      part: label['part'] as StagePost['part'],
      split: label['split'] as StagePost['split'],
      outcome: label['stage'] as Outcome,
      known: knownOf(label['own']!, row['entity'] ?? row['topic'] ?? ''),
    }
  })
}

export function readingOf({ post, analysis, known }: StagePost): Reading {
  const { target = null, rivals = [], sentiment = null } = known
  return readerOf(post.lang)!.read(post, analysis, target && namesIn(target, rivals), sentiment)
}

/** The brand of the project is `own` where it is given, else the one that the set is about. */
function knownOf(own: string, about: string): Known {
  const brand = own || about
  if (brand === '') return {}
  const field = fields.find((names) => Object.hasOwn(names, brand))
  if (!field) return { target: [brand], rivals: own ? [about] : [] }
  const rivals = Object.entries(field).flatMap(([name, names]) => (name === brand ? [] : names))
  return { target: field[brand]!, rivals }
}

/** The companies of the Russian sets by field, with the names that people and accounts use. */
const fields: { [company: string]: string[] }[] = [
  {
    билайн: ['билайн', 'beeline', 'билаин', 'пчелайн'],
    мегафон: ['мегафон', 'megafon'],
    мтс: ['мтс', 'mts', 'mtc'],
    ростелеком: ['ростелеком', 'rostelecom'],
    теледва: ['теле2', 'tele2'],
  },
  {
    сбербанк: ['сбер', 'sber'],
    втб: ['втб', 'vtb'],
    альфабанк: ['альфа', 'alfa'],
    газпромбанк: ['газпромбанк'],
    райффайзенбанк: ['райффайзен', 'raiffeisen'],
    россельхозбанк: ['россельхозбанк'],
    банкмосквы: ['банк москвы'],
    уралсиб: ['уралсиб'],
  },
]
