import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { analysePost } from '../src/base/text/analyse.ts'
import { readSamplePosts } from '../src/listen/collect/sample-world.ts'
import { findSpam } from '../src/listen/enrich/spam.ts'
import { percent } from './chances-card.ts'
import { table } from './figures.ts'

/**
 * What is said of the invented world, where its writers marked the spam. Nothing was learnt from it, but the cues of frauds were
 * written by somebody who had read it.
 */
export async function sampleFigures(): Promise<string> {
  const isSpam = readTruths()
  const posts = await readSamplePosts(new Date('2026-11-22T12:00:00Z'))
  const rows = ['ru', 'en'].map((lang) => {
    const judged = posts
      .filter((post) => post.lang === lang)
      .map((post) => ({ truth: isSpam.has(post.id), answer: findSpam(analysePost(post), lang)?.label ?? null }))
    const spam = judged.filter(({ truth }) => truth)
    const called = judged.filter(({ answer }) => answer === true)
    const right = called.filter(({ truth }) => truth).length
    return [lang, judged.length, spam.length, called.length, right, percent(right / spam.length)]
  })
  return [
    '## The sample world',
    table([['language', 'posts', 'spam', 'called spam', 'of these, spam', 'of all spam, called so, %'], ...rows]),
  ].join('\n\n')
}

/** The ids of posts that are spam, as `readSamplePosts` has them. */
function readTruths(): Set<string> {
  const folder = join(import.meta.dirname, '../sample/posts')
  return new Set(
    readdirSync(folder)
      .flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'))
      .map((line) => JSON.parse(line) as { id: string; platform: string; truth: { spam?: boolean } })
      .flatMap(({ id, platform, truth }) => (truth.spam === true ? [`${platform}:${id}`] : [])),
  )
}
