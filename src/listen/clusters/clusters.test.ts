import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { Slab } from '../../base/text/slab.ts'
import { analyse } from '../../base/text/analyse.ts'
import { Clusters, type PrintedPost } from './clusters.ts'
import { Prints } from './prints.ts'

let clickhouse: Clickhouse
beforeAll(async () => {
  clickhouse = await openTestClickhouse()
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

const open = (alone = true) => new Clusters(clickhouse, { mostPosts: 10_000, alone })

const prints = new Prints()
function printed(id: string, text: string): PrintedPost {
  prints.read(analyse(text))
  return { id, at: new Date('2026-11-01T10:00:00Z'), prints: prints.pack(0, new Slab()) }
}

const closed = 'Филин Банк закрыл отделение на Садовой без всякого предупреждения, очередь стоит на улице'
const weather = 'Завтра в городе солнечно, ветер слабый, к вечеру возможен небольшой дождь на окраинах'

test('a process that starts again knows what it settled before', async () => {
  const page = [
    printed('1:a', closed),
    printed('1:b', weather),
    printed('1:c', `${closed}! https://a.example`),
    printed('1:d', 'ок'),
  ]
  const names = await open().settle(page, 1)
  expect([...names]).toEqual([
    ['1:a', '1:a'],
    ['1:b', '1:b'],
    ['1:c', '1:a'],
    ['1:d', '1:d'],
  ])
  const again = open()
  expect([...(await again.settle(page.toReversed(), 1))].toReversed()).toEqual([...names])
  expect(await again.settle([printed('1:e', weather.toUpperCase())], 1)).toEqual(new Map([['1:e', '1:b']]))
  const rows = await clickhouse.rows('select id from copy where scope = 1 order by id')
  expect(rows).toEqual([{ id: '1:a' }, { id: '1:b' }, { id: '1:c' }, { id: '1:e' }])
})

test('processes on one engine learn from one another', async () => {
  const [one, other] = [open(false), open(false)]
  await one.settle([printed('2:a', closed)], 2)
  await other.settle([printed('2:b', weather)], 2)
  expect(await one.settle([printed('2:c', weather)], 2)).toEqual(new Map([['2:c', '2:b']]))
  expect(await other.settle([printed('2:d', closed)], 2)).toEqual(new Map([['2:d', '2:a']]))
})

test('a page that could not be written is written when it comes again', async () => {
  const clusters = open()
  const page = [printed('3:a', closed), printed('3:b', closed)]
  await clusters.settle([printed('3:0', weather)], 3)
  await clickhouse.command('rename table copy to copy_away')
  await expect(clusters.settle(page, 3)).rejects.toThrow('copy')
  await clickhouse.command('rename table copy_away to copy')
  const names = await clusters.settle(page, 3)
  expect([...names.values()]).toEqual(['3:a', '3:a'])
  expect(await open().settle([printed('3:c', closed)], 3)).toEqual(new Map([['3:c', '3:a']]))
})

test('projects are apart', async () => {
  const clusters = open()
  await clusters.settle([printed('4:a', closed)], 4)
  expect(await clusters.settle([printed('5:a', closed)], 5)).toEqual(new Map([['5:a', '5:a']]))
})
