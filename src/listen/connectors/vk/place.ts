import type { AnsweredMention } from '../reply-channel.ts'

/** Where something stands on VK. `comment` null: it is the post itself; `thread` is the comment below which an answer hangs. */
export type WallPlace = { owner: number; post: number; comment: number | null; thread: number | null }

/** The id of a mention is its address without what only helps a browser to scroll. */
export function idOf({ owner, post, comment }: Pick<WallPlace, 'owner' | 'post' | 'comment'>): string {
  return `https://vk.com/wall${owner}_${post}${comment === null ? '' : `?reply=${comment}`}`
}

export function urlOf(place: WallPlace): string {
  return idOf(place) + (place.comment !== null && place.thread !== null ? `&thread=${place.thread}` : '')
}

/** Null where a mention is none of a wall. */
export function placeOf({ id, url }: Pick<AnsweredMention, 'id' | 'url'>): WallPlace | null {
  const [, owner, post, comment] =
    /^https:\/\/vk\.com\/wall(-?\d{1,15})_(\d{1,15})(?:\?reply=(\d{1,15}))?$/.exec(id) ?? []
  if (owner === undefined) return null
  const thread = /[?&]thread=(\d{1,15})\b/.exec(url ?? '')?.[1]
  return {
    owner: Number(owner),
    post: Number(post),
    comment: comment === undefined ? null : Number(comment),
    thread: thread === undefined ? null : Number(thread),
  }
}

/** A topic of a community's discussion board; `comment` null: its opening. */
export type TopicPlace = { group: number; topic: number; comment: number | null }

export function topicIdOf({ group, topic, comment }: TopicPlace): string {
  return `https://vk.com/topic-${group}_${topic}${comment === null ? '' : `?post=${comment}`}`
}

/** Null where a mention is none of a discussion. */
export function topicPlaceOf(id: string): TopicPlace | null {
  const [, group, topic, comment] =
    /^https:\/\/vk\.com\/topic-(\d{1,15})_(\d{1,15})(?:\?post=(\d{1,15}))?$/.exec(id) ?? []
  if (group === undefined) return null
  return { group: Number(group), topic: Number(topic), comment: comment === undefined ? null : Number(comment) }
}
