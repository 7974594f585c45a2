import { analysePost } from '../src/base/text/analyse.ts'
import { detectLanguage } from '../src/listen/enrich/language.ts'
import { findSentiment } from '../src/listen/enrich/sentiment.ts'
import { understandPost } from '../src/listen/enrich/understand.ts'
import { barePost, type Post } from '../src/listen/posts/post.ts'
import { readForeignPosts } from '../train/data/known-languages.ts'
import { readChannelPosts } from '../train/data/telegram-ru.ts'
import { tell, type Row } from './table.ts'

const posts = 6_000
const warmUps = 6_000

/**
 * Posts a second of one thread, by the processor's time, on whole posts of Russian channels and on English tweets, each read once,
 * their words read and many of them met for the first time; the thread has read others before, so that its code is compiled. Whether
 * what is found is right is in docs/models.
 */
function understand(): Row[] {
  const english = readForeignPosts().find(({ set }) => set === 'semeval2017-task4')!.texts
  const russian = readChannelPosts().map(({ text }) => text)
  return [...rowsOf('Russian channels', russian), ...rowsOf('English tweets', english)]
}

function rowsOf(name: string, texts: readonly string[]): Row[] {
  const all = texts.slice(0, 2 * posts + warmUps).map((text, n) => barePost({ id: `x:${n}`, platform: 'x', text }))
  for (const post of all.slice(0, warmUps)) understandAll(post)
  const length = Math.round(all.reduce((sum, { text }) => sum + text.length, 0) / all.length)
  const of = `of ${name}, ${length} characters`
  return [
    row(`language and tonality ${of}`, 25_000, all.slice(warmUps, warmUps + posts), languageAndTonality),
    row(`all that is understood ${of}`, 8_000, all.slice(warmUps + posts), understandAll),
  ]
}

function languageAndTonality(post: Post): void {
  const lang = detectLanguage(post.text).code
  findSentiment(analysePost({ ...post, lang }), lang)
}

function understandAll(post: Post): void {
  const settled = { ...post, lang: detectLanguage(post.text).code }
  understandPost(settled, analysePost(settled))
}

function row(what: string, wanted: number, some: readonly Post[], work: (post: Post) => void): Row {
  const begun = process.cpuUsage()
  for (const post of some) work(post)
  const { user, system } = process.cpuUsage(begun)
  const measured = (some.length * 1e6) / (user + system)
  return { what, wanted: `≥ ${wanted.toLocaleString('en')}`, measured, unit: 'posts/s', ok: measured >= wanted }
}

if (import.meta.main) await tell(async () => understand())
