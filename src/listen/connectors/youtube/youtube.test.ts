import { describe, expect, test } from 'vitest'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import { accessToken, grantToken, person, refuse } from '../google/google.testing.ts'
import { plainIo, readerOf } from '../reader.testing.ts'
import { replyContract, type Asked, type ReplyPlatform } from '../reply-channel.contract.ts'
import { youtubeReplies } from './reply.ts'
import { readWanted } from './wanted.ts'
import { youtubeConnector } from './youtube.ts'

const key = 'AIzaSyA-key-of-acme'
const now = new Date('2026-11-22T12:00:00Z')
const channelId = 'UC0123456789012345678901'
const json = (body: unknown): PlatformAnswer => ({ body: JSON.stringify(body) })
const when = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString().replace('.000', '')
const videoId = (number: number) => `video${String(number).padStart(6, '0')}`

const video = (number: number, more: object = {}) => ({
  id: videoId(number),
  snippet: {
    publishedAt: when(number),
    channelId,
    channelTitle: 'Acme',
    title: `Видео ${number}`,
    description: `О банке ${number}`,
    tags: ['банк'],
    defaultAudioLanguage: 'ru-RU',
    thumbnails: {
      default: { url: 'https://i.ytimg.com/vi/1/default.jpg', width: 120, height: 90 },
      high: { url: 'https://i.ytimg.com/vi/1/hqdefault.jpg', width: 480, height: 360 },
      maxres: { url: 'https://i.ytimg.com/vi/1/maxresdefault.jpg', width: 1280, height: 720 },
    },
    ...more,
  },
  statistics: { viewCount: '1200', likeCount: '30', commentCount: '4' },
})
const comment = (id: string, minutes: number, more: object = {}) => ({
  id,
  snippet: {
    videoId: videoId(1),
    channelId,
    textOriginal: `Комментарий ${id}`,
    textDisplay: 'x',
    authorDisplayName: '@anna',
    authorChannelId: { value: 'UCanna' },
    likeCount: 2,
    publishedAt: when(minutes),
    updatedAt: when(minutes),
    ...more,
  },
})
const thread = (id: string, minutes: number, answers: object[] = [], total = answers.length, more: object = {}) => ({
  id,
  snippet: { channelId, videoId: videoId(1), topLevelComment: comment(id, minutes, more), totalReplyCount: total },
  ...(answers.length > 0 && { replies: { comments: answers.slice(0, 5) } }),
})
const answer = (id: string, of: string, minutes: number) =>
  comment(`${of}.${id}`, minutes, { parentId: of, videoId: undefined })

type Stands = {
  videos?: ReturnType<typeof video>[]
  threads?: object[]
  answers?: { [thread: string]: object[] }
  fails?: { [list: string]: PlatformAnswer }
}

/** The Data API with these videos and threads, newest first; it refuses what its reference does not know. */
function dataApi({ videos = [], threads = [], answers = {}, fails = {} }: Stands) {
  return (asked: URL): PlatformAnswer => {
    const list = asked.pathname.replace('/youtube/v3/', '')
    const of = (name: string) => asked.searchParams.get(name)
    if (fails[list]) return fails[list]
    const size = Number(of('maxResults') ?? 5)
    const paged = (all: object[], most: number) => {
      if (!(size >= 1 && size <= most)) return refuse(400, 'badRequest')
      const from = Number(of('pageToken') ?? 0)
      if (Number.isNaN(from)) return refuse(400, 'invalidPageToken')
      return json({
        items: all.slice(from, from + size),
        ...(from + size < all.length && { nextPageToken: String(from + size) }),
      })
    }
    switch (list) {
      case 'search': {
        const [after, before] = [
          Date.parse(of('publishedAfter') ?? ''),
          Date.parse(of('publishedBefore') ?? '2100-01-01T00:00:00Z'),
        ]
        const found = videos.filter(
          ({ snippet }) => Date.parse(snippet.publishedAt) >= after && Date.parse(snippet.publishedAt) < before,
        )
        return paged(
          found.map(({ id, snippet }) => ({ id: { kind: 'youtube#video', videoId: id }, snippet })),
          50,
        )
      }
      case 'videos': {
        const ids = (of('id') ?? '').split(',')
        return ids.length > 50
          ? refuse(400, 'badRequest')
          : json({ items: videos.filter(({ id }) => ids.includes(id)) })
      }
      case 'channels':
        return of('forHandle') === '@acme'
          ? json({
              items: [
                {
                  id: channelId,
                  snippet: { title: 'Acme' },
                  contentDetails: { relatedPlaylists: { uploads: 'UU01' } },
                },
              ],
            })
          : json({})
      case 'playlistItems':
        return paged(
          videos.map(({ id, snippet }) => ({ contentDetails: { videoId: id, videoPublishedAt: snippet.publishedAt } })),
          50,
        )
      case 'commentThreads':
        return paged(threads, 100)
      case 'comments': {
        const parent = of('parentId')
        if (parent !== null) return paged(answers[parent] ?? [], 100)
        const ids = (of('id') ?? '').split(',')
        return json({
          items: threads
            .map((one) => (one as ReturnType<typeof thread>).snippet.topLevelComment)
            .filter(({ id }) => ids.includes(id)),
        })
      }
    }
    return refuse(404, 'notFound')
  }
}

