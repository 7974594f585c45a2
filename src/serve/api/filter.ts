import { UserError } from '../../base/errors.ts'
import { signs, type MentionFilter, type Sign } from '../../listen/mentions/filter.ts'
import type { Surroundings } from '../../listen/query/in-project.ts'
import type { MentionFilter as Asked } from './shapes/mention.ts'

/** The filter that stands in the address: lists with commas become lists, moments become moments. */
export function readFilter(asked: Asked, surroundings: Surroundings): MentionFilter {
  return {
    q: asked.q,
    surroundings,
    from: asked.from === undefined ? undefined : new Date(asked.from),
    to: asked.to === undefined ? undefined : new Date(asked.to),
    topic: listed(asked.topic)?.map(topicId),
    media: listed(asked.media),
    platform: listed(asked.platform),
    source: listed(asked.source),
    sourceId: listed(asked.sourceId)?.map(sourceId),
    lang: listed(asked.lang),
    kind: listed(asked.kind),
    tag: listed(asked.tag),
    author: asked.author,
    cluster: asked.cluster,
    status: listed(asked.status),
    sentiment: listed(asked.sentiment),
    stage: listed(asked.stage),
    emotion: listed(asked.emotion),
    category: listed(asked.category),
    sign: listed(asked.sign)?.map(sign),
    without: listed(asked.without)?.map(sign),
    mark: asked.mark,
  }
}

// A comma inside a name (a source called "Money, plainly") is written as %2C before the list is joined.
function listed(text: string | undefined): string[] | undefined {
  return text === undefined || text === '' ? undefined : text.split(',').map(decoded)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function sign(text: string): Sign {
  const known = signs.find((one) => one === text)
  if (known !== undefined) return known
  throw new UserError(`A sign is one of ${signs.join(', ')}`, {
    key: 'sign-unknown',
    values: { sign: text, known: signs.join(', ') },
    field: 'sign',
  })
}

function sourceId(text: string): number {
  const id = Number(text)
  if (Number.isInteger(id) && id > 0 && id < 2 ** 32) return id
  throw new UserError('Sources are named by their numbers here', {
    key: 'source-not-a-number',
    values: { source: text },
    field: 'sourceId',
  })
}

function topicId(text: string): number {
  const id = Number(text)
  if (Number.isInteger(id) && id > 0 && id < 2 ** 32) return id
  throw new UserError('Topics are named by their numbers', {
    key: 'topic-not-a-number',
    values: { topic: text },
    field: 'topic',
  })
}
