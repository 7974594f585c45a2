import { Readability } from '@mozilla/readability'
import { Parser } from 'htmlparser2'
import { parseHTML } from 'linkedom'
import type { Attachment, PostImage } from '../../posts/post.ts'
import { parseMoment, isPlausible } from '../dates.ts'
import { htmlToText, tidy } from '../html-to-text.ts'
import { twoLetterLanguage } from '../languages.ts'

/** What a page is about, without what stands around it. Null: the page does not say. */
export type Article = {
  title: string | null
  text: string
  author: string | null
  postedAt: Date | null
  lang: string | null
  site: string | null
  links: string[]
  has: Attachment[]
  images: PostImage[]
}

// A page that says less and names no time is a sign-in or a notice.
const shortestText = 100
// Larger pages are lists or traps, and reading one holds up everything else.
const longestPage = 2 * 1024 * 1024
const mostElements = 15_000
// Readability looks at every element from each of those around it, so endless nesting would cost minutes.
const deepest = 120

/** The article of a page; null where there is none, or the page is too large or too tangled to be one. */
export function readArticle(page: string, url: string, now: Date): Article | null {
  if (page.length > longestPage || isTangled(page)) return null
  try {
    const { document } = parseHTML(page)
    const lang = document.documentElement?.getAttribute('lang') ?? null
    const published = publishedIn(document)
    const found = new Readability(document, { maxElemsToParse: mostElements, charThreshold: 200 }).parse()
    const { text, links, has, images } = htmlToText(found?.content ?? '', url)
    if (found == null || text === '') return null
    const written = found.publishedTime ?? published
    if (text.length < shortestText && written == null) return null
    const postedAt = written == null ? null : parseMoment(written, { timeZone: 'UTC' })
    return {
      title: tidy(found.title ?? '') || null,
      text,
      author: authorIn(found.byline ?? ''),
      postedAt: postedAt !== null && isPlausible(postedAt, now) ? postedAt : null,
      lang: twoLetterLanguage(found.lang ?? lang),
      site: tidy(found.siteName ?? '') || null,
      links: links.filter((link) => link !== url),
      has,
      images,
    }
  } catch {
    // Both libraries throw at what is nested too deeply or broken in ways of its own; there is nothing of ours inside.
    return null
  }
}

function isTangled(page: string): boolean {
  let [depth, elements, tooDeep] = [0, 0, false]
  const parser = new Parser({
    onopentag() {
      depth += 1
      elements += 1
      tooDeep = depth > deepest || elements > mostElements
      if (tooDeep) parser.pause()
    },
    onclosetag() {
      depth -= 1
    },
  })
  parser.write(page)
  return tooDeep
}

type PageDocument = { querySelector(selector: string): { getAttribute(name: string): string | null } | null }

/** When the page says it was published, where the article itself does not. */
function publishedIn(document: PageDocument): string | null {
  const places = [
    ['meta[property="article:published_time"]', 'content'],
    ['meta[itemprop="datePublished"]', 'content'],
    ['meta[name="pubdate"]', 'content'],
    ['[itemprop="datePublished"][datetime]', 'datetime'],
    ['article time[datetime]', 'datetime'],
  ] as const
  for (const [selector, attribute] of places) {
    const value = document.querySelector(selector)?.getAttribute(attribute)?.trim()
    if (value) return value
  }
  return null
}

function authorIn(byline: string): string | null {
  const name = tidy(byline)
    .replace(/\s+/g, ' ')
    .replace(/^(by|автор:?|текст:?)\s+/i, '')
  return name === '' || name.length > 100 ? null : name
}
