import { bucketStarts, type Bucket } from '../analytics/buckets.ts'
import type { Words } from '../analytics/measure.ts'
import type { Written } from './written.ts'

export const profileWords = {
  mentions: {
    en: 'Mentions: everything of this person that the project has collected, over all accounts that people have joined. Copies count each time.',
    ru: 'Упоминания: всё, что проект собрал у этого человека, по всем аккаунтам, которые объединили люди. Повторы считаются каждый раз.',
  },
  reach: {
    en: 'Reach: the largest known follower count of each account, summed over the accounts. Unknown when no platform tells. Who follows several accounts counts several times.',
    ru: 'Охват: наибольшее известное число подписчиков каждого аккаунта, сумма по аккаунтам. Неизвестен, если ни одна площадка его не сообщает. Кто подписан на несколько аккаунтов, считается несколько раз.',
  },
  engagement: {
    en: 'Engagement: reactions + comments + shares, summed over the mentions that tell at least one of them. Unknown when none does.',
    ru: 'Вовлечённость: реакции + комментарии + репосты — сумма по упоминаниям, где известно хотя бы одно из трёх. Неизвестна, если не известно ни у одного.',
  },
  tonality: {
    en: 'Tonality over time: mentions by the week they were published in, in the time zone of the project, from month to month after two years. A mention without a tonality is shown as unknown, never as neutral.',
    ru: 'Тональность по времени: упоминания по неделям публикации в часовом поясе проекта, после двух лет — по месяцам. Упоминание без тональности показано как неизвестное, а не как нейтральное.',
  },
} satisfies { [figure: string]: Words }

export type Tonalities = { negative: number; neutral: number; positive: number; unknown: number }
export type Counted<Value> = { value: Value; count: number }

export type Profile = {
  mentions: number
  firstAt: Date
  lastAt: Date
  /** By account, in the order they were asked for; null for one that has written nothing. */
  accounts: ({ mentions: number; firstAt: Date; lastAt: Date; followers: number | null } | null)[]
  bucket: Bucket
  buckets: Date[]
  /** One number for each bucket. */
  tonality: { [name in keyof Tonalities]: number[] }
  topics: Counted<number>[]
  /** Null: no stage is known. */
  stages: Counted<string | null>[]
  sources: (Counted<string | null> & { platform: string })[]
  languages: Counted<string | null>[]
  /** Only where the platform or the text told a place. */
  places: Counted<{ country: string | null; city: string | null }>[]
  reach: number | null
  engagement: number | null
}

const dayMs = 86_400_000
const mostWeeksMs = 731 * dayMs

/** Everything the card counts, from what was written, oldest first; null when nothing was. */
export function profileOf(written: Written[], accounts: number, timeZone: string): Profile | null {
  const [first, last] = [written[0], written.at(-1)]
  if (!first || !last) return null
  const firstAt = new Date(first.at * 1000)
  const lastAt = new Date(last.at * 1000)
  const bucket = lastAt.getTime() - firstAt.getTime() > mostWeeksMs ? 'month' : 'week'
  const buckets = bucketStarts({ from: firstAt, to: new Date(lastAt.getTime() + 1000) }, bucket, timeZone)
  const engagements = written.flatMap(({ engagement }) => engagement ?? [])
  const ofAccount = Array.from({ length: accounts }, (_, index) => accountOf(written, index))
  const followers = ofAccount.flatMap((account) => account?.followers ?? [])
  return {
    mentions: written.length,
    firstAt,
    lastAt,
    accounts: ofAccount,
    bucket,
    buckets,
    tonality: countTonality(written, buckets),
    topics: count(written.flatMap(({ topics }) => topics)),
    stages: count(written.map(({ stage }) => stage)),
    sources: countBy(
      written,
      ({ platform, source }) => `${platform}\n${source}`,
      ({ platform, source }) => ({ platform, value: source }),
    ),
    languages: count(written.map(({ lang }) => lang)),
    places: countBy(
      written.filter(({ country, city }) => country !== null || city !== null),
      ({ country, city }) => `${country}\n${city}`,
      ({ country, city }) => ({ value: { country, city } }),
    ),
    reach: followers.length === 0 ? null : sum(followers),
    engagement: engagements.length === 0 ? null : sum(engagements),
  }
}

function accountOf(written: Written[], index: number): Profile['accounts'][number] {
  const own = written.filter(({ account }) => account === index)
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last) return null
  const followers = own.reduce<number | null>(
    (most, one) => (one.followers === null ? most : Math.max(most ?? 0, one.followers)),
    null,
  )
  return { mentions: own.length, firstAt: new Date(first.at * 1000), lastAt: new Date(last.at * 1000), followers }
}

function countTonality(written: Written[], buckets: Date[]): Profile['tonality'] {
  const counts = {
    negative: buckets.map(() => 0),
    neutral: buckets.map(() => 0),
    positive: buckets.map(() => 0),
    unknown: buckets.map(() => 0),
  }
  let bucket = 0
  for (const { at, sentiment } of written) {
    while (at * 1000 >= (buckets[bucket + 1]?.getTime() ?? Infinity)) bucket++
    counts[sentiment ?? 'unknown'][bucket]!++
  }
  return counts
}

function count<Value extends string | number | null>(values: Value[]): Counted<Value>[] {
  return countBy(
    values,
    (value) => String(value),
    (value) => ({ value }),
  )
}

/** Most frequent first. */
function countBy<One, Shown>(all: One[], keyOf: (one: One) => string, show: (one: One) => Shown) {
  return [...Map.groupBy(all, keyOf)]
    .toSorted(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))
    .map(([, some]) => ({ ...show(some[0]!), count: some.length }))
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
