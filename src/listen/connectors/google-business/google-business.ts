import { z } from 'zod'
import { barePost } from '../../posts/post.ts'
import { typed, wrong } from '../answers.ts'
import type { Connector, Fetched, SourceToRead } from '../connector.ts'
import { freshOf, momentOf, toldOf, type Mapped } from '../fresh.ts'
import { askGoogleApi } from '../google/api.ts'
import { secondsOf } from '../moments.ts'
import { isUnderWay, printStretch, readStretch, stepDown } from '../stretch.ts'
import { businessApi, type BusinessKeys } from './api.ts'

export type GoogleBusinessConfig = { url: string }

const dayS = 86_400
// The list is in the order of changes, so a changed review is met where new ones are.
const back = { firstS: 3650 * dayS, alwaysS: dayS, sweepS: 30 * dayS, sweepEveryS: dayS }
const minuteMs = 60_000

const stars = { ONE: 1, TWO: 2, THREE: 3, FOUR: 4, FIVE: 5 } as const

export const BusinessReview = z.object({
  name: z.string().regex(/^accounts\/\d+\/locations\/\d+\/reviews\/[\w-]+$/),
  reviewer: z.object({ displayName: z.string().nullish(), isAnonymous: z.boolean().nullish() }).nullish(),
  starRating: z.enum(['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE']).nullish().catch(null),
  comment: z.string().nullish(),
  createTime: z.string().nullish(),
  updateTime: z.string().nullish(),
  reviewReply: z.object({ comment: z.string().nullish() }).nullish(),
})
type BusinessReview = z.infer<typeof BusinessReview>
const Reviews = z.object({ reviews: z.array(z.unknown()).nullish(), nextPageToken: z.string().nullish() })
const Changed = z.object({ updateTime: z.string() })

/** A location by what the API calls it; null when the text is none. */
export function readLocation(text: string): string | null {
  return /accounts\/\d+\/locations\/\d+/.exec(text)?.[0] ?? null
}

/** Reviews of a place of one's own on Google Maps. */
export const googleBusinessConnector: Connector<GoogleBusinessConfig> = {
  platform: 'google-business',
  capabilities: {
    collects: ['poll'],
    replies: true,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'approval',
  },

  parseConfig(input) {
    const location = readLocation(typed(input, 'url'))
    if (location === null) throw wrong('google-business.url', {}, 'url')
    return { url: location }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const stretch = readStretch(cursor, 'reviews', io.now(), back)
    const kept = cursor['token']
    const token: { [name: string]: string } =
      isUnderWay(stretch) && typeof kept === 'string' && kept !== '' ? { pageToken: kept } : {}
    const query = new URLSearchParams({ pageSize: '50', orderBy: 'updateTime desc', ...token })
    const asked = await askGoogleApi(businessApi, `${url}/reviews?${query.toString()}`, keysOf(source), Reviews, io)
    if ('trouble' in asked) return asked.trouble
    const data = asked.value.reviews ?? []
    const fresh = freshOf(data, BusinessReview, (review) => reviewToPost(review, url, io.now()), cursor['seen'])
    const moments = secondsOf(
      data.map((item) => Changed.safeParse(item).data?.updateTime),
      io.now(),
    )
    const following = asked.value.nextPageToken ?? null
    const next = stepDown(stretch, { moments, isLast: following === null }, back)
    const place = { url, reviews: printStretch(next), token: isUnderWay(next) ? (following ?? '') : '' }
    const health = { title: url, requests: asked.content.requests, pollAfterMs: 10 * minuteMs }
    return toldOf(fresh, { cursor: place, more: isUnderWay(next), health })
  },
}

function keysOf({ secrets }: SourceToRead<GoogleBusinessConfig>): BusinessKeys {
  return {
    clientId: secrets['clientId'] ?? '',
    clientSecret: secrets['clientSecret'] ?? '',
    refreshToken: secrets['refreshToken'] ?? '',
  }
}

function reviewToPost(review: BusinessReview, location: string, now: Date): Mapped {
  // Google adds its translation, and what was written stands behind it in brackets of its own.
  const original = /\(Original\)\s*([\s\S]+)$/.exec(review.comment ?? '')?.[1]
  const text = (original ?? (review.comment ?? '').replace(/\s*\(Translated by Google\)[\s\S]*$/, ''))
    .trim()
    .toWellFormed()
  if (text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(review.createTime ?? null, now)
  const name = review.reviewer?.isAnonymous === true ? null : review.reviewer?.displayName?.trim() || null
  const post = barePost({
    id: `google-business:${review.name}`,
    platform: 'google-business',
    source: location,
    media: 'review',
    kind: 'review',
    text,
    postedAt,
    // Names are not unique, and Google tells nothing else.
    author: name === null ? null : { id: name, name, handle: null, bio: null, followers: null, verified: null },
    rating: review.starRating == null ? null : stars[review.starRating],
  })
  return { post, problems }
}
