import type { ReplyAccount } from '../../serve/api/shapes/reply.ts'

type Unit = NonNullable<ReplyAccount['limit']>['unit']

/** How long the platform finds a text; the server measures once more before it sends. */
export function lengthIn(unit: Unit, text: string): number {
  switch (unit) {
    case 'characters':
      return [...text].length
    case 'bytes':
      return new TextEncoder().encode(text).length
    case 'graphemes':
      return [...segmenter.segment(text)].length
    case 'mastodon':
      return [...segmenter.segment(text.replace(/https?:\/\/\S+/gi, 'x'.repeat(23)))].length
  }
}

const segmenter = new Intl.Segmenter()
