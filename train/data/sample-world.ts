import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A post of the invented world that comes with Heed, and its tonality as its author meant it. */
export type SamplePost = { lang: string; title: string | null; text: string; rating: number | null; label: string }

const folder = join(import.meta.dirname, '../../sample/posts')

/** Nothing is learnt from these: they are a domain that no set has, and as many of each label as the story asked for. */
export function readSampleWorld(): SamplePost[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'))
    .map((line) => {
      const { lang, title, text, rating, truth } = JSON.parse(line) as {
        lang: string
        title?: string
        text: string
        rating?: number
        truth: { sentiment: string }
      }
      return { lang, title: title ?? null, text, rating: rating ?? null, label: truth.sentiment }
    })
}
