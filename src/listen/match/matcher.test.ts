import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { analysePost } from '../../base/text/analyse.ts'
import { barePost, type Post } from '../posts/post.ts'
import { parseQuery } from '../query/parse.ts'
import { evaluate } from './evaluate.ts'
import { Matcher } from './matcher.ts'

const words = 'банк карта вклад кредит офис очередь сбой приложение перевод лимит'.split(' ')

function post(text: string): Post {
  return barePost({ id: 'x:1', platform: 'x', lang: 'ru', text })
}

/** The same word or words for the same number. */
function someWords(seed: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => words[(seed * (i + 3) + i * 7) % words.length]!)
}

test.each(['its own posts', 'the posts of another thread'])('what was learnt from %s changes no answer', (whose) => {
  const matcher = new Matcher()
  const queries = Array.from({ length: 60 }, (_, i) => {
    const [a, b, c] = someWords(i, 3)
    return parseQuery([`${a} AND (${b} OR "${b} ${c}")`, `(${a} OR ${b}) NOT ${c}`, `${a} NEAR/2 (${b}, ${c})`][i % 3]!)
      .query
  })
  for (const [id, query] of queries.entries()) matcher.set(id, query)
  const reader = whose === 'its own posts' ? matcher : new Matcher('forms', matcher.memory)
  // Anchors are chosen anew after the first thousand posts.
  for (let turn = 0; turn < 2_500; turn++) {
    const one = post(someWords(turn, 2 + (turn % 6)).join(' '))
    const found = reader.ids(one)
    if (reader !== matcher) matcher.learn(1)
    if (turn % 25 !== 0) continue
    const analysis = analysePost(one)
    expect([...found]).toEqual(queries.flatMap((query, id) => (evaluate(query, one, analysis) ? [id] : [])))
  }
})

test('forms are found where no beginning is promised', () => {
  const matcher = new Matcher()
  matcher.set(0, parseQuery('بنك').query)
  expect([...matcher.ids({ ...post('في البنك'), lang: 'ar' })]).toEqual([0])
  matcher.set(1, parseQuery('қала').query)
  expect([...matcher.ids({ ...post('в городе қалада'), lang: 'ru' })]).toEqual([1])
})

test('a word is still understood after more different words than are kept', () => {
  const matcher = new Matcher()
  matcher.set(7, parseQuery('банк').query)
  expect([...matcher.ids(post('о банке'))]).toEqual([7])
  for (let from = 0; from < 280_000; from += 20_000) {
    const many = Array.from({ length: 20_000 }, (_, i) => `ба${(from + i).toString(36)}`).join(' ')
    expect([...matcher.ids(post(many))]).toEqual([])
    analysePost(post(many))
  }
  expect([...matcher.ids(post('о банке'))]).toEqual([7])
  expect(analysePost(post('о банке')).words.map(({ folded }) => folded)).toEqual(['о', 'банке'])
}, 60_000)

test('threads match with the queries of another one while these change, and never see half a change', async () => {
  const matcher = new Matcher()
  matcher.set(0, parseQuery('банк').query)
  const thread = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads')
     Promise.all([import(workerData.matcher), import(workerData.post)]).then(([{ Matcher }, { barePost }]) => {
       const matcher = new Matcher('forms', workerData.memory)
       const one = barePost({ id: 'x:1', platform: 'x', lang: 'ru', text: 'карта банка и сбой перевода' })
       const seen = new Set()
       parentPort.postMessage('ready')
       parentPort.on('message', () => parentPort.postMessage([...seen, 'last ' + matcher.ids(one)]))
       const look = () => {
         for (let i = 0; i < 200; i++) seen.add(String(matcher.ids(one)))
         setImmediate(look)
       }
       look()
     })`,
    {
      eval: true,
      workerData: {
        memory: matcher.memory,
        matcher: new URL('./matcher.ts', import.meta.url).href,
        post: new URL('../posts/post.ts', import.meta.url).href,
      },
    },
  )
  try {
    await once(thread, 'message')
    for (let turn = 0; turn < 3_000; turn++) {
      const id = 1 + (turn % 40)
      if (turn % 3 === 2) matcher.remove(id)
      // Queries that never match come and go beside two that always do.
      else
        matcher.set(
          id,
          parseQuery(`${someWords(turn, 1)[0]} AND нет${turn} AND (${someWords(turn, 4).join(' OR ')})`).query,
        )
      if (turn % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    for (let id = 1; id <= 40; id++) matcher.remove(id)
    matcher.set(3, parseQuery('сбой NEAR/1 перевод').query)
    thread.postMessage('what was seen')
    const [seen] = (await once(thread, 'message')) as [string[]]
    expect(seen).toContain('last 0,3')
    expect(seen.filter((ids) => !['0', '0,3', 'last 0,3'].includes(ids))).toEqual([])
  } finally {
    await thread.terminate()
  }
}, 60_000)

test('a long text of one word is answered in its time', () => {
  const matcher = new Matcher()
  const queries = ['"да да да да нет"', '[да да] NEAR/3 [да нет]', 'да NEAR/5 нет', '"да да" NEAR/2 "да да"']
  for (const [id, text] of queries.entries()) matcher.set(id, parseQuery(text).query)
  expect([...matcher.ids(post('да '.repeat(50_000)))]).toEqual([3])
  expect([...matcher.ids(post('да '.repeat(50_000) + 'нет'))]).toEqual([0, 1, 2, 3])
}, 10_000)

test('queries that come and go again and again take no more memory', () => {
  const matcher = new Matcher()
  const bytes = () => Object.values(matcher.memory).reduce((sum, { byteLength }) => sum + byteLength, 0)
  const comeAndGo = (times: number) => {
    for (let turn = 0; turn < times; turn++) {
      matcher.set(1, parseQuery('(банк OR карта* OR сбой) NEAR/3 "новый офис" NOT вклад').query)
      matcher.remove(1)
    }
  }
  comeAndGo(10)
  const before = bytes()
  comeAndGo(2_000)
  expect(bytes()).toBe(before)
})