const everything: Stands = {
  videos: Array.from({ length: 60 }, (_, index) => video(index + 1)),
  threads: Array.from({ length: 130 }, (_, index) =>
    index === 0 ? thread('Ug0', 1, [answer('a1', 'Ug0', 1)], 7) : thread(`Ug${index}`, index + 1),
  ),
  answers: { Ug0: Array.from({ length: 7 }, (_, index) => answer(`a${index + 1}`, 'Ug0', 1)) },
}

connectorContract('youtube', {
  connector: youtubeConnector,
  origin: 'https://www.googleapis.com',
  settings: () => ({ url: '@acme' }),
  secrets: { key },
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://www.youtube.com/channel/nonsense' }, field: 'url' },
    { input: { url: 'https://www.youtube.com/watch?v=short' }, field: 'url' },
  ],
  answer: (request, base) =>
    request.headers['x-goog-api-key'] === key
      ? dataApi(everything)(new URL(request.url ?? '', base))
      : refuse(400, 'keyInvalid'),
  posts: 60 + 130 + 7,
})

describe('youtube', () => {
  const reader = (url: string) => readerOf(youtubeConnector, { url }, now.toISOString(), { key })

  test('a video has its description, its counts and its language', async () => {
    expect((await reader('acme банк').page(dataApi({ videos: [video(1)] }))).items).toMatchObject([
      {
        id: `youtube:video/${videoId(1)}`,
        kind: 'post',
        media: 'video',
        title: 'Видео 1',
        text: 'О банке 1',
        lang: 'ru',
        views: 1200,
        likes: 30,
        comments: 4,
        author: { id: channelId, name: 'Acme' },
        has: ['video'],
        images: [{ url: 'https://i.ytimg.com/vi/1/hqdefault.jpg', alt: null }],
        url: `https://www.youtube.com/watch?v=${videoId(1)}`,
        tags: ['банк'],
      },
    ])
  })

  test('a comment knows its video and what it answers', async () => {
    const { items } = await reader(`youtu.be/${videoId(1)}`).page(
      dataApi({ threads: [thread('Ug1', 2, [answer('b', 'Ug1', 1)])] }),
    )
    expect(items).toMatchObject([
      {
        id: 'youtube:comment/Ug1',
        kind: 'comment',
        parent: `youtube:video/${videoId(1)}`,
        root: `youtube:video/${videoId(1)}`,
        comments: 1,
        likes: 2,
        author: { id: 'UCanna', handle: 'anna' },
        url: `https://www.youtube.com/watch?v=${videoId(1)}&lc=Ug1`,
      },
      {
        id: 'youtube:comment/Ug1.b',
        kind: 'reply',
        parent: 'youtube:comment/Ug1',
        root: `youtube:video/${videoId(1)}`,
      },
    ])
  })

  test('a search goes back page by page by time, and begins again where it was', async () => {
    const videos = Array.from({ length: 120 }, (_, index) => video(index + 1, { publishedAt: when((index + 1) * 10) }))
    const one = reader('acme')
    const ids: string[] = []
    let cursor = null
    for (let more = true; more;) {
      const page = await one.page(dataApi({ videos }), cursor)
      ids.push(...page.items.map(({ id }) => id))
      ;({ next: cursor, more } = page)
    }
    expect(new Set(ids).size).toBe(120)
    expect(ids).toHaveLength(120)
    expect((await one.read(dataApi({ videos }), cursor)).kind).toBe('unchanged')
    expect(one.asked.filter(({ pathname }) => pathname.endsWith('search'))).toHaveLength(4)
  })

  test('answers are read again only of threads that have got more of them, and an edit is told', async () => {
    const one = reader(`https://www.youtube.com/watch?v=${videoId(1)}`)
    const stands = {
      threads: [thread('Ug1', 5, [answer('a', 'Ug1', 4)], 6)],
      answers: { Ug1: Array.from({ length: 6 }, (_, index) => answer(`a${index}`, 'Ug1', 4)) },
    }
    const { next } = await one.page(dataApi(stands))
    one.asked.length = 0
    const edited = { ...stands, threads: [thread('Ug1', 5, [answer('a', 'Ug1', 4)], 6, { textOriginal: 'Правка' })] }
    expect(await one.page(dataApi(edited), next)).toMatchObject({
      items: [{ text: 'Правка' }],
      edited: ['youtube:comment/Ug1'],
    })
    expect(one.asked.map(({ pathname }) => pathname)).toEqual(['/youtube/v3/commentThreads'])
  })

  test('a mark of a page that no longer holds begins anew and loses nothing', async () => {
    const threads = Array.from({ length: 150 }, (_, index) => thread(`Ug${index}`, index + 1))
    const one = reader(`https://youtu.be/${videoId(1)}`)
    const first = await one.page(dataApi({ threads }))
    const second = await one.read(dataApi({ threads }), { ...first.next, commentsPage: 'stale' })
    if (second.kind !== 'page') throw new Error(second.kind)
    const third = await one.page(dataApi({ threads }), second.next)
    expect([...first.items, ...second.items, ...third.items]).toHaveLength(150)
  })

  test('a channel without comments still brings its videos, and one that is not there is told', async () => {
    const one = reader('@acme')
    const first = await one.page(dataApi({ videos: [video(1)] }))
    expect(first).toMatchObject({ more: true, items: [{ title: 'Видео 1' }], health: { title: 'Acme' } })
    expect(
      await one.read(dataApi({ fails: { commentThreads: refuse(403, 'commentsDisabled') } }), first.next),
    ).toMatchObject({ kind: 'unchanged' })
    expect(await reader('@other').read(dataApi({}))).toMatchObject({
      kind: 'failed',
      problem: { key: 'youtube.not-found' },
    })
  })

  test('every refusal says what to do, and the day of quotas ends at midnight of the Pacific', async () => {
    const refusals: [PlatformAnswer, object][] = [
      [
        refuse(403, 'quotaExceeded'),
        { kind: 'rate-limited', retryAt: new Date('2026-11-23T08:00:00Z'), problem: { key: 'youtube.quota' } },
      ],
      [refuse(429, 'rateLimitExceeded'), { kind: 'rate-limited', retryAt: new Date('2026-11-22T12:01:00Z') }],
      [
        refuse(400, 'badRequest', 'API key not valid. Please pass a valid API key.'),
        { kind: 'signed-out', problem: { key: 'youtube.key' } },
      ],
      [refuse(403, 'accessNotConfigured'), { kind: 'signed-out', problem: { key: 'youtube.not-enabled' } }],
      [refuse(403, 'forbidden'), { kind: 'signed-out', problem: { key: 'youtube.forbidden' } }],
      [refuse(404, 'videoNotFound'), { kind: 'failed', problem: { key: 'youtube.not-found' } }],
      [
        refuse(400, 'invalidSearchFilter', 'Bad <code>q</code>'),
        { kind: 'failed', problem: { key: 'youtube.refused', values: { reason: 'Bad q' } } },
      ],
    ]
    for (const [refused, told] of refusals) expect(await reader('acme').read(() => refused)).toMatchObject(told)
  })

  test('what is broken in one item is told and does not hide the others', async () => {
    const videos = [
      video(1, { publishedAt: '1970-01-01T00:00:00Z' }),
      video(2, { publishedAt: '2050-01-01T00:00:00Z' }),
      video(3),
    ]
    const broken = (asked: URL) => {
      if (asked.pathname.endsWith('/videos'))
        return json({ items: [...videos, { id: 5 }, 'x', { ...video(4), statistics: { viewCount: '-7' } }] })
      return json({ items: videos.map(({ id, snippet }) => ({ id: { videoId: id }, snippet })) })
    }
    const { items, problems } = await reader('acme').page(broken)
    expect(items.map(({ postedAt, views }) => [postedAt === null, views])).toEqual([
      [true, 1200],
      [true, 1200],
      [false, 1200],
      [false, null],
    ])
    expect(problems.map(({ problem }) => problem?.key)).toEqual([
      'entry.date',
      'entry.date',
      'entry.unreadable',
      'entry.unreadable',
    ])
  })

  test('videos and comments are looked up together, and what is not there is gone', async () => {
    const api = dataApi({ videos: [video(1)], threads: [thread('Ug1', 2)] })
    const io = plainIo({
      request: async (url) => ({
        kind: 'ok',
        status: 200,
        headers: {},
        body: Buffer.from(api(new URL(url)).body ?? ''),
        url,
        movedTo: null,
        requests: 1,
      }),
      now: () => now,
      signal: new AbortController().signal,
    })
    const source = { id: 1, config: { url: '@acme' }, secrets: { key }, cursor: null }
    const ids = [
      `youtube:video/${videoId(1)}`,
      'youtube:comment/Ug1',
      `youtube:video/${videoId(2)}`,
      'youtube:comment/Ug2',
      'x:1',
    ]
    expect(await youtubeConnector.lookUp!(ids, source, io)).toMatchObject({
      kind: 'found',
      posts: [
        { id: ids[0], views: 1200 },
        { id: ids[1], likes: 2 },
      ],
      missing: [ids[2], ids[3]],
    })
  })

  test('what is wanted is understood however it is written', () => {
    for (const text of ['@acme', 'youtube.com/@acme', 'https://www.youtube.com/@acme/videos'])
      expect(readWanted(text)).toMatchObject({ kind: 'channel', by: 'forHandle', name: '@acme' })
    expect(readWanted(`https://m.youtube.com/channel/${channelId}`)).toMatchObject({ kind: 'channel', by: 'id' })
    for (const path of ['watch?v=', 'shorts/', 'live/'])
      expect(readWanted(`https://www.youtube.com/${path}${videoId(1)}`)).toMatchObject({
        kind: 'video',
        id: videoId(1),
      })
    expect(readWanted('https://www.youtube.com/results?search_query=acme+bank')).toMatchObject({
      kind: 'search',
      words: 'acme bank',
    })
    expect(readWanted('acme  bank')).toMatchObject({ kind: 'search', words: 'acme bank' })
  })
})

