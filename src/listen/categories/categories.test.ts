import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { putMentions } from '../../../test/written.ts'
import { NotFound } from '../../base/errors.ts'
import { addProject } from '../../base/team/project.ts'
import type { Who } from '../../base/team/scope.ts'
import { analyse } from '../../base/text/analyse.ts'
import { bringIn } from '../bring-in.ts'
import { findMentions } from '../mentions/read.ts'
import { barePost } from '../posts/post.ts'
import { createTopicMatcher } from '../topics/topic-matcher.ts'
import { addSet, changeSet, getSet, listSets, removeSet, type CategorySet } from './category-set.ts'
import { giveCategories } from './give.ts'
import { listLabels, listLastWords, listLines, saveLabel } from './label.ts'
import { findLearning, leastLabels, learnSet, listCurve } from './learning.ts'
import { listToLabel } from './queue.ts'

let house: TestHouse
let project: number
let set: CategorySet
const who: Who = { kind: 'member', id: 'm', name: 'Mary', email: 'm@heed.test', locale: 'en', isHead: true }
const mary = { id: 'm', name: 'Mary' }
const ivan = { id: 'i', name: 'Ivan' }
const now = new Date('2026-11-02T10:00:00Z')

const texts = {
  delivery: [
    'The courier was late',
    'My parcel never came',
    'Delivery took two weeks',
    'Where is the courier with my parcel',
  ],
  card: [
    'My card was blocked',
    'The card does not work',
    'A new card, and its PIN is wrong',
    'Why was the card declined',
  ],
}
const added = ['today', 'yesterday', 'in the evening', 'again', 'for the third time', 'since Monday', 'in Perm']

beforeAll(async () => {
  house = await openTestHouse()
  project = (await addProject(house.postgres.db, who, { name: 'Owl', timeZone: 'UTC' })).id
  await putMentions(
    house.clickhouse,
    project,
    Object.entries(texts).flatMap(([kind, some]) =>
      some.flatMap((text, i) =>
        added.map((more, j) => ({
          id: `x:${kind}${i}${j}`,
          posted_at: `2026-11-01 10:${10 + j}:0${i}`,
          text: `${text} ${more}`,
        })),
      ),
    ),
  )
  set = await addSet(house.postgres.db, project, { name: 'Reason', categories: ['Delivery', 'Card'] }, 'Mary')
})
afterAll(() => house[Symbol.asyncDispose]())

const idOf = (name: string) => set.categories.find((category) => category.name === name)!.id
const label = (mention: string, category: number | null, actor = mary, reason: string | null = null) =>
  saveLabel(house.postgres.db, set, { mention, category, reason }, { actor, now })
const namesFor = (asked: number, text: string) => house.categories.find(asked, analyse(text)).map(({ name }) => name)
const learn = () =>
  learnSet({ db: house.postgres.db, clickhouse: house.clickhouse }, set, { now, signal: AbortSignal.timeout(60_000) })

describe('a set', () => {
  test('has names that differ, and at least two categories', async () => {
    const { db } = house.postgres
    const input = { name: ' reason ', categories: ['a', 'b'] }
    await expect(addSet(db, project, input, 'Mary')).rejects.toMatchObject({ key: 'category-set-taken' })
    await expect(addSet(db, project, { name: 'x', categories: ['a', 'A '] }, 'Mary')).rejects.toMatchObject({
      key: 'category-twice',
    })
    await expect(addSet(db, project, { name: 'x', categories: ['a', ' '] }, 'Mary')).rejects.toMatchObject({
      key: 'category-count',
    })
    expect((await listSets(db, project)).map(({ name }) => name)).toEqual(['Reason'])
    await expect(getSet(db, project + 1, set.id)).rejects.toThrow(NotFound)
  })

  test('keeps labels under a new name, and two categories may swap their names', async () => {
    const { db } = house.postgres
    const [first, second] = [idOf('Delivery'), idOf('Card')]
    const swapped = await changeSet(db, set, {
      name: 'Why',
      categories: [
        { id: second, name: 'Delivery' },
        { id: first, name: 'Card' },
        { id: null, name: 'Other' },
      ],
    })
    expect(swapped).toMatchObject({
      name: 'Why',
      categories: [{ id: second, name: 'Delivery' }, { id: first }, { name: 'Other' }],
    })
    set = await changeSet(db, swapped, {
      name: 'Reason',
      categories: [
        { id: first, name: 'Delivery' },
        { id: second, name: 'Card' },
      ],
    })
    expect(set.categories.map(({ name }) => name)).toEqual(['Delivery', 'Card'])
  })
})

describe('labels', () => {
  test('the newest holds, each word is kept with who, when and why, and saying the same again adds nothing', async () => {
    const { db } = house.postgres
    expect(await label('x:card00', idOf('Delivery'))).toBe(true)
    expect(await label('x:card00', idOf('Delivery'))).toBe(false)
    expect(await label('x:card00', idOf('Card'), ivan, 'It is the card')).toBe(true)
    expect(await listLabels(db, set.id)).toMatchObject([{ mention: 'x:card00', category: idOf('Card') }])
    expect(await listLines(db, set, 'x:card00')).toEqual([
      { at: now, actor: 'Mary', category: 'Delivery', reason: null },
      { at: now, actor: 'Ivan', category: 'Card', reason: 'It is the card' },
    ])
    expect(await listLastWords(db, set.id)).toEqual([[String(idOf('Card')), String(idOf('Delivery'))]])
    await label('x:card00', null, ivan)
    expect(await listLabels(db, set.id)).toEqual([])
    await expect(label('x:card00', 999_999)).rejects.toThrow(NotFound)
  })
})

