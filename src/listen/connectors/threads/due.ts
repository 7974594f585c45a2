import { isNextLook } from '../due-comments.ts'
import { graphMoment } from '../meta/graph.ts'
import { ThreadsMedia } from './post.ts'

/** When, in unix seconds, the answers below a post were read last. Kept in the cursor as text. */
export type Answered = Map<string, number>

const most = 300

export function readAnswered(kept: unknown): Answered {
  const read = String(kept ?? '').matchAll(/(\d+):(\d+)/g)
  return new Map([...read].map(([, id = '', atS]) => [id, Number(atS)]))
}

export function printAnswered(known: Answered): string {
  const latest = [...known].toSorted(([, a], [, b]) => b - a).slice(0, most)
  return latest.map(([id, atS]) => `${id}:${atS}`).join(' ')
}

export function answered(known: Answered, id: string, now: Date): Answered {
  return new Map([...known, [id, Math.floor(now.getTime() / 1000)]])
}

/**
 * Which of these posts have answers to be read. Threads tells that a post has answers, not how many, so all are read on a
 * falling schedule: every few minutes below a new post, and hardly ever below an old one.
 */
export function dueAnswers(items: unknown[], known: Answered, now: Date): string[] {
  const nowS = Math.floor(now.getTime() / 1000)
  return items.flatMap((item) => {
    const { data } = ThreadsMedia.safeParse(item)
    if (data?.has_replies !== true) return []
    const postedAtS = Math.floor(Date.parse(graphMoment(data.timestamp) ?? '') / 1000)
    const readAtS = known.get(data.id)
    return readAtS === undefined || isNextLook({ postedAtS, readAtS }, nowS) ? [data.id] : []
  })
}
