import { NotFound } from '../../base/errors.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import { listLatest } from '../../measure/authors/latest.ts'
import { readWritten, type Written } from '../../measure/authors/written.ts'
import { findPerson } from '../customers/link.ts'
import type { Account } from '../customers/look-alike.ts'

/** Somebody who writes, over all accounts that people have joined. */
export type Person = {
  /** The one asked for first. */
  accounts: Account[]
  /** Oldest first. */
  written: Written[]
  /** The newest of every account with their words, newest first. */
  latest: Mention[]
}

const latestOfEach = 60

/** Throws NotFound when the project knows nothing of this account. */
export async function getPerson(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  project: number,
  author: string,
): Promise<Person> {
  const joined = await findPerson(db, project, author)
  const others = joined.filter(({ authorId }) => authorId !== author)
  const ids = [author, ...others.map(({ authorId }) => authorId)]
  const [written, latest] = await Promise.all([
    readWritten(clickhouse, project, ids),
    listLatest(clickhouse, project, ids, latestOfEach),
  ])
  const accounts = ids.flatMap((id, index): Account[] => {
    const newest = latest.find((mention) => mention.author?.id === id)
    const kept = joined.find(({ authorId }) => authorId === id)
    if (newest?.author) {
      const own = written.filter(({ account }) => account === index)
      return [
        {
          ...newest.author,
          platform: newest.platform,
          cities: [...new Set(own.flatMap(({ city }) => city ?? []))],
          topics: [...new Set(own.flatMap(({ topics }) => topics))],
          mentions: own.length,
        },
      ]
    }
    // Its mentions are gone, and what was noted of it stays.
    return kept === undefined
      ? []
      : [
          {
            ...{ id, platform: kept.platform, name: kept.name, handle: kept.handle },
            ...{ bio: null, followers: null, verified: null, cities: [], topics: [], mentions: 0 },
          },
        ]
  })
  if (accounts[0]?.id !== author) throw new NotFound()
  return { accounts, written, latest }
}
