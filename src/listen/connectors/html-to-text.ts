import { Parser } from 'htmlparser2'
import type { Attachment, PostImage } from '../posts/post.ts'
import { imagesOf, type Shown } from './images.ts'

export type PlainText = { text: string; links: string[]; has: Attachment[]; images: PostImage[] }

/**
 * The text a reader would see, with its paragraphs, and what it points to. Scripts, styles, forms and everything
 * else that is not text never come through, because only text nodes outside such elements are taken; the result is
 * text, so whoever shows it must still not treat it as HTML. Relative addresses are resolved against `base`.
 */
export function htmlToText(html: string, base: string | null = null): PlainText {
  const pieces: string[] = []
  const links = new Set<string>()
  const has = new Set<Attachment>()
  const shown: Shown[] = []
  let silent = 0
  let depth = 0
  let preformatted = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1
        // Closing a tag searches the open ones, so endless nesting would cost quadratic time. What was read so far stays.
        if (depth > deepest) return parser.pause()
        if (silentElements.has(name)) silent += 1
        if (name === 'pre') preformatted += 1
        if (name === 'br') pieces.push('\n')
        else if (name === 'li') pieces.push('\n', '– ')
        else if (paragraphs.has(name)) pieces.push('\n\n')
        else if (lines.has(name)) pieces.push('\n')
        else if (name === 'td' || name === 'th') pieces.push(' ')
        if (name === 'img' || name === 'picture') has.add('image')
        if (name === 'img' && silent === 0 && shown.length < 50 && !isSmall(attributes))
          shown.push(pictureIn(attributes))
        if (name === 'video' || (name === 'iframe' && videoHosts.test(attributes['src'] ?? ''))) has.add('video')
        if (name === 'a' && silent === 0 && links.size < 200) {
          const address = absolute(attributes['href'] ?? '', base)
          if (address !== null) links.add(address)
        }
      },
      ontext(text) {
        if (silent === 0) pieces.push(preformatted > 0 ? text : text.replace(/[\s\u200b]+/g, ' '))
      },
      onclosetag(name) {
        depth -= 1
        if (silentElements.has(name)) silent = Math.max(0, silent - 1)
        if (name === 'pre') preformatted -= 1
        if (paragraphs.has(name)) pieces.push('\n\n')
        else if (lines.has(name)) pieces.push('\n')
      },
    },
    { decodeEntities: true, recognizeSelfClosing: false },
  )
  parser.write(html)
  parser.end()
  if (links.size > 0) has.add('link')
  return { text: tidy(pieces.join('')), links: [...links], has: [...has], images: imagesOf(shown, base) }
}

type Attributes = { [name: string]: string }

/** Smileys, faces of accounts and the dots that count readers are no pictures of a post. */
function isSmall({ class: names = '', width, height }: Attributes): boolean {
  return /\b(emoji|smiley|avatar|emoticon)\b/i.test(names) || [width, height].some((side) => Number(side ?? 99) <= 32)
}

/** Pages that load their pictures late keep the address beside a placeholder. */
function pictureIn(attributes: Attributes): Shown {
  const { src = '', alt } = attributes
  const late = attributes['data-src'] ?? attributes['data-lazy-src'] ?? attributes['data-original']
  return { url: late ?? src, alt }
}

/** Takes out what no reader sees and no database likes: control characters, blanks at line ends, heaps of empty lines. */
export function tidy(text: string): string {
  // Most values are one clean line, and files have millions of them.
  if (!untidy.test(text)) return text.trim().toWellFormed()
  return (
    text
      .replace(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex -- control characters are exactly what is removed
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '')
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
      .toWellFormed()
  )
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const untidy = /[\u0000-\u001f\u007f\ufffe\uffff]/

/** The address a link leads to, when it is a page. */
export function absolute(href: string, base: string | null): string | null {
  const text = href.trim()
  if (text === '' || !URL.canParse(text, base ?? undefined)) return null
  const url = new URL(text, base ?? undefined)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
}

const deepest = 1000
const silentElements = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'head',
  'title',
  'textarea',
  'select',
  'button',
  'form',
  'noembed',
  'noframes',
  'applet',
  'canvas',
  'audio',
  'video',
  'xmp',
  'plaintext',
])
const paragraphs = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'pre',
  'ul',
  'ol',
  'table',
  'article',
  'section',
  'hr',
  'figure',
])
const lines = new Set(['div', 'tr', 'dt', 'dd', 'figcaption', 'header', 'footer', 'aside', 'address'])
const videoHosts =
  /^(https?:)?\/\/([\w-]+\.)*(youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|rutube\.ru|vk\.com|vkvideo\.ru|dailymotion\.com|ok\.ru)\//i
