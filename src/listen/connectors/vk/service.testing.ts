import type { PlatformAnswer } from '../connector.contract.ts'

/** A post of the played VK, in the form of its schema; whatever is not given is usual. */
export type PlayedPost = { id: number; owner_id: number; date: number; text: string; [more: string]: unknown }
export type PlayedComment = {
  id: number
  from_id: number
  date: number
  text: string
  thread?: PlayedComment[]
  deleted?: true
  guid?: string
  reply_to_comment?: number
}

/** A discussion; its first comment is its opening. */
export type PlayedTopic = { id: number; title: string; comments: PlayedComment[]; is_fixed?: 0 | 1 }

/** What each method takes and how much it gives at most: https://github.com/VKCOM/vk-api-schema */
const methods: { [method: string]: { takes: string[]; needs?: string[]; most?: number } } = {
  'newsfeed.search': {
    takes: ['q', 'extended', 'count', 'start_time', 'end_time', 'start_from', 'fields', 'latitude', 'longitude'],
    most: 200,
  },
  'newsfeed.getMentions': { takes: ['owner_id', 'start_time', 'end_time', 'offset', 'count'], most: 50 },
  'wall.get': { takes: ['owner_id', 'domain', 'offset', 'count', 'filter', 'extended', 'fields'], most: 100 },
  'wall.getComments': {
    takes: [
      ...['owner_id', 'post_id', 'need_likes', 'start_comment_id', 'offset', 'count', 'sort', 'preview_length'],
      ...['extended', 'fields', 'comment_id', 'thread_items_count'],
    ],
    most: 100,
  },
  'wall.getById': { takes: ['posts', 'extended', 'copy_history_depth', 'fields'], needs: ['posts'] },
  'wall.createComment': {
    takes: ['owner_id', 'post_id', 'from_group', 'message', 'reply_to_comment', 'attachments', 'sticker_id', 'guid'],
    needs: ['post_id'],
  },
  'wall.editComment': { takes: ['owner_id', 'post_id', 'comment_id', 'message', 'attachments'], needs: ['comment_id'] },
  'wall.deleteComment': { takes: ['owner_id', 'post_id', 'comment_id'], needs: ['comment_id'] },
  'board.getTopics': {
    takes: ['group_id', 'topic_ids', 'order', 'offset', 'count', 'extended', 'preview', 'preview_length'],
    needs: ['group_id'],
    most: 100,
  },
  'board.getComments': {
    takes: ['group_id', 'topic_id', 'need_likes', 'start_comment_id', 'offset', 'count', 'extended', 'sort'],
    needs: ['group_id', 'topic_id'],
    most: 100,
  },
  'board.createComment': {
    takes: ['group_id', 'topic_id', 'message', 'attachments', 'from_group', 'sticker_id', 'guid'],
    needs: ['group_id', 'topic_id'],
  },
  'board.editComment': {
    takes: ['group_id', 'topic_id', 'comment_id', 'message', 'attachments'],
    needs: ['group_id', 'topic_id', 'comment_id'],
  },
  'board.deleteComment': {
    takes: ['group_id', 'topic_id', 'comment_id'],
    needs: ['group_id', 'topic_id', 'comment_id'],
  },
  'streaming.getServerUrl': { takes: [] },
  'users.get': { takes: ['user_ids', 'fields', 'name_case'] },
  'groups.getById': { takes: ['group_ids', 'group_id', 'fields'] },
  'utils.resolveScreenName': { takes: ['screen_name'], needs: ['screen_name'] },
  'groups.getCallbackConfirmationCode': { takes: ['group_id'], needs: ['group_id'] },
  'groups.getCallbackServers': { takes: ['group_id', 'server_ids'], needs: ['group_id'] },
  'groups.addCallbackServer': {
    takes: ['group_id', 'url', 'title', 'secret_key'],
    needs: ['group_id', 'url', 'title'],
  },
  'groups.editCallbackServer': {
    takes: ['group_id', 'server_id', 'url', 'title', 'secret_key'],
    needs: ['group_id', 'server_id', 'url', 'title'],
  },
  'groups.setCallbackSettings': {
    takes: [
      ...['group_id', 'server_id', 'api_version', 'wall_post_new', 'wall_repost', 'wall_reply_new', 'wall_reply_edit'],
      ...['wall_reply_delete', 'wall_reply_restore'],
    ],
    needs: ['group_id'],
  },
}

