import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tidy } from '../../listen/connectors/html-to-text.ts'
import { fieldOf, fields } from '../../listen/connectors/files/fields.ts'
import { readFileHead, readRows } from '../../listen/connectors/files/read-file.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import { attachments, barePost, imageLimits, mediaTypes, postKinds, type Post } from '../../listen/posts/post.ts'
import { csvLine } from './csv.ts'
import { formats, type Format } from './export.ts'
import { columns, toCells, toObject } from './row.ts'
import { xlsxBytes } from './xlsx.ts'

// What an import finds out anew: by the topics of the project, by the text, or because a person said so about this
// very mention. Whoever adds a column decides here whether it comes back.
const foundAnew = ['collected_at', 'topics', 'sentiment', 'stage', 'cluster']
const now = new Date('2026-11-22T12:00:00Z')

test('every column of an export is a field of an import, or is found out anew', () => {
  for (const column of columns) {
    const field = foundAnew.includes(column) ? null : column
    expect([column, fieldOf(column)?.field ?? null]).toEqual([column, field])
  }
  const neverExported = ['site']
  expect(columns.filter((column) => !foundAnew.includes(column)).toSorted()).toEqual(
    fields.filter((field) => !neverExported.includes(field)).toSorted(),
  )
})

describe('what Heed exports, Heed imports again without loss', () => {
  for (const format of formats) {
    test(`as ${format}`, { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(mention(), { selector: ({ id }) => id, minLength: 1, maxLength: 40 }),
          async (mentions) => {
            expect(await readBack(await written(format, mentions))).toEqual(mentions.map(asPost))
          },
        ),
        { numRuns: format === 'xlsx' ? 60 : 150 },
      )
    })
  }
})

async function written(format: Format, mentions: Mention[]): Promise<Uint8Array> {
  const topicName = (id: number) => `Тема, ${id}`
  switch (format) {
    case 'jsonl':
      return Buffer.from(mentions.map((one) => `${JSON.stringify(toObject(one, topicName))}\n`).join(''))
    case 'csv':
      return Buffer.from(
        `\ufeff${csvLine([...columns])}${mentions.map((one) => csvLine(toCells(one, topicName))).join('')}`,
      )
    case 'xlsx': {
      async function* pages() {
        yield mentions.map((one) => toCells(one, topicName))
      }
      const chunks: Uint8Array[] = []
      for await (const chunk of xlsxBytes(columns, pages())) chunks.push(chunk)
      return Buffer.concat(chunks)
    }
  }
}

async function readBack(file: Uint8Array): Promise<Post[]> {
  const head = await readFileHead(file, { timeZone: 'Asia/Almaty', now })
  if (head.kind === 'unreadable') throw new Error(head.problem.key)
  const posts: Post[] = []
  for await (const page of readRows(file, head.mapping, { timeZone: 'Asia/Almaty', now })) {
    for (const row of page) {
      if ('reason' in row) throw new Error(`${row.row}: ${JSON.stringify(row.reason)}`)
      expect(row.problems).toEqual([])
      posts.push(row.post)
    }
  }
  return posts
}

/** Only what somebody published; a mention carries more. */
function asPost(mention: Mention): Post {
  const known = barePost(mention)
  return Object.fromEntries(
    Object.keys(barePost({ id: '', platform: '', text: '' })).map((name) => [name, known[name as keyof Post]]),
  ) as Post
}

/** Any text that a connector hands on: hostile, in any script, looking like formulas, numbers, lists and markup. */
function text(maxLength: number) {
  return fc
    .oneof(
      { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength }) },
      { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...'=+-@\'",;|[]{}\\\n\t_x0041<&>'), maxLength }) },
      fc.constantFrom(
        '=1+1',
        "'=1",
        "''+",
        '-5',
        '@ada',
        '["a"]',
        '_x0041_',
        '&lt;b&gt;',
        '12345',
        'null',
        'true',
        '–',
        '-',
        '1e3',
      ),
    )
    .map(tidy)
}

function line(maxLength: number) {
  return text(maxLength).map((value) => value.replace(/\s+/g, ' ').trim())
}

function known(maxLength: number) {
  return fc.option(line(maxLength).filter((value) => value !== ''))
}

function mention(): fc.Arbitrary<Mention> {
  const platform = fc.constantFrom(
    'telegram',
    'vk',
    'x',
    'youtube',
    'appstore',
    'mastodon',
    'web',
    'forum',
    'news',
    'feed',
  )
  const count = fc.option(fc.nat({ max: 2 ** 40 }))
  return platform.chain((name) => {
    const id = fc.stringMatching(/^[\w.-]{1,12}$/).map((own) => `${name}:${own}`)
    const media = fc.constantFrom(...mediaTypes)
    const address = fc.webUrl({ withQueryParameters: true }).map((one) => new URL(one).href)
    return fc
      .record({
        id,
        url: fc.option(address),
        title: known(60),
        text: text(300).filter((value) => value !== ''),
        postedAt: fc.date({ min: new Date('2005-01-01'), max: now, noInvalidDate: true }),
        source: known(30),
        // Of a platform that we know the media type is never unknown.
        media: ['web', 'forum', 'news', 'feed'].includes(name) ? fc.option(media) : media,
        kind: fc.option(fc.constantFrom(...postKinds)),
        lang: fc.option(fc.constantFrom('ru', 'en', 'kk', 'it')),
        author: fc.option(
          fc.record({
            id: line(20).filter((value) => value !== ''),
            name: known(30),
            handle: fc.option(fc.stringMatching(/^[\w.]{1,15}$/)),
            bio: fc.option(text(80).filter((value) => value !== '')),
            followers: count,
            verified: fc.option(fc.boolean()),
          }),
        ),
        likes: count,
        shares: count,
        comments: count,
        views: count,
        rating: fc.option(fc.constantFrom(1, 2, 3.5, 4.7, 5)),
        parent: fc.option(id),
        root: fc.option(id),
        place: fc.option(
          fc
            .record({ country: known(20), region: known(20), city: known(20) })
            .filter(({ country, region, city }) => (country ?? region ?? city) !== null),
        ),
        links: fc.uniqueArray(address, { maxLength: 4 }),
        has: fc.uniqueArray(fc.constantFrom(...attachments)),
        images: fc.option(
          fc.uniqueArray(fc.record({ url: address, alt: known(40) }), {
            ...{ minLength: 1, maxLength: imageLimits.most },
            selector: ({ url }) => url,
          }),
        ),
        tags: fc.uniqueArray(
          line(20).filter((value) => value !== ''),
          { maxLength: 4 },
        ),
      })
      .map(
        (post) =>
          ({
            ...barePost({
              ...post,
              platform: name,
              has: post.images ? [...new Set([...post.has, 'image' as const])] : post.has,
            }),
            ...{
              projectId: 1,
              postedAt: post.postedAt,
              collectedAt: now,
              version: 1,
              langConfidence: null,
              cluster: post.id,
            },
            ...{
              topics: [1, 2],
              places: {},
              sentiment: 'negative',
              sentimentConfidence: 1,
              stage: 'leaving',
              spam: null,
            },
            ...{ read: true, important: false, ticket: null, status: null, assignee: null, corrected: ['sentiment'] },
          }) as Partial<Mention> as Mention,
      )
  })
}
