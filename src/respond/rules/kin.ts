import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Mention } from '../../listen/mentions/mention.ts'

type Subject = Pick<Mention, 'id' | 'cluster' | 'root' | 'author'>

/** Which tickets mentions of the same person and thread, and copies of the same text, have got lately. */
export type Kin = {
  ofThread(mention: Subject): number | null
  /** `ownText`: the copy there is by the same author. */
  ofText(mention: Subject): { ticket: number; ownText: boolean } | null
  /** From now on it belongs to this ticket. */
  join(mention: Subject, ticket: number): void
}

// Of a matter that is older people think as of another one.
const lookBackDays = 30
const mostKnown = 10_000

/** What is known about these mentions; tickets that are closed by now may be among them. */
export async function findKin(clickhouse: Clickhouse, project: number, mentions: Subject[]): Promise<Kin> {
  const threads = new Map<string, number>()
  const texts = new Map<string, { ticket: number; author: string }>()
  const join = (mention: Subject, ticket: number) => {
    const author = mention.author?.id ?? ''
    if (author !== '') threads.set(threadOf(mention, author), ticket)
    texts.set(mention.cluster, { ticket, author })
  }
  if (mentions.length > 0) {
    const rows = await clickhouse.rows<{
      id: string
      cluster: string
      root: string
      author_id: string
      goes_on: number
    }>(
      `select id, cluster, root, author_id, assumeNotNull(ticket) as goes_on
       from mention
       where project_id = {project:UInt32} and posted_at > now() - interval ${lookBackDays} day and ticket is not null
         and (cluster_key in (select cityHash64(arrayJoin({clusters:Array(String)})))
           or author_key in (select cityHash64(arrayJoin({authors:Array(String)}))))
       order by posted_at desc
       limit ${mostKnown}`,
      {
        project,
        clusters: [...new Set(mentions.map(({ cluster }) => cluster))],
        authors: [...new Set(mentions.flatMap(({ author }) => (author?.id ? [author.id] : [])))],
      },
    )
    for (const { id, cluster, root, author_id, goes_on: ticket } of rows.toReversed())
      join({ id, cluster, root: root || null, author: { id: author_id } as Mention['author'] }, ticket)
  }
  return {
    ofThread: (mention) => (mention.author?.id ? (threads.get(threadOf(mention, mention.author.id)) ?? null) : null),
    ofText: (mention) => {
      const found = texts.get(mention.cluster)
      if (!found) return null
      return { ticket: found.ticket, ownText: found.author !== '' && found.author === mention.author?.id }
    },
    join,
  }
}

function threadOf({ id, root }: Pick<Subject, 'id' | 'root'>, author: string): string {
  return `${author}\n${root ?? id}`
}