const shownByASearch = 1000
const person = (id: number) => ({
  id,
  first_name: 'Анна',
  last_name: `№${id}`,
  screen_name: `anna${id}`,
  followers_count: 120,
})
const community = (id: number) => ({
  id,
  name: `Банк ${id}`,
  screen_name: `bank${id}`,
  members_count: 5000,
  verified: 1,
})

/** VK as its schema describes it, in memory: it refuses what the schema does not know. */
export class PlayedVk {
  posts: PlayedPost[] = []
  comments = new Map<string, PlayedComment[]>()
  topics: PlayedTopic[] = []
  /** Where streams are opened. */
  streaming = 'streaming.vk.test'
  servers: { id: number; url: string; secret_key: string; status: string }[] = []
  settings: URLSearchParams[] = []
  /** Whether `end_time` belongs to what is searched, which the schema leaves open. */
  endBelongs = true
  /** Whose key this is, where it is a community's own. */
  groupKey: number | null = null
  refuses: { code: number; method?: string } | null = null
  readonly asked: { method: string; given: URLSearchParams }[] = []

  answer(url: string, body: string): PlatformAnswer {
    const method = /\/method\/([\w.]+)$/.exec(new URL(url, 'https://api.vk.com').pathname)?.[1] ?? ''
    const given = new URLSearchParams(body)
    this.asked.push({ method, given })
    const known = methods[method]
    const extra = [...given.keys()].filter(
      (name) => !['access_token', 'v', 'lang', ...(known?.takes ?? [])].includes(name),
    )
    if (!known || given.get('v') !== '5.199') return refusal(3, `Unknown method passed: ${method}`)
    if (extra.length > 0) return refusal(100, `Unknown parameters ${extra.join(', ')}`)
    const missing = known.needs?.filter((name) => !given.has(name)) ?? []
    if (missing.length > 0) return refusal(100, `Missing ${missing.join(', ')}`)
    if (known.most !== undefined && Number(given.get('count') ?? 0) > known.most)
      return refusal(100, 'count is too large')
    if ((given.get('access_token') ?? '') === '')
      return refusal(5, 'User authorization failed: no access_token passed.')
    if (this.refuses !== null && (this.refuses.method ?? method) === method) return refusal(this.refuses.code, 'No')
    return this.#do(method, given)
  }

