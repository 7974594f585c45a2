import { z } from 'zod'
import type { Cursor, Fetched, SourceIo } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { afterOf, askGraph, graph, GraphPage, slowDownMs, type GraphKeys } from '../meta/graph.ts'
import { grown, printTodo, readTodo } from '../meta/todo.ts'
import type { OwnAccount } from './account.ts'
import { back, readList } from './list.ts'
import {
  commentFields,
  Media,
  MediaComment,
  mediaCommentToPost,
  mediaFields,
  mediaName,
  mediaToPost,
  mentionedFields,
} from './post.ts'

const Counted = z.object({ id: z.string(), comments_count: z.int().nullish() })
const Answered = z.object({ replies: z.object({ data: z.array(z.unknown()) }).nullish() })

/** A page of what the account posted, then of what it is tagged in. */
export async function readOwn(own: OwnAccount, cursor: Cursor, keys: GraphKeys, io: SourceIo): Promise<Fetched> {
  const list = cursor['list'] === 'tags' ? 'tags' : 'media'
  const read = await readList(
    `${own.id}/${list}`,
    { name: list, fields: list === 'media' ? mediaFields : mentionedFields, back, parameters: {} },
    cursor,
    keys,
    io,
  )
  if ('trouble' in read) return read.trouble
  const known = { source: `@${own.username}`, handle: list === 'media' ? own.username : null }
  const fresh = freshOf(read.items, Media, (raw) => mediaToPost(raw, known, io.now()), cursor['seen'])
  const counted = list === 'media' ? read.items.flatMap((item) => Counted.safeParse(item).data ?? []) : []
  const { ids, counts } = grown(
    counted.map(({ id, comments_count: comments }) => ({ id, comments: comments ?? null })),
    cursor,
  )
  const place = {
    ...cursor,
    ...read.place,
    list: read.isOver ? (list === 'media' ? 'tags' : 'media') : list,
    ...(list === 'media' && { counts }),
    todo: printTodo(ids.map((id) => ({ id, after: '' }))),
  }
  const health = { title: `@${own.username}`, requests: 1, pollAfterMs: read.pollAfterMs }
  return toldOf(fresh, { cursor: place, more: ids.length > 0 || !read.isOver || list === 'media', health })
}

/** A page of comments of the media that waits longest, with their answers, down to a page that holds nothing new. */
export async function readComments(own: OwnAccount, cursor: Cursor, keys: GraphKeys, io: SourceIo): Promise<Fetched> {
  const [first, ...rest] = readTodo(cursor)
  const { id, after } = first!
  const parameters = { fields: commentFields, limit: '50', ...(after !== '' && { after }) }
  const asked = await askGraph(`${graph}/${id}/comments`, parameters, keys, GraphPage, io)
  const isGone =
    'trouble' in asked && asked.trouble.kind === 'failed' && asked.trouble.problem?.key === 'meta.not-found'
  if ('trouble' in asked && !isGone) return asked.trouble
  const data = 'trouble' in asked ? [] : asked.value.data
  const below = (item: unknown, parent: object) =>
    typeof item === 'object' && item !== null ? { ...item, media: id, ...parent } : item
  const items = data.flatMap((item) => {
    const parent = Counted.safeParse(item).data?.id
    const answers = Answered.safeParse(item).data?.replies?.data ?? []
    return [below(item, {}), ...answers.map((answer) => below(answer, { parent_id: parent }))]
  })
  const fresh = freshOf(
    items,
    MediaComment,
    (raw) => mediaCommentToPost(raw, `@${own.username}`, io.now()),
    cursor['seen'],
  )
  const following = 'trouble' in asked ? null : afterOf(asked.value)
  const todo = following !== null && fresh.items.length > 0 ? [{ id, after: following }, ...rest] : rest
  const pollAfterMs = 'trouble' in asked ? null : slowDownMs(asked.content.headers)
  const health = { title: `@${own.username}`, requests: 1, pollAfterMs }
  const told = toldOf(fresh, { cursor: { ...cursor, todo: printTodo(todo) }, more: true, health })
  return told.kind === 'page' && isGone ? { ...told, removed: [mediaName(id)] } : told
}
