import { z } from 'zod'
import { failed, type Trouble } from '../answers.ts'
import type { Cursor, Fetched, ItemProblem, SourceIo } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { askGraph, graphMoment, slowDownMs, type GraphKeys } from '../meta/graph.ts'
import { printTodo, readTodo } from '../meta/todo.ts'
import { secondsOf } from '../moments.ts'
import { tell } from '../problems.ts'
import { isUnderWay, printStretch, readStretch, stepDown, type LookBack } from '../stretch.ts'
import { askPage, Me, threads } from './ask.ts'
import { answered, dueAnswers, printAnswered, readAnswered } from './due.ts'
import { fieldsOf, mediaToPost, ThreadsMedia, threadsName } from './post.ts'

const dayS = 86_400
const back: LookBack = { firstS: 30 * dayS, alwaysS: 3 * dayS, sweepS: 30 * dayS, sweepEveryS: dayS / 2 }
// Threads knows nothing older, and refuses to be asked for it.
const firstS = 1_688_540_400

const Moment = z.object({ timestamp: z.string() })

/** What the account of the token said, what was answered below it, and what names it, one page at a time. */
export async function readOwn(wanted: string, cursor: Cursor, keys: GraphKeys, io: SourceIo): Promise<Fetched> {
  const name = await ownName(cursor, keys, io)
  if (typeof name !== 'string') return name.trouble
  if (name.toLowerCase() !== wanted) return failed('threads.other', { name })
  const known = { ...cursor, username: name }
  return readTodo(cursor).length > 0 ? readAnswers(known, keys, io) : readLists(known, keys, io)
}

async function ownName(cursor: Cursor, keys: GraphKeys, io: SourceIo): Promise<string | { trouble: Trouble }> {
  if (typeof cursor['username'] === 'string' && /^[\w.]+$/.test(cursor['username'])) return cursor['username']
  const asked = await askGraph(`${threads}/me`, { fields: 'id,username' }, keys, Me, io)
  return 'trouble' in asked ? asked : asked.value.username
}

/** A page of the account's posts, then of what names it. */
async function readLists(cursor: Cursor, keys: GraphKeys, io: SourceIo): Promise<Fetched> {
  const list = cursor['list'] === 'mentions' ? 'mentions' : 'threads'
  const now = io.now()
  const stretch = readStretch(cursor, list, now, back)
  const kept = cursor['after']
  const parameters = {
    fields: fieldsOf[list],
    limit: '100',
    ...(list === 'threads' && { since: String(Math.max(firstS, stretch.from)) }),
    ...(isUnderWay(stretch) && typeof kept === 'string' && kept !== '' && { after: kept }),
  }
  const asked = await askPage(`me/${list}`, parameters, keys, io)
  const left: ItemProblem[] = []
  if ('trouble' in asked) {
    // Mentions need a right of their own; what the account itself has goes on without.
    if (list === 'threads' || asked.trouble.kind !== 'signed-out' || asked.trouble.problem?.key !== 'meta.permission')
      return asked.trouble
    const { problem } = asked.trouble
    left.push({ item: 'mentions', reason: tell(problem, 'en'), problem })
  }
  const { items, after, headers } = 'trouble' in asked ? { items: [], after: null, headers: {} } : asked
  const source = `@${String(cursor['username'])}`
  const fresh = freshOf(items, ThreadsMedia, (raw) => mediaToPost(raw, source, now), cursor['seen'])
  const moments = secondsOf(
    items.map((item) => graphMoment(Moment.safeParse(item).data?.timestamp)),
    now,
  )
  const next = stepDown(stretch, { moments, isLast: after === null }, back)
  const isOver = !isUnderWay(next)
  const due = list === 'threads' ? dueAnswers(items, readAnswered(cursor['answered']), now) : []
  const place = {
    ...cursor,
    [list]: printStretch(next),
    after: isOver ? '' : (after ?? ''),
    list: isOver ? (list === 'threads' ? 'mentions' : 'threads') : list,
    todo: printTodo(due.map((id) => ({ id, after: '' }))),
  }
  const health = { title: source, requests: 1, pollAfterMs: slowDownMs(headers) }
  const told = { ...fresh, problems: [...fresh.problems, ...left] }
  return toldOf(told, { cursor: place, more: due.length > 0 || !isOver || list === 'threads', health })
}

/** A page of what was answered below the post that waits longest, newest first, down to a page that holds nothing new. */
async function readAnswers(cursor: Cursor, keys: GraphKeys, io: SourceIo): Promise<Fetched> {
  const [first, ...rest] = readTodo(cursor)
  const { id, after } = first!
  const parameters = { fields: fieldsOf.replies, reverse: 'true', ...(after !== '' && { after }) }
  const asked = await askPage(`${id}/conversation`, parameters, keys, io)
  const isGone =
    'trouble' in asked && asked.trouble.kind === 'failed' && asked.trouble.problem?.key === 'meta.not-found'
  if ('trouble' in asked && !isGone) return asked.trouble
  const page = 'trouble' in asked ? { items: [], after: null, headers: {} } : asked
  const source = `@${String(cursor['username'])}`
  const fresh = freshOf(page.items, ThreadsMedia, (raw) => mediaToPost(raw, source, io.now()), cursor['seen'])
  const goesOn = page.after !== null && fresh.items.length > 0
  const place = {
    ...cursor,
    todo: printTodo(goesOn ? [{ id, after: page.after! }, ...rest] : rest),
    ...(!goesOn && { answered: printAnswered(answered(readAnswered(cursor['answered']), id, io.now())) }),
  }
  const health = { title: source, requests: 1, pollAfterMs: slowDownMs(page.headers) }
  const told = toldOf(fresh, { cursor: place, more: true, health })
  return told.kind === 'page' && isGone ? { ...told, removed: [threadsName(id)] } : told
}
