import { writeModel } from '../src/base/learn/model-file.ts'
import { analysePost } from '../src/base/text/analyse.ts'
import { keyOf, rarityBits, rarityStep, storyModelPath } from '../src/listen/clusters/story-words.ts'
import { detectLanguage } from '../src/listen/enrich/language.ts'
import { readRows } from './data/read-rows.ts'
import { readChannelPosts } from './data/telegram-ru.ts'
import { readArticles } from './data/tgcontest.ts'

/** How rare words are, of the posts of channels, articles and tweets in Russian and English. */
export function train(): void {
  const posts = new Uint32Array(2 ** rarityBits)
  let all = 0
  for (const text of texts()) {
    const places = new Set<number>()
    for (const word of analysePost({ title: null, text, lang: detectLanguage(text).code }).words)
      places.add(keyOf(word.stems[0] ?? word.folded) >>> (32 - rarityBits))
    for (const place of places) posts[place]!++
    all++
  }
  const rarities = Uint8Array.from(posts, (count) => Math.round(rarityStep * Math.log((all + 1) / (count + 0.5))))
  writeModel(storyModelPath, { task: 'story', version: 1, texts: all }, { rarities })
}

function* texts(): Generator<string> {
  for (const { text } of readChannelPosts()) yield text
  for (const lang of ['ru', 'en'] as const) for (const { title, text } of readArticles(lang)) yield `${title}\n${text}`
  for (const window of ['2014-11_12', '2015-03', '2015-07-06_08'])
    for (const { text } of readRows<'text'>(`ira-trolls/window.${window}.tsv.gz`)) yield text
}
