import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seededChance } from '../../../test/count-slowly.ts'
import { openTestClickhouse } from '../../../test/database.ts'
import { must } from '../../base/errors.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { plainCondition } from '../../listen/mentions/filter.ts'
import { countAspects } from './aspects.ts'
import { excerptOf } from './excerpt.ts'

const project = 5
const [from, to] = [new Date('2026-05-01T00:00:00Z'), new Date('2026-05-11T00:00:00Z')]
const period = plainCondition(project, { from, to })
const before = plainCondition(project, { from: new Date('2026-04-21T00:00:00Z'), to: from })

let clickhouse: Clickhouse
let made: ReturnType<typeof make>[]
beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  const chance = seededChance(9)
  made = Array.from({ length: 300 }, (_, n) => make(n, chance))
  await clickhouse.insert('mention', made)
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

function make(n: number, chance: () => number) {
  const pick = <T>(values: T[]): T => must(values[Math.floor(chance() * values.length)])
  const text = `Пришёл вчера. Цена ${n % 70} рублей честная! А поддержка молчит.`
  const said = [
    ['price:positive', 'честная', 'functional'],
    ['support:negative', 'молчит', pick(['functional', 'emotional'])],
    ['app:neutral', 'вчера', null],
  ].filter(() => chance() < 0.6)
  const at = moment(new Date(from.getTime() + (chance() * 20 - 10) * 86_400_000))
  return {
    project_id: project,
    id: `vk:${n}`,
    posted_at: at,
    collected_at: at,
    version: 1,
    text,
    cluster: `c${n % 120}`,
    author_id: `a${n % 40}`,
    author_name: `Автор ${n % 40}`,
    likes: Math.floor(chance() * 50),
    toxic: n % 10 === 0,
    aspects: said.map(([name]) => String(name)),
    quotes: JSON.stringify(
      said.map(([name, word, kind]) => {
        const [aspect, polarity] = String(name).split(':')
        const start = text.indexOf(String(word))
        return { aspect, polarity, kind, start, end: start + String(word).length }
      }),
    ),
  }
}

test('praise and blame are counted as texts, beside the period before, and neutral words are neither', async () => {
  const inside = (one: (typeof made)[number]) => one.posted_at >= moment(from)
  const texts = (said: string, some: typeof made) =>
    new Set(some.filter(({ aspects }) => aspects.includes(said)).map(({ cluster }) => cluster)).size
  const [now, earlier] = [made.filter(inside), made.filter((one) => !inside(one))]
  const counted = await countAspects(clickhouse, period, before)
  const counts = counted.aspects.map((one) => [`${one.aspect}:${one.polarity}`, one.texts, one.before])
  expect(Object.fromEntries(counts.map(([said, ...figures]) => [said, figures]))).toEqual({
    'price:positive': [texts('price:positive', now), texts('price:positive', earlier)],
    'support:negative': [texts('support:negative', now), texts('support:negative', earlier)],
  })
  expect(counted.texts).toBe(
    new Set(
      now.filter(({ aspects }) => aspects.some((said) => !said.endsWith(':neutral'))).map(({ cluster }) => cluster),
    ).size,
  )
})

test('quotes are words of different authors, without abuse, with what they say of it marked', async () => {
  const { aspects } = await countAspects(clickhouse, period, before)
  const price = must(aspects.find(({ aspect }) => aspect === 'price'))
  expect(price.kind).toBe('functional')
  expect(price.quotes).toHaveLength(3)
  expect(new Set(price.quotes.map(({ author }) => author)).size).toBe(3)
  for (const { text, start, end, mention } of price.quotes) {
    expect(text).toMatch(/^Цена \d+ рублей честная!$/)
    expect(text.slice(start, end)).toBe('честная')
    expect(made.find(({ id }) => id === mention)).toMatchObject({ toxic: false })
  }
})

test('an excerpt holds the words it is for, and reads at a glance', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('Цена. ', 'хорошо! ', 'price\n', 'ü', ' ', '😀 ', 'очень-долгое-слово', '… '), {
        minLength: 1,
        maxLength: 200,
      }),
      fc.nat(),
      fc.nat(120),
      fc.constantFrom('ru', 'en', null, 'x-klingon!'),
      (pieces, at, length, lang) => {
        const text = pieces.join('')
        const start = at % text.length
        const end = Math.min(text.length, start + length)
        const cut = excerptOf(text, { start, end }, lang)
        // Blanks at the very end are no words.
        expect(cut.text.slice(cut.start, cut.end).trimEnd()).toBe(text.slice(start, end).trimEnd())
        expect(cut.text.length).toBeLessThanOrEqual(260)
      },
    ),
  )
})
