import { DomUtils, parseDocument } from 'htmlparser2'
import { htmlToText } from '../html-to-text.ts'
import type { PreviewPost } from './post.ts'

export type PreviewChannel = {
  title: string | null
  description: string | null
  subscribers: number | null
  verified: boolean
}

export type Preview =
  | { kind: 'preview'; channel: PreviewChannel; posts: PreviewPost[] }
  /** Something public has this name and shows nothing on the web: a group, or a channel that Telegram restricts. */
  | { kind: 'without-preview' }
  | { kind: 'no-such-channel' }
  | { kind: 'not-telegram' }

type Tree = ReturnType<typeof parseDocument>
type Element = NonNullable<ReturnType<typeof DomUtils.findOne>>

/** What the page of a channel shows. Telegram documents no form of it; what is missing is null. */
export function readPreview(html: string): Preview {
  const tree = parseDocument(html, { withStartIndices: true, withEndIndices: true })
  const inside = (element: Element | null): string | null =>
    element === null ? null : html.slice(element.startIndex ?? 0, (element.endIndex ?? 0) + 1)
  const textOf = (element: Element | null): string | null => htmlToText(inside(element) ?? '').text || null
  const find = (from: Tree | Element, name: string) => DomUtils.findOne((one) => hasClass(one, name), from.children)
  const findAll = (from: Tree | Element, name: string) => DomUtils.findAll((one) => hasClass(one, name), from.children)

  const info = find(tree, 'tgme_channel_info')
  if (info === null) {
    const card = find(tree, 'tgme_page')
    if (card === null) return { kind: 'not-telegram' }
    // A group or channel says how many are in it, a person only the name.
    return /^\d/.test(textOf(find(card, 'tgme_page_extra')) ?? '')
      ? { kind: 'without-preview' }
      : { kind: 'no-such-channel' }
  }

  const readPost = (message: Element): PreviewPost => {
    const poll = [
      textOf(find(message, 'tgme_widget_message_poll_question')),
      ...findAll(message, 'tgme_widget_message_poll_option_text').map((option) => `– ${textOf(option)}`),
    ].filter((line) => line !== null)
    const date = find(message, 'tgme_widget_message_date')
    const time = date && DomUtils.findOne((one) => one.name === 'time', date.children)
    const forwarded = find(message, 'tgme_widget_message_forwarded_from')
    return {
      path: message.attribs['data-post'] ?? '',
      html: inside(find(message, 'js-message_text')) ?? '',
      poll: poll.join('\n'),
      document: textOf(find(message, 'tgme_widget_message_document_title')),
      postedAt: time?.attribs['datetime'] ?? null,
      views: countOf(textOf(find(message, 'tgme_widget_message_views'))),
      reactions: sum(findAll(message, 'tgme_reaction').map((one) => countOf(textOf(one)))),
      isForwarded: forwarded !== null,
      forwardedFrom: forwarded && (find(forwarded, 'tgme_widget_message_forwarded_from_name')?.attribs['href'] ?? null),
      replyTo: find(message, 'tgme_widget_message_reply')?.attribs['href'] ?? null,
      hasImage: find(message, 'tgme_widget_message_photo_wrap') !== null,
      images: ['tgme_widget_message_photo_wrap', 'tgme_widget_message_video_thumb'].flatMap((name) =>
        findAll(message, name).map(backgroundOf),
      ),
      hasVideo: ['tgme_widget_message_video_player', 'tgme_widget_message_roundvideo_player'].some(
        (name) => find(message, name) !== null,
      ),
    }
  }

  const counters = findAll(info, 'tgme_channel_info_counter')
  const title = find(info, 'tgme_channel_info_header_title')
  return {
    kind: 'preview',
    channel: {
      title: textOf(title),
      description: textOf(find(info, 'tgme_channel_info_description')),
      // The first counter is that of subscribers in every language; photos, videos and links follow.
      subscribers: counters[0] === undefined ? null : countOf(textOf(find(counters[0], 'counter_value'))),
      verified: find(info, 'verified-icon') !== null,
    },
    // “Channel created” and “pinned a photo” are messages of Telegram itself.
    posts: findAll(tree, 'tgme_widget_message')
      .filter((one) => !hasClass(one, 'service_message'))
      .map(readPost),
  }
}

/** The preview paints its pictures; an empty text where it paints none. */
function backgroundOf({ attribs }: Element): string {
  return /background-image:\s*url\(\s*['"]?([^'")]+)/i.exec(attribs['style'] ?? '')?.[1] ?? ''
}

function hasClass(element: Element, name: string): boolean {
  return (element.attribs['class'] ?? '').split(/\s+/).includes(name)
}

/** A count as the preview writes it: `956`, `1.2K`, `3M`, also behind the sign of a reaction; null when it is none. */
export function countOf(text: string | null): number | null {
  const written = /(\d+(?:\.\d+)?)([KMB]?)$/i.exec((text ?? '').replace(/[\s,](?=\d{3})/g, ''))
  if (!written) return null
  const unit = { K: 1e3, M: 1e6, B: 1e9 }[written[2]?.toUpperCase() ?? ''] ?? 1
  return Math.round(Number(written[1]) * unit)
}

function sum(counts: (number | null)[]): number | null {
  const told = counts.filter((count) => count !== null)
  return told.length === 0 ? null : told.reduce((a, b) => a + b, 0)
}
