import { z } from 'zod'
import { barePost } from '../../posts/post.ts'
import { typed, wrong } from '../answers.ts'
import type { Connector, Fetched } from '../connector.ts'
import { freshOf, momentOf, toldOf, type Mapped } from '../fresh.ts'
import { askGoogleApi } from '../google/api.ts'
import { twoLetterLanguage } from '../languages.ts'
import { secondsOf } from '../moments.ts'
import { playApi } from './api.ts'
import { isUnderWay, printStretch, readStretch, stepDown } from '../stretch.ts'

export type GooglePlayConfig = { url: string; app: string }

const dayS = 86_400
// The list holds what was written or changed in the last week.
const back = { firstS: 8 * dayS, alwaysS: 3600, sweepS: 8 * dayS, sweepEveryS: dayS }
const minuteMs = 60_000

const UserComment = z.object({
  text: z.string(),
  originalText: z.string().nullish(),
  lastModified: z.object({ seconds: z.union([z.string(), z.number()]) }).nullish(),
  starRating: z.int().min(1).max(5).nullish().catch(null),
  reviewerLanguage: z.string().nullish(),
  thumbsUpCount: z.int().nonnegative().nullish(),
})
export const PlayReview = z.object({
  reviewId: z.string().min(1),
  authorName: z.string().nullish(),
  comments: z.array(
    z.object({
      userComment: UserComment.nullish(),
      developerComment: z.object({ text: z.string().nullish() }).nullish(),
    }),
  ),
})
type PlayReview = z.infer<typeof PlayReview>
const Reviews = z.object({
  reviews: z.array(z.unknown()).nullish(),
  tokenPagination: z.object({ nextPageToken: z.string().nullish() }).nullish(),
})

/** Reviews with words of an app of one's own on Google Play, new ones and changed ones. */
export const googlePlayConnector: Connector<GooglePlayConfig> = {
  platform: 'google-play',
  capabilities: {
    collects: ['poll'],
    replies: true,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'free-key',
    // https://developers.google.com/android-publisher/reply-to-reviews
    quotas: [{ name: 'reads', units: 200, per: 60 * minuteMs }],
  },

  parseConfig(input) {
    const text = typed(input, 'url')
    const named = URL.canParse(text) ? new URL(text).searchParams.get('id') : text
    if (named === null || !/^[a-z]\w*(\.[a-z]\w*)+$/i.test(named)) throw wrong('google-play.url', {}, 'url')
    return { url: `https://play.google.com/store/apps/details?id=${named}`, app: named }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url, app } = source.config
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const spent = await io.spend('reads')
    if (spent.kind === 'refused') return { kind: 'rate-limited', retryAt: spent.until }
    const stretch = readStretch(cursor, 'reviews', io.now(), back)
    const kept = cursor['token']
    const token =
      isUnderWay(stretch) && typeof kept === 'string' && kept !== '' ? `&token=${encodeURIComponent(kept)}` : ''
    const asked = await askGoogleApi(
      playApi,
      `${app}/reviews?maxResults=100${token}`,
      source.secrets['keyFile'] ?? '',
      Reviews,
      io,
    )
    if ('trouble' in asked) return asked.trouble
    const { reviews, tokenPagination } = asked.value
    const data = reviews ?? []
    const fresh = freshOf(data, PlayReview, (review) => reviewToPost(review, { app, url }, io.now()), cursor['seen'])
    const moments = secondsOf(
      data.map((item) => saidBy(PlayReview.safeParse(item).data)?.lastModified?.seconds),
      io.now(),
    )
    const following = tokenPagination?.nextPageToken ?? null
    const next = stepDown(stretch, { moments, isLast: following === null }, back)
    const place = { url, reviews: printStretch(next), token: isUnderWay(next) ? (following ?? '') : '' }
    const health = { title: app, requests: asked.content.requests, pollAfterMs: 10 * minuteMs }
    return toldOf(fresh, { cursor: place, more: isUnderWay(next), health })
  },
}

function saidBy(review: PlayReview | undefined): z.infer<typeof UserComment> | null {
  return review?.comments.find(({ userComment }) => userComment != null)?.userComment ?? null
}

function reviewToPost(review: PlayReview, { app, url }: { app: string; url: string }, now: Date): Mapped {
  const said = saidBy(review)
  // The title stands before a tab, and often is empty.
  const [first = '', ...rest] = (said?.originalText || said?.text || '').split('\t')
  const [title, text] = rest.length === 0 ? ['', first] : [first, rest.join('\t')]
  const words = (text.trim() || title.trim()).toWellFormed()
  if (said === null || words === '') return { post: null, problems: [] }
  const seconds = Number(said.lastModified?.seconds)
  const { postedAt, problems } = momentOf(Number.isNaN(seconds) ? null : seconds, now)
  const name = review.authorName?.trim() || null
  const post = barePost({
    id: `google-play:${review.reviewId}`,
    platform: 'google-play',
    source: app,
    media: 'review',
    kind: 'review',
    url: `${url}&reviewId=${encodeURIComponent(review.reviewId)}`,
    title: title.trim() || null,
    text: words,
    lang: twoLetterLanguage(said.reviewerLanguage),
    postedAt,
    // Names are not unique, and Google tells nothing else.
    author: name === null ? null : { id: name, name, handle: null, bio: null, followers: null, verified: null },
    likes: said.thumbsUpCount ?? null,
    rating: said.starRating ?? null,
  })
  return { post, problems }
}