/** Answers in one thread, with a stranger's that says the same. */
function start(): ReplyPlatform {
  const made = [{ id: 'Ug1.x', text: 'Здравствуйте! Уже чиним.', by: 'UCother' }]
  let next = 0
  const shown = ({ id, text, by }: (typeof made)[number]) => ({
    id,
    snippet: { textOriginal: text, authorChannelId: { value: by }, publishedAt: now.toISOString(), parentId: 'Ug1' },
  })
  return {
    published: () => made.slice(1).map(({ id, text }) => ({ id, text })),
    answer({ method, url, headers, body }: Asked) {
      if (url.host === 'oauth2.googleapis.com') return grantToken(body, now, '')
      if (headers['authorization'] !== `Bearer ${accessToken}`) return refuse(401, 'authError')
      const list = url.pathname.replace('/youtube/v3/', '')
      if (list === 'channels')
        return url.searchParams.get('mine') === 'true'
          ? json({ items: [{ id: 'UCacme', snippet: { title: 'Acme' } }] })
          : refuse(400, 'badRequest')
      if (list !== 'comments') return refuse(404, 'notFound')
      if (method === 'GET') return json({ items: made.map(shown) })
      if (method === 'DELETE') {
        const at = made.findIndex(({ id }) => id === url.searchParams.get('id'))
        if (at < 1) return refuse(404, 'commentNotFound')
        made.splice(at, 1)
        return { status: 204, body: '' }
      }
      const { id, snippet } = JSON.parse(body) as { id?: string; snippet: { parentId?: string; textOriginal: string } }
      if (method === 'PUT') {
        const own = made.find((one) => one.id === id)
        if (!own) return refuse(404, 'commentNotFound')
        own.text = snippet.textOriginal
        return json(shown(own))
      }
      if (snippet.parentId !== 'Ug1') return refuse(404, 'parentCommentNotFound')
      next += 1
      const one = { id: `Ug1.own${next}`, text: snippet.textOriginal, by: 'UCacme' }
      made.push(one)
      return json(shown(one))
    },
  }
}

replyContract('youtube', {
  channel: youtubeReplies,
  settings: person,
  wrongSettings: [
    { input: null, field: 'clientId' },
    { input: { ...person, refreshToken: 'two words' }, field: 'refreshToken' },
  ],
  name: 'Acme',
  // An answer: whoever answers it stands in the same thread.
  to: {
    id: 'youtube:comment/Ug1.a1',
    url: `https://www.youtube.com/watch?v=${videoId(1)}&lc=Ug1.a1`,
    title: null,
    parent: 'youtube:comment/Ug1',
    root: `youtube:video/${videoId(1)}`,
    author: null,
  },
  start,
  publishes: ({ method, url }) => method === 'POST' && url.pathname === '/youtube/v3/comments',
})