describe('learning', () => {
  test('begins with enough labels, is measured, and is known to the whole house', async () => {
    const { db } = house.postgres
    const text = 'The courier lost a parcel of mine'
    const found = () => namesFor(project, text)
    expect(await learn()).toBe(false)
    expect(found()).toEqual([])

    for (let i = 0; i < 3; i++)
      for (let j = 0; j < added.length; j++)
        for (const [kind, name] of [
          ['delivery', 'Delivery'],
          ['card', 'Card'],
        ] as const)
          await label(`x:${kind}${i}${j}`, idOf(name))
    expect(await learn()).toBe(true)
    await house.events.publish({ project, kind: 'category', set: set.id })

    const learning = await findLearning(db, set.id)
    expect(learning).toMatchObject({ learntAt: now, labels: 42, measured: { rows: 42, folds: 5 } })
    expect(learning!.measured!.accuracy).toBeGreaterThan(0.8)
    await expect.poll(found).toEqual(['Delivery'])
    expect(namesFor(project + 1, text)).toEqual([])
    expect((await listCurve(db, set.id)).map(({ labels }) => labels)).toEqual([leastLabels])
  })

  test('a point of the curve stays as it was when it was reached', async () => {
    const before = await listCurve(house.postgres.db, set.id)
    for (let j = 0; j < added.length; j++) await label(`x:delivery3${j}`, idOf('Delivery'))
    for (let j = 0; j < added.length; j++) await label(`x:card3${j}`, idOf('Card'))
    await label('x:card00', idOf('Delivery'))
    expect(await learn()).toBe(true)
    const after = await listCurve(house.postgres.db, set.id)
    expect(after.map(({ labels }) => labels)).toEqual([20, 50])
    expect(after[0]).toEqual(before[0])
  })

  test('the queue offers mentions that nobody has labelled, with what the model would say', async () => {
    await putMentions(house.clickhouse, project, [
      { id: 'x:n1', posted_at: '2026-11-01 12:00:00', text: 'The courier asks for my card' },
      { id: 'x:n2', posted_at: '2026-11-01 12:00:01', text: 'Delivery of a parcel by the courier, late' },
      { id: 'x:n3', posted_at: '2026-11-01 12:00:02', text: 'The courier asks for my card', cluster: 'x:n1' },
    ])
    const queue = await listToLabel({ db: house.postgres.db, clickhouse: house.clickhouse }, set, 5)
    expect(queue.map(({ mention }) => mention.id).sort()).toHaveLength(2)
    expect(queue.every(({ mention }) => mention.id.startsWith('x:n'))).toBe(true)
    expect(queue.find(({ mention }) => mention.id === 'x:n2')!.guess).toMatchObject({ name: 'Delivery' })
  })

  test('mentions have what a person said, else what the model is sure of, and nothing twice', async () => {
    const rooms = { db: house.postgres.db, clickhouse: house.clickhouse }
    const has = async (id: string) => (await findMentions(house.clickhouse, project, [id]))[0]?.categories
    await label('x:n2', idOf('Card'))
    expect(await giveCategories(rooms, project, ['x:n2'])).toBe(1)
    expect(await has('x:n2')).toEqual(['Card'])
    expect(await has('x:delivery00')).toEqual([])
    expect(await giveCategories(rooms, project, null)).toBeGreaterThan(40)
    expect(await has('x:delivery00')).toEqual(['Delivery'])
    expect(await has('x:n2')).toEqual(['Card'])
    expect(await giveCategories(rooms, project, null)).toBe(0)

    await label('x:n2', null)
    await giveCategories(rooms, project, ['x:n2'])
    expect(await has('x:n2')).toEqual(['Delivery'])
  })

  test('a post that arrives has the categories of each project that asked for it', async () => {
    const topics = createTopicMatcher()
    topics.set({ id: 1, projectId: project, query: 'parcel' })
    topics.set({ id: 2, projectId: project + 1, query: 'parcel' })
    const flow = { clickhouse: house.clickhouse, topics, categories: house.categories }
    const text = 'The courier lost a parcel of mine'
    await bringIn([{ ...barePost({ id: 'x:new', platform: 'x', text, lang: 'en' }), postedAt: now }], {
      ...{ ...flow, project: null, sourceId: null, keepAll: false, collectedAt: now },
    })
    const categories = async (id: number) =>
      (await findMentions(house.clickhouse, id, ['x:new'])).map((mention) => mention.categories)
    expect(await categories(project)).toEqual([['Delivery']])
    expect(await categories(project + 1)).toEqual([[]])
  })

  test('a category that was removed is no longer learnt or given', async () => {
    const { db } = house.postgres
    const other = await changeSet(db, set, {
      name: 'Reason',
      categories: [
        { id: idOf('Delivery'), name: 'Delivery' },
        { id: null, name: 'Other' },
      ],
    })
    await house.events.publish({ project, kind: 'category', set: set.id })
    await expect.poll(() => namesFor(project, 'My card was blocked')).toEqual([])
    expect(new Set((await listLabels(db, set.id)).map(({ category }) => category))).toEqual(new Set([idOf('Delivery')]))
    expect(await learn()).toBe(false)
    await removeSet(db, other)
    await house.events.publish({ project, kind: 'category', set: set.id })
    expect(await findLearning(db, set.id)).toBeNull()
  })
})