  #do(method: string, given: URLSearchParams): PlatformAnswer {
    const number = (name: string): number => Number(given.get(name) ?? 0)
    const isFor = (ours: 'person' | 'group') => (ours === 'group') === (this.groupKey !== null)
    switch (method) {
      case 'newsfeed.search':
      case 'newsfeed.getMentions': {
        const end = given.has('end_time') ? number('end_time') : Infinity
        const found = this.posts
          .filter(({ text }) => text.toLowerCase().includes((given.get('q') ?? '').toLowerCase()))
          .filter(({ date }) => date >= number('start_time') && (this.endBelongs ? date <= end : date < end))
          .toSorted((a, b) => b.date - a.date || b.id - a.id)
          .slice(0, shownByASearch)
        const from = given.has('start_from') ? Number(given.get('start_from')?.split('/')[0]) : number('offset')
        const items = found.slice(from, from + number('count'))
        if (method === 'newsfeed.getMentions') return answer({ count: found.length, items })
        const next = from + items.length
        return answer({
          ...{ items, count: found.length, total_count: found.length, ...this.#people(given, items) },
          ...(next < found.length && { next_from: `${next}/-1_${next}` }),
        })
      }
      case 'wall.get': {
        const all = this.posts.filter((post) => post.owner_id === number('owner_id')).toSorted((a, b) => b.id - a.id)
        const pinned = all.filter((post) => post['is_pinned'] === 1)
        const ordered = [...pinned, ...all.filter((post) => post['is_pinned'] !== 1)]
        const items = ordered.slice(number('offset'), number('offset') + number('count'))
        return answer({
          count: all.length,
          items: items.map((post) => this.#counted(post)),
          ...this.#people(given, items),
        })
      }
      case 'wall.getById': {
        const items = (given.get('posts') ?? '')
          .split(',')
          .flatMap((id) => this.posts.find((post) => `${post.owner_id}_${post.id}` === id) ?? [])
        return answer({ items: items.map((post) => this.#counted(post)), ...this.#people(given, items) })
      }
      case 'wall.getComments': {
        if (this.groupKey !== null)
          return refusal(27, 'Group authorization failed: method is unavailable with group auth.')
        const place = `${given.get('owner_id')}_${given.get('post_id')}`
        const top = this.comments.get(place) ?? []
        const level = given.has('comment_id') ? (top.find(({ id }) => id === number('comment_id'))?.thread ?? []) : top
        const ordered = level.toSorted((a, b) => (given.get('sort') === 'desc' ? b.id - a.id : a.id - b.id))
        const page = ordered.slice(number('offset'), number('offset') + number('count'))
        const items = page.map((one) =>
          this.#shown(one, number('thread_items_count'), given.has('comment_id') ? number('comment_id') : null),
        )
        const writers = page.flatMap((one) => [one, ...(one.thread ?? [])]).map(({ from_id }) => ({ from_id }))
        return answer({ count: top.length, items, ...this.#people(given, writers) })
      }
      case 'wall.createComment': {
        const place = `${given.get('owner_id')}_${given.get('post_id')}`
        const top = this.comments.get(place) ?? []
        const all = top.flatMap((one) => [one, ...(one.thread ?? [])])
        const again = all.find(({ guid }) => guid !== undefined && guid === given.get('guid'))
        if (again) return answer({ comment_id: again.id })
        const from_id = this.groupKey !== null ? -this.groupKey : given.has('from_group') ? -number('from_group') : 7
        const made: PlayedComment = {
          id: 9000 + all.length,
          from_id,
          date: this.now,
          text: (given.get('message') ?? '').trim(),
          guid: given.get('guid') ?? '',
        }
        const answered = number('reply_to_comment')
        const parent = top.find((one) => one.id === answered || one.thread?.some(({ id }) => id === answered))
        if (answered !== 0 && parent === undefined) return refusal(100, 'reply_to_comment is invalid')
        if (parent) (parent.thread ??= []).push(made)
        else this.comments.set(place, [...top, made])
        return answer({ comment_id: made.id, parents_stack: parent ? [parent.id] : [] })
      }
      case 'wall.editComment':
      case 'wall.deleteComment': {
        if (this.groupKey !== null) return refusal(27, 'Group authorization failed')
        const place = `${given.get('owner_id')}_${given.get('post_id')}`
        const isIt = ({ id }: PlayedComment) => id === number('comment_id')
        const kept = this.comments.get(place) ?? []
        const found = kept.flatMap((one) => [one, ...(one.thread ?? [])]).find(isIt)
        if (!found) return refusal(100, 'comment_id is invalid')
        if (method === 'wall.editComment') found.text = given.get('message') ?? ''
        else
          this.comments.set(
            place,
            kept
              .filter((one) => !isIt(one))
              .map((one) => ({ ...one, ...(one.thread && { thread: one.thread.filter((below) => !isIt(below)) }) })),
          )
        return answer(1)
      }
      case 'board.getTopics': {
        const wanted = given.get('topic_ids')?.split(',').map(Number)
        const lastOf = ({ comments }: PlayedTopic) => comments.at(-1)?.date ?? 0
        const ordered = this.topics
          .filter(({ id }) => wanted === undefined || wanted.includes(id))
          .toSorted((a, b) => (b.is_fixed ?? 0) - (a.is_fixed ?? 0) || lastOf(b) - lastOf(a))
        const items = ordered.slice(number('offset'), number('offset') + number('count') || undefined)
        return answer({
          count: this.topics.length,
          default_order: 1,
          can_add_topics: 0,
          items: items.map(({ comments, ...topic }) => ({
            ...{
              ...topic,
              created: comments[0]?.date,
              created_by: comments[0]?.from_id,
              updated: comments.at(-1)?.date,
            },
            ...{ updated_by: comments.at(-1)?.from_id, is_closed: 0, is_fixed: topic.is_fixed ?? 0 },
            ...{ comments: comments.length, ...(given.get('preview') === '1' && { first_comment: comments[0]?.text }) },
          })),
          ...this.#people(
            given,
            items.map(({ comments }) => ({ from_id: comments[0]?.from_id })),
          ),
        })
      }
      case 'board.getComments': {
        if (this.groupKey !== null) return refusal(27, 'Group authorization failed')
        const all = this.topics.find(({ id }) => id === number('topic_id'))?.comments
        if (!all) return refusal(18, 'Topic was deleted')
        const ordered = given.get('sort') === 'desc' ? all.toReversed() : all
        const items = ordered.slice(number('offset'), number('offset') + number('count'))
        return answer({
          count: all.length,
          items: items.map(({ guid: _, ...one }) => ({ ...one, likes: { count: 2, can_like: 1, user_likes: 0 } })),
          ...this.#people(given, items),
        })
      }
      case 'board.createComment': {
        if (this.groupKey !== null) return refusal(27, 'Group authorization failed')
        const all = this.topics.find(({ id }) => id === number('topic_id'))?.comments
        if (!all) return refusal(100, 'topic_id is invalid')
        const again = all.find(({ guid }) => guid !== undefined && guid === given.get('guid'))
        if (again) return answer(again.id)
        const from_id = given.get('from_group') === '1' ? -number('group_id') : 7
        const text = (given.get('message') ?? '').trim()
        all.push({ id: 8000 + all.length, from_id, date: this.now, text, guid: given.get('guid') ?? '' })
        return answer(8000 + all.length - 1)
      }
      case 'board.editComment':
      case 'board.deleteComment': {
        if (this.groupKey !== null && method === 'board.editComment') return refusal(27, 'Group authorization failed')
        const all = this.topics.find(({ id }) => id === number('topic_id'))?.comments ?? []
        const at = all.findIndex(({ id }) => id === number('comment_id'))
        if (at < 0) return refusal(100, 'comment_id is invalid')
        if (method === 'board.deleteComment') all.splice(at, 1)
        else all[at] = { ...all[at]!, text: given.get('message') ?? '' }
        return answer(1)
      }
      case 'streaming.getServerUrl':
        return answer({ endpoint: this.streaming, key: 'stream-key' })
      case 'users.get':
        if (!given.has('user_ids'))
          return isFor('person') ? answer([person(7)]) : refusal(27, 'Group authorization failed')
        return answer((given.get('user_ids') ?? '').split(',').map((id) => person(Number(id))))
      case 'groups.getById':
        if (given.has('group_ids'))
          return answer({
            groups: (given.get('group_ids') ?? '').split(',').map((id) => community(Number(id))),
            profiles: [],
          })
        return this.groupKey === null
          ? refusal(100, 'group_ids is undefined')
          : answer({ groups: [community(this.groupKey)], profiles: [] })
      case 'utils.resolveScreenName': {
        const bank = /^bank(\d+)$/.exec(given.get('screen_name') ?? '')?.[1]
        return answer(bank === undefined ? [] : { type: 'group', object_id: Number(bank) })
      }
      case 'groups.getCallbackConfirmationCode':
        return answer({ code: 'c0ffee' })
      case 'groups.getCallbackServers':
        return answer({
          count: this.servers.length,
          items: this.servers.map((one) => ({ ...one, title: 'Heed', creator_id: 7 })),
        })
      case 'groups.addCallbackServer':
        this.servers.push({
          id: 3,
          url: given.get('url') ?? '',
          secret_key: given.get('secret_key') ?? '',
          status: 'wait',
        })
        return answer({ server_id: 3 })
      case 'groups.editCallbackServer':
        for (const server of this.servers) if (server.id === number('server_id')) server.status = 'wait'
        return answer(1)
      case 'groups.setCallbackSettings':
        this.settings.push(given)
        return answer(1)
      default:
        return refusal(3, 'Unknown method passed')
    }
  }

  /** Unix seconds of what is written here. */
  now = 1_795_348_800

  #counted(post: PlayedPost): object {
    const below = this.comments.get(`${post.owner_id}_${post.id}`) ?? []
    const count = below.reduce((sum, { thread = [] }) => sum + 1 + thread.length, 0)
    return { ...post, comments: { count, can_post: 1 } }
  }

  #shown({ thread = [], guid: _, ...comment }: PlayedComment, withEach: number, root: number | null): object {
    const shown = thread.slice(0, withEach)
    const stack = root === null ? [] : [root]
    return {
      ...comment,
      parents_stack: stack,
      likes: { count: 2, can_like: 1, user_likes: 0 },
      ...(root === null && {
        thread: { count: thread.length, items: shown.map((one) => this.#shown(one, 0, comment.id)), can_post: true },
      }),
    }
  }

  #people(given: URLSearchParams, items: { from_id?: unknown; owner_id?: unknown }[]): object {
    if (given.get('extended') !== '1') return {}
    const ids = [...new Set(items.flatMap(({ from_id: from, owner_id: owner }) => [from, owner]).map(Number))].filter(
      (id) => id,
    )
    return {
      profiles: ids.filter((id) => id > 0).map(person),
      groups: ids.filter((id) => id < 0).map((id) => community(-id)),
    }
  }
}

function answer(response: unknown): PlatformAnswer {
  return { headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify({ response }) }
}

export function refusal(code: number, text: string): PlatformAnswer {
  return {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: { error_code: code, error_msg: text } }),
  }
}
