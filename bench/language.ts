import { analyse } from '../src/base/text/analyse.ts'
import { detectLanguage } from '../src/listen/enrich/language.ts'
import { findPlace } from '../src/listen/enrich/place.ts'
import { readForeignPosts } from '../train/data/known-languages.ts'
import { readChannelPosts } from '../train/data/telegram-ru.ts'
import { quantile, tell, type Row } from './table.ts'

const rounds = 7

/**
 * What language and place of a post of 160 characters cost, on Russian channels and English tweets: CPU time, medians of
 * seven. Whether they are right is in docs/models.
 */
function language(): Row[] {
  const english = readForeignPosts().find(({ set }) => set === 'semeval2017-task4')!.texts
  return [
    ...rowsOf(
      'ru',
      readChannelPosts().map(({ text }) => text),
    ),
    ...rowsOf('en', english),
  ]
}

function rowsOf(lang: string, texts: string[]): Row[] {
  const posts = texts.slice(0, 5_000).map((text) => text.slice(0, 160))
  const place = { place: null, author: null, lang }
  // As in the flow, the words have just been read when their place is looked for.
  const words = microsOf(posts, (text) => analyse(text, { lang }))
  const wordsAndPlace = microsOf(posts, (text) => findPlace(place, analyse(text, { lang })))
  return [
    row(`language of a post (${lang})`, microsOf(posts, detectLanguage)),
    row(`place of a post whose words are known (${lang})`, wordsAndPlace - words),
  ]
}

function microsOf(posts: string[], find: (text: string) => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const begun = process.cpuUsage()
    for (const post of posts) find(post)
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / posts.length
  })
  return quantile(times, 0.5)
}

function row(what: string, measured: number): Row {
  return { what, wanted: '≤ 10', measured, unit: 'µs', ok: measured <= 10 }
}

if (import.meta.main) await tell(async () => language())
