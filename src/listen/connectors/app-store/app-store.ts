import { z } from 'zod'
import { barePost } from '../../posts/post.ts'
import { failed, typed, wrong, type Trouble } from '../answers.ts'
import type { Connector, Cursor, Fetched, SourceIo, SourceToRead } from '../connector.ts'
import { freshOf, momentOf, toldOf, type Mapped } from '../fresh.ts'
import { secondsOf } from '../moments.ts'
import { isUnderWay, printStretch, readStretch, stepDown } from '../stretch.ts'
import { askAppStore, origin } from './ask.ts'
import type { AppStoreKeys } from './keys.ts'
import { countryOf } from './territory.ts'

export type AppStoreConfig = { url: string; app: string }

const dayS = 86_400
// People change a review years later, and then it stands where it stood; the newest are where changes are likely.
const back = { firstS: 3650 * dayS, alwaysS: 3 * dayS, sweepS: 60 * dayS, sweepEveryS: dayS }
const minuteMs = 60_000

const Review = z.object({
  id: z.string().min(1),
  attributes: z.object({
    rating: z.int().min(1).max(5).nullish().catch(null),
    title: z.string().nullish(),
    body: z.string().nullish(),
    reviewerNickname: z.string().nullish(),
    createdDate: z.string().nullish(),
    territory: z.string().nullish(),
  }),
})
type Review = z.infer<typeof Review>
const Reviews = z.object({ data: z.array(z.unknown()), links: z.object({ next: z.string().nullish() }).nullish() })
const Apps = z.object({ data: z.object({ attributes: z.object({ name: z.string().nullish() }) }) })
const Dated = z.object({ attributes: z.object({ createdDate: z.string() }) })

/** Reviews of an app of one's own in all countries of the App Store, by its key. */
export const appStoreConnector: Connector<AppStoreConfig> = {
  platform: 'app-store',
  capabilities: {
    collects: ['poll'],
    replies: true,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'free-key',
  },

  parseConfig(input) {
    const app = /(?:^|\/id|^id)(\d{5,12})(?:$|[/?#])/.exec(typed(input, 'url'))?.[1]
    if (app === undefined) throw wrong('app-store.url', {}, 'url')
    return { url: `https://apps.apple.com/app/id${app}`, app }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url, app } = source.config
    const keys = keysOf(source)
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const name = await nameOf(app, cursor, keys, io)
    if ('trouble' in name) return name.trouble
    const stretch = readStretch(cursor, 'reviews', io.now(), back)
    const kept = cursor['next']
    const first = `/v1/apps/${app}/customerReviews?sort=-createdDate&limit=200`
    // Only Apple is asked with Apple's token, whatever an old cursor says.
    const path = isUnderWay(stretch) && typeof kept === 'string' && kept.startsWith(`${origin}/v1/apps/`) ? kept : first
    const asked = await askAppStore(path, keys, Reviews, io)
    if ('trouble' in asked) return asked.trouble
    const { data, links } = asked.value
    const fresh = freshOf(
      data,
      Review,
      (review) => reviewToPost(review, { url, name: name.name }, io.now()),
      cursor['seen'],
    )
    const moments = secondsOf(
      data.map((item) => Dated.safeParse(item).data?.attributes.createdDate),
      io.now(),
    )
    const next = stepDown(stretch, { moments, isLast: links?.next == null }, back)
    const place = {
      url,
      name: name.name,
      reviews: printStretch(next),
      next: isUnderWay(next) ? (links?.next ?? '') : '',
    }
    // Apple allows some thousands of requests an hour; reviews are not written by the minute.
    const health = { title: name.name, requests: asked.content.requests, pollAfterMs: 10 * minuteMs }
    return toldOf(fresh, { cursor: place, more: isUnderWay(next), health })
  },
}

function keysOf({ secrets }: SourceToRead<AppStoreConfig>): AppStoreKeys {
  return { issuer: secrets['issuer'] ?? '', keyId: secrets['keyId'] ?? '', privateKey: secrets['privateKey'] ?? '' }
}

async function nameOf(
  app: string,
  cursor: Cursor,
  keys: AppStoreKeys,
  io: SourceIo,
): Promise<{ name: string } | { trouble: Trouble }> {
  if (typeof cursor['name'] === 'string') return { name: cursor['name'] }
  const asked = await askAppStore(`/v1/apps/${app}?fields[apps]=name`, keys, Apps, io)
  if (!('trouble' in asked)) return { name: asked.value.data.attributes.name || app }
  return asked.trouble.kind === 'failed' && asked.trouble.problem?.key === 'site.unexpected'
    ? { trouble: failed('app-store.not-found') }
    : asked
}

function reviewToPost({ id, attributes }: Review, app: { url: string; name: string }, now: Date): Mapped {
  const title = attributes.title?.trim() || null
  const text = (attributes.body?.trim() || title || '').toWellFormed()
  if (text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(attributes.createdDate ?? null, now)
  const country = countryOf(attributes.territory)
  const nickname = attributes.reviewerNickname?.trim() || null
  const post = barePost({
    id: `app-store:${id}`,
    platform: 'app-store',
    source: app.name,
    media: 'review',
    kind: 'review',
    url: app.url,
    title,
    text,
    postedAt,
    // Nicknames are not unique, and Apple tells nothing else.
    author:
      nickname === null
        ? null
        : { id: nickname, name: nickname, handle: null, bio: null, followers: null, verified: null },
    rating: attributes.rating ?? null,
    place: country === null ? null : { country, region: null, city: null },
  })
  return { post, problems }
}
