import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { readJson, typed, wrong, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { askGoogle, type GoogleCredential } from '../google/token.ts'
import { isSince, lettersOf } from '../own-words.ts'
import { notYet, whyNot } from '../posted.ts'
import { problem, type Problem } from '../problems.ts'
import { changedOrNot, postedOrRefused } from '../publishing.ts'
import type { AnsweredMention, Changed, Found, OutgoingReply, Published, ReplyChannel, Sent } from '../reply-channel.ts'
import { origin, troubleIn } from './ask.ts'
import { commentName, idOfName, Thread } from './post.ts'

export type YouTubeAccount = { clientId: string; clientSecret: string; refreshToken: string; channel: string }

const longest = 10_000
const mostPages = 10

const Own = z.object({
  id: z.string().min(1),
  snippet: z.object({
    textOriginal: z.string().nullish(),
    textDisplay: z.string().nullish(),
    authorChannelId: z.object({ value: z.string() }).nullish(),
    publishedAt: z.string().nullish(),
  }),
})
type Own = z.infer<typeof Own>
const Comments = z.object({ items: z.array(z.unknown()), nextPageToken: z.string().nullish() })
const Made = z.object({ id: z.string().min(1) })
const Channels = z.object({
  items: z.array(z.object({ id: z.string().min(1), snippet: z.object({ title: z.string() }) })).nullish(),
})

/** Answers to comments and comments under videos, written as a channel of YouTube by somebody who agreed to it. */
export const youtubeReplies: ReplyChannel<YouTubeAccount> = {
  platform: 'youtube',
  settleMs: 120_000,

  parseAccount(input) {
    const account = {
      clientId: typed(input, 'clientId'),
      clientSecret: typed(input, 'clientSecret'),
      refreshToken: typed(input, 'refreshToken'),
    }
    for (const [name, value] of Object.entries(account))
      if (!/^[\x21-\x7e]{8,600}$/.test(value)) throw wrong('google.keys', {}, name)
    return { ...account, channel: '' }
  },

  async greet(account, io) {
    const asked = await ask('GET', 'channels?part=snippet&mine=true', account, io, Channels)
    if ('problem' in asked) return { kind: 'refused', problem: asked.problem }
    const mine = asked.value.items?.[0]
    if (!mine) return { kind: 'refused', problem: problem('youtube.no-channel') }
    return { kind: 'ready', name: mine.snippet.title, account: { ...account, channel: mine.id } }
  },

  limits: () => ({ length: { most: longest, unit: 'characters' } }),

  async send(reply, account, io): Promise<Sent> {
    const place = placeOf(reply.to)
    if (place === null) return { kind: 'refused', problem: problem('reply.gone') }
    const answer =
      place.kind === 'thread'
        ? await call('POST', 'comments?part=snippet', account, io, {
            snippet: { parentId: place.id, textOriginal: reply.text },
          })
        : await call('POST', 'commentThreads?part=snippet', account, io, {
            snippet: { videoId: place.id, topLevelComment: { snippet: { textOriginal: reply.text } } },
          })
    if ('trouble' in answer) return notYet(answer.trouble, io.now(), whyNot(answer.trouble))
    const posted = postedOrRefused(answer, troubleIn, io.now())
    if ('trouble' in posted) return posted.trouble
    const made = readJson(posted.content, Made)
    // It was accepted, in a form that does not say where it is.
    if ('trouble' in made) return { kind: 'unknown', problem: whyNot(made.trouble) }
    return { kind: 'sent', ...publishedAs(made.value.id, reply.to) }
  },

  async find(reply, account, io): Promise<Found> {
    const place = placeOf(reply.to)
    if (place === null) return { kind: 'absent' }
    const list =
      place.kind === 'thread'
        ? `comments?part=snippet&textFormat=plainText&maxResults=100&parentId=${place.id}`
        : `commentThreads?part=snippet&textFormat=plainText&maxResults=100&order=time&videoId=${place.id}`
    let next = ''
    for (let page = 0; page < mostPages; page += 1) {
      const asked = await ask('GET', `${list}${next}`, account, io, Comments)
      if ('problem' in asked) return { kind: 'unknown', problem: asked.problem }
      const comments = asked.value.items.flatMap((item) => commentIn(item) ?? [])
      const same = comments.find((one) => isOurs(one, reply, account))
      if (same) return { kind: 'sent', ...publishedAs(same.id, reply.to) }
      // Under a video the newest stand first; among the answers of a thread no order is promised.
      const isPast = place.kind === 'video' && comments.some((one) => !isSince(one.snippet.publishedAt, reply))
      if (asked.value.nextPageToken == null || isPast) return { kind: 'absent' }
      next = `&pageToken=${encodeURIComponent(asked.value.nextPageToken)}`
    }
    return { kind: 'unknown', problem: problem('youtube.many-answers') }
  },

  async edit(published, text, account, io): Promise<Changed> {
    const body = { id: published.id, snippet: { textOriginal: text } }
    return changedOrNot(await call('PUT', 'comments?part=snippet', account, io, body), troubleIn, io.now())
  },

  async remove(published, account, io): Promise<Changed> {
    const answer = await call('DELETE', `comments?id=${encodeURIComponent(published.id)}`, account, io)
    return changedOrNot(answer, troubleIn, io.now(), true)
  },
}

type Place = { kind: 'thread' | 'video'; id: string }

/** Threads have two floors: an answer to an answer is one to the first comment. */
function placeOf({ id }: AnsweredMention): Place | null {
  const named = idOfName(id)
  if (named === null) return null
  return named.kind === 'video'
    ? { kind: 'video', id: named.id }
    : { kind: 'thread', id: named.id.split('.')[0] ?? named.id }
}

async function call(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  account: YouTubeAccount,
  io: ConnectorIo,
  body?: unknown,
): Promise<Answer | { trouble: Trouble }> {
  const { clientId, clientSecret, refreshToken } = account
  const credential: GoogleCredential = { kind: 'person', clientId, clientSecret, refreshToken }
  return askGoogle(credential, io, (headers) =>
    io.request(`${origin}/youtube/v3/${path}`, {
      method,
      headers: {
        ...headers,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      followRedirects: false,
      signal: io.signal,
    }),
  )
}

async function ask<Value>(
  method: 'GET',
  path: string,
  account: YouTubeAccount,
  io: ConnectorIo,
  shape: z.ZodType<Value>,
): Promise<{ value: Value } | { problem: Problem }> {
  const answer = await call(method, path, account, io)
  if ('trouble' in answer) return { problem: whyNot(answer.trouble) }
  const posted = postedOrRefused(answer, troubleIn, io.now())
  if ('trouble' in posted) return { problem: posted.trouble.problem }
  const read = readJson(posted.content, shape)
  return 'trouble' in read ? { problem: whyNot(read.trouble) } : read
}

function commentIn(item: unknown): Own | undefined {
  return Own.safeParse(Thread.safeParse(item).data?.snippet.topLevelComment ?? item).data
}

function isOurs({ snippet }: Own, reply: OutgoingReply, { channel }: YouTubeAccount): boolean {
  const said = snippet.textOriginal ?? snippet.textDisplay ?? ''
  return (
    snippet.authorChannelId?.value === channel &&
    isSince(snippet.publishedAt, reply) &&
    lettersOf(said) === lettersOf(reply.text)
  )
}

function publishedAs(id: string, to: AnsweredMention): Published {
  const video = /[?&]v=([\w-]{11})/.exec(to.url ?? '')?.[1]
  return {
    id,
    mention: commentName(id),
    url: video === undefined ? null : `https://www.youtube.com/watch?v=${video}&lc=${id}`,
  }
}
