import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { analyse } from '../src/base/text/analyse.ts'
import { readConfig } from '../src/config.ts'
import { Copies } from '../src/listen/clusters/copies.ts'
import { Prints } from '../src/listen/clusters/prints.ts'
import { gatherEvidence } from '../src/measure/authors/evidence.ts'
import { judgeRole, type LikelyRole } from '../src/measure/authors/role.ts'
import type { Written } from '../src/measure/authors/written.ts'

type Posted = Written & { author: string; handle: string }
type Row = { [column: string]: string }

const fewest = [1, 5, 10, 50]
const keys = ['copies', 'same-minute', 'repeats', 'many-a-day', 'digits', 'few-followers']

/** How many accounts of a campaign, of passengers and of news channels look like bots, as tables in Markdown: node bench/author-role.ts */
export function measureBots(labelledData: string): string {
  const rows = (path: string) => readTable(join(labelledData, path))
  const sets: [name: string, posts: Posted[]][] = [
    ...['2014-11_12', '2015-03', '2015-07-06_08'].map((window): [string, Posted[]] => [
      `ira-trolls ${window}`,
      rows(`ira-trolls/window.${window}.tsv.gz`).map((row) => ({
        ...posted(row['author']!, `${row['created_at']}Z`, row['text']!, Number(row['followers'])),
        kind: row['post_type'] === 'R' ? 'repost' : row['post_type'] === 'Q' ? 'quote' : null,
      })),
    ]),
    [
      'airline',
      rows('airline/airline.train.tsv.gz').map((row) => posted(row['author']!, row['created_at']!, row['text']!, null)),
    ],
    [
      'telegram-ru',
      gunzipSync(readFileSync(join(labelledData, 'telegram-ru/stream.train.jsonl.gz')))
        .toString()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { channel: string; created_at: string; text: string })
        // A channel has a name and no handle.
        .map(({ channel, created_at, text }) => ({ ...posted(channel, created_at, text, null), handle: '' })),
    ],
  ]
  const judged = sets.map(([name, posts]) => ({ name, accounts: judgeAll(posts) }))
  return [
    `| set | ${fewest.map((n) => `bot-like of accounts with ${n}+ posts`).join(' | ')} |`,
    `|---|${fewest.map(() => '---:|').join('')}`,
    ...judged.map(({ name, accounts }) => {
      const cells = fewest.map((n) => {
        const some = accounts.filter(({ posts }) => posts >= n)
        const found = some.filter(({ likely }) => likely.role === 'bot-like').length
        return some.length === 0 ? '–' : `${found} of ${some.length} (${percent(found / some.length)})`
      })
      return `| ${name} | ${cells.join(' | ')} |`
    }),
    '',
    `| evidence, accounts with 5+ posts | ${judged.map(({ name }) => name).join(' | ')} |`,
    `|---|${judged.map(() => '---:|').join('')}`,
    ...keys.map((key) => {
      const cells = judged.map(({ accounts }) => {
        const some = accounts.filter(({ posts }) => posts >= 5)
        const having = some.filter(({ likely }) => likely.evidence.some((one) => one.key === key))
        return percent(having.length / some.length)
      })
      return `| ${key} | ${cells.join(' | ')} |`
    }),
  ].join('\n')
}

/** Every account of a set, judged by what the set alone holds. */
function judgeAll(posts: Posted[]): { posts: number; likely: LikelyRole }[] {
  const firstOf = new Map<string, Posted>()
  for (const post of posts.toSorted((a, b) => a.at - b.at))
    if (!firstOf.has(post.cluster)) firstOf.set(post.cluster, post)
  return [...Map.groupBy(posts, ({ author }) => author)].map(([author, all]) => {
    const written = all.toSorted((a, b) => a.at - b.at)
    const own = written.filter(({ kind }) => kind === null)
    const copied = own.filter(({ cluster, at }) => {
      const first = firstOf.get(cluster)
      return first !== undefined && first.author !== author && first.at < at
    }).length
    const followers = written.reduce<number | null>(
      (most, one) => (one.followers === null ? most : Math.max(most ?? 0, one.followers)),
      null,
    )
    const evidence = gatherEvidence({
      authors: [{ id: author, name: null, handle: written[0]?.handle ?? null, bio: null, followers, verified: null }],
      written,
      copies: { texts: own.length, copied },
      topics: [],
    })
    return { posts: written.length, likely: judgeRole(evidence) }
  })
}

const copies = new Copies(500_000)
const prints = new Prints()

function clusterOf(text: string, arrival: Parameters<Copies['place']>[1]): string {
  prints.read(analyse(text))
  return copies.place(prints, arrival)
}

function posted(author: string, at: string, text: string, followers: number | null): Posted {
  const id = `${author} ${at} ${text}`
  return {
    ...{
      author,
      handle: author,
      followers,
      at: Date.parse(at) / 1000,
      cluster: clusterOf(text, { id, at: new Date(at), scope: 0 }),
    },
    ...{ account: 0, platform: 'x', source: null, media: null, kind: null, lang: null, country: null, city: null },
    ...{ topics: [], sentiment: null, stage: null, rating: null, engagement: null, verified: null, ticket: null },
    hasLink: /https?:\/\//.test(text),
  }
}

function readTable(path: string): Row[] {
  const [head = '', ...lines] = gunzipSync(readFileSync(path)).toString().trim().split('\n')
  const names = head.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

if (import.meta.main) console.log(measureBots(readConfig(process.env).labelledData))
