import type { z } from '@hono/zod-openapi'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import { clusterSizes } from '../../listen/mentions/read.ts'
import type { Mention as MentionShape, MatchPlace } from './shapes/mention.ts'

type Place = z.infer<typeof MatchPlace>

/**
 * Mentions as they travel, with the sizes of their clusters. `places`: what somebody searched for, highlighted instead of what
 * topics found, so that both cannot be taken for one another.
 */
export async function showMentions(
  clickhouse: Clickhouse,
  project: number,
  mentions: Mention[],
  places: (mention: Mention) => Place[] = () => [],
): Promise<MentionShape[]> {
  const sizes = await clusterSizes(
    clickhouse,
    project,
    mentions.map((mention) => mention.cluster),
  )
  return mentions.map((mention) => showMention(mention, sizes.get(mention.cluster) ?? 1, places(mention)))
}

export function showMention(mention: Mention, clusterSize: number, places: Place[]): MentionShape {
  const { projectId, version, langConfidence, assignee, places: byTopic, ...shown } = mention
  return {
    ...shown,
    url: safeUrl(mention.url),
    links: mention.links.filter((link) => safeUrl(link) !== null),
    images: mention.images ?? [],
    postedAt: mention.postedAt.toISOString(),
    collectedAt: mention.collectedAt.toISOString(),
    clusterSize,
    places: joinPlaces(places.length > 0 ? places : Object.values(byTopic).flat()),
    status: mention.status as MentionShape['status'],
  }
}

/** Overlapping places become one, in reading order. */
export function joinPlaces(places: Place[]): Place[] {
  const joined: Place[] = []
  const order = (place: Place) => (place.field === 'title' ? 0 : 1)
  for (const place of places.toSorted((a, b) => order(a) - order(b) || a.start - b.start)) {
    const last = joined.at(-1)
    if (last && last.field === place.field && place.start <= last.end) last.end = Math.max(last.end, place.end)
    else joined.push({ ...place })
  }
  return joined
}

/** Collected addresses are hostile: only http and https may become links. */
function safeUrl(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null
}
