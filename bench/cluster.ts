import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { analysePost, type Analysis } from '../src/base/text/analyse.ts'
import { readConfig } from '../src/config.ts'
import { Copies } from '../src/listen/clusters/copies.ts'
import { Prints } from '../src/listen/clusters/prints.ts'
import { Stories } from '../src/listen/clusters/stories.ts'
import { storyWords } from '../src/listen/clusters/story-words.ts'
import { detectLanguage } from '../src/listen/enrich/language.ts'
import { bCubed } from '../train/b-cubed.ts'
import { copyReference } from '../train/copy-reference.ts'
import { readChannelPosts, readExactReposts, type ChannelPost } from '../train/data/telegram-ru.ts'
import { readArticlePairs, type Article, type ArticlePair } from '../train/data/tgcontest.ts'
import { calibrate, tell, type Row } from './table.ts'

/** Copies of one text among channel posts, articles on one story, and what finding them costs. */
export async function cluster(): Promise<Row[]> {
  if (!existsSync(join(readConfig(process.env).labelledData, 'telegram-ru')))
    return [{ what: 'clusters', wanted: '', measured: null, unit: '', ok: false, note: 'HEED_DATA is not there' }]
  const posts = readChannelPosts()
  const found = copiesOf(posts)
  const silver = readExactReposts()
  const reposts = posts.map((_, index) => index).filter((index) => silver.has(posts[index]!.id))
  const exact = bCubed(
    reposts.map((index) => silver.get(posts[index]!.id)),
    reposts.map((index) => found[index]),
  )
  return [
    percent('copies, telegram-ru against the slow reference, B-cubed F1', 95, bCubed(copyReference(posts), found).f1),
    percent('exact reposts between channels, telegram-ru, B-cubed F1', 95, exact.f1),
    percent('same-story pairs ru, F1', 85, storyF1([...readArticlePairs('ru.train'), ...readArticlePairs('ru.val')])),
    percent('same-story pairs en, F1', 85, storyF1(readArticlePairs('en.train'))),
    speed(posts),
    memory(),
  ]
}

function copiesOf(posts: ChannelPost[]): string[] {
  const copies = new Copies(1_000_000)
  const prints = new Prints()
  return posts.map(({ id, at, text }) => {
    prints.read(analysed(text))
    return copies.place(prints, { id, at, scope: 0 })
  })
}

/** Pairs whose articles came to stand in one story, all articles placed one behind the other. */
function storyF1(pairs: ArticlePair[]): number {
  const stories = new Stories()
  let [right, wrong, missed] = [0, 0, 0]
  for (const [index, { first, second, sameStory }] of pairs.entries()) {
    const [a, b] = [first, second].map((article, side) => {
      const id = `${index}:${side}`
      return stories.place(aboutOf(article), { id, at: new Date(0) }, id)
    })
    if (a === b && sameStory) right++
    else if (a === b) wrong++
    else if (sameStory) missed++
  }
  return (2 * right) / (2 * right + wrong + missed)
}

function aboutOf({ title, text }: Article) {
  return storyWords(analysePost({ title, text, lang: detectLanguage(`${title}\n${text}`).code }))
}

/** Of the step alone: the flow has the analysis already. */
function speed(posts: ChannelPost[]): Row {
  const ratio = calibrate()
  const passes = Array.from({ length: 5 }, () => {
    const copies = new Copies(1_000_000)
    const prints = new Prints()
    let micros = 0
    for (let from = 0; from < posts.length; from += 100) {
      const some = posts.slice(from, from + 100)
      const analyses = some.map(({ text }) => analysed(text))
      const begun = process.cpuUsage()
      for (const [index, { id, at }] of some.entries()) {
        prints.read(analyses[index]!)
        copies.place(prints, { id, at, scope: 0 })
      }
      const { user, system } = process.cpuUsage(begun)
      micros += user + system
    }
    return micros / posts.length
  })
  const measured = Math.min(...passes) / ratio
  return {
    what: `finding a copy, reckoned at ratio 1 (measured at ${ratio.toFixed(2)})`,
    wanted: '≤ 15',
    measured,
    unit: 'µs/post',
    ok: measured <= 15,
  }
}

/** A million posts of 40 words of which no two are copies: the most that there can be to remember. */
function memory(): Row {
  const posts = 1_000_000
  const copies = new Copies(posts)
  const prints = new Prints()
  prints.words = 40
  prints.letters = 240
  prints.count = 38
  let state = 1
  for (let post = 0; post < posts; post++) {
    for (let i = 0; i < prints.count; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
      prints.rows[i] = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
      prints.places[i] = i
    }
    prints.whole = prints.rows[0]!
    prints.whole2 = prints.rows[1]!
    copies.place(prints, { id: `telegram:-1001465826763:${post}`, at: new Date(post * 2000), scope: 0 })
  }
  const measured = copies.bytes / 1e6
  return { what: 'memory for a million posts', wanted: '≤ 250', measured, unit: 'MB', ok: measured <= 250 }
}

function analysed(text: string): Analysis {
  return analysePost({ title: null, text, lang: 'ru' })
}

function percent(what: string, wanted: number, share: number): Row {
  return { what, wanted: `≥ ${wanted}`, measured: 100 * share, unit: '%', ok: 100 * share >= wanted }
}

if (import.meta.main) await tell(cluster)
