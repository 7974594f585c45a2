import type { Clickhouse } from '../src/base/clickhouse/clickhouse.ts'
import type { MentionRow } from '../src/listen/mentions/mention.ts'
import type { Written } from '../src/measure/authors/written.ts'

/** Mentions of a project as they stand in the table; what is not told is unknown. */
export async function putMentions(
  clickhouse: Clickhouse,
  project: number,
  rows: (Pick<MentionRow, 'id' | 'posted_at'> & Partial<MentionRow>)[],
): Promise<void> {
  await clickhouse.insert(
    'mention',
    rows.map((row) => ({
      project_id: project,
      platform: row.id.split(':')[0],
      collected_at: row.posted_at,
      version: 1,
      cluster: row.id,
      ...row,
    })),
  )
}

/** A mention of which only this is known, posted so many days after the first of March 2026. */
export function wrote(day: number, known: Partial<Written> = {}): Written {
  return {
    at: Date.UTC(2026, 2, 1) / 1000 + Math.round(day * 86_400),
    account: 0,
    platform: 'vk',
    source: null,
    media: null,
    kind: null,
    lang: null,
    country: null,
    city: null,
    topics: [],
    sentiment: null,
    stage: null,
    rating: null,
    engagement: null,
    followers: null,
    verified: null,
    hasLink: false,
    ticket: null,
    cluster: `${day}`,
    ...known,
  }
}
