import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { listClusters } from './follow-spikes.ts'
import type { Happening, HappeningKind } from './happening.ts'

export type DescribeWorld = { db: Database; clickhouse: Clickhouse; config: { publicUrl: string } }

/** A happening with what it is about as it is now; `url` opens it in Heed. Fields that do not concern it are absent. */
export type Described = {
  id: number
  kind: HappeningKind
  at: Date
  project: { id: number; name: string }
  url: string
  ticket?: DescribedTicket
  /** What changed in the ticket; notes and texts of replies stay inside. */
  change?: { kind: string; about: string | null; from: string | null; to: string | null; by: string | null }
  mention?: DescribedMention
  source?: { id: number; name: string; platform: string }
  topic?: { id: number; name: string }
  webhook?: { id: number; name: string }
  figures?: { [name: string]: number | string }
  /** What a spike speaks of: its most repeated texts. */
  clusters?: { mention: string; count: number; text: string }[]
  text?: string
}

export type DescribedTicket = {
  id: number
  title: string
  /** The toxic mention whose words the title repeats. */
  titleOf: string | null
  status: string
  priority: string
  assignee: string | null
  queue: string | null
  tags: string[]
  openedAt: Date
}

export type DescribedMention = {
  id: string
  platform: string
  source: string | null
  url: string | null
  postedAt: Date
  title: string | null
  text: string
  lang: string | null
  author: { id: string; name: string | null; handle: string | null } | null
  sentiment: string | null
  topics: number[]
}

/** Null: what it is about is gone, and so is what could be said of it. */
export async function describe(world: DescribeWorld, happening: Happening): Promise<Described | null> {
  const { db, clickhouse, config } = world
  const { id, projectId, kind, at, about } = happening
  const project = await first(
    db,
    sql<{ id: number; name: string }>`select id, name from project where id = ${projectId}`,
  )
  if (!project) return null
  const home = `${config.publicUrl}/projects/${projectId}`
  const described: Described = { id, kind, at, project, url: home }
  if (about.ticket !== undefined) {
    const ticket = await findTicket(db, projectId, about.ticket)
    if (!ticket) return null
    described.ticket = ticket
    described.url = `${home}/tickets/${ticket.id}`
  }
  if (about.event !== undefined) {
    const change = await findChange(db, projectId, about.event)
    if (!change) return null
    described.change = change
  }
  if (about.mention !== undefined) {
    const [mention] = await findMentions(clickhouse, projectId, [about.mention])
    if (!mention) return null
    const { platform, source, url, postedAt, title, text, lang, author, sentiment, topics } = mention
    const by = author && { id: author.id, name: author.name, handle: author.handle }
    described.mention = {
      id: mention.id,
      platform,
      source,
      url,
      postedAt,
      title,
      text,
      lang,
      author: by,
      sentiment,
      topics,
    }
    if (about.ticket === undefined) described.url = `${home}/inbox?open=${encodeURIComponent(mention.id)}`
  }
  if (about.source !== undefined) {
    const source = await first(
      db,
      sql<{ id: number; name: string; platform: string }>`
        select id, name, platform from source where id = ${about.source}`,
    )
    if (!source) return null
    described.source = source
    described.url = `${home}/sources`
  }
  if (about.topic !== undefined) {
    const topic = await first(
      db,
      sql<{ id: number; name: string }>`
        select id, name from topic where id = ${about.topic} and project_id = ${projectId}`,
    )
    if (!topic) return null
    described.topic = topic
    described.url = `${home}/inbox?topic=${topic.id}&period=24h`
    if (kind === 'spike.volume' || kind === 'spike.negative')
      described.clusters = await describeClusters(clickhouse, happening, { id: topic.id, projectId, kind })
  }
  if (about.webhook !== undefined) {
    const webhook = await first(
      db,
      sql<{ id: number; name: string }>`
        select id, name from webhook where id = ${about.webhook} and project_id = ${projectId}`,
    )
    if (!webhook) return null
    described.webhook = webhook
    described.url = `${home}/settings?part=webhooks`
  }
  if (about.figures !== undefined) described.figures = about.figures
  if (about.text !== undefined) described.text = about.text
  return described
}

async function findTicket(db: Database, project: number, id: number): Promise<DescribedTicket | null> {
  return first(
    db,
    sql<DescribedTicket>`
      select t.id, t.title, t.title_of, t.status, t.priority, m.name as assignee, q.name as queue, t.tags, t.opened_at
      from ticket t
      left join member m on m.id = t.assignee
      left join ticket_queue q on q.id = t.queue_id
      where t.project_id = ${project} and t.id = ${id}`,
  )
}

async function findChange(db: Database, project: number, id: number) {
  return first(
    db,
    sql<NonNullable<Described['change']>>`
      select kind, about, from_value as "from", to_value as "to", actor as by
      from ticket_event
      where project_id = ${project} and id = ${id}`,
  )
}

async function describeClusters(
  clickhouse: Clickhouse,
  { at, about }: Happening,
  { kind, ...topic }: { id: number; projectId: number; kind: 'spike.volume' | 'spike.negative' },
) {
  const clusters = await listClusters(clickhouse, topic, Number(about.figures?.['hours'] ?? 1), at, kind)
  const mentions = await findMentions(
    clickhouse,
    topic.projectId,
    clusters.map(({ mention }) => mention),
  )
  const texts = new Map(mentions.map(({ id, title, text }) => [id, text === '' ? (title ?? '') : text]))
  return clusters.map(({ mention, count }) => ({ mention, count, text: brief(texts.get(mention) ?? '') }))
}

function brief(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 160 ? line : `${line.slice(0, 159).trimEnd()}…`
}
