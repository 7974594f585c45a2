import type { ReplyAccount } from '../../serve/api/shapes/reply.ts'

type Unit = NonNullable<ReplyAccount['limit']>['unit']

/** How long the platform finds a text; the server measures once more before it sends. */
export function lengthIn(unit: Unit, text: string): number {
  switch (unit) {
    case 'characters':
      return [...text].length
    case 'bytes':
      return new TextEncoder().encode(text).length
    case 'utf16':
      return text.length
    case 'graphemes':
      return [...segmenter.segment(text)].length
    case 'mastodon':
      return [...segmenter.segment(text.replace(/https?:\/\/\S+/gi, 'x'.repeat(23)))].length
    case 'x':
      return [...segmenter.segment(text.replace(/https?:\/\/\S+/gi, 'x'.repeat(23)))].reduce(
        (sum, { segment }) => sum + (/[^\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]/u.test(segment) ? 2 : 1),
        0,
      )
    case 'threads':
      return [...segmenter.segment(text)].reduce(
        (sum, { segment }) =>
          sum +
          (/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(segment)
            ? new TextEncoder().encode(segment).length
            : [...segment].length),
        0,
      )
  }
}

const segmenter = new Intl.Segmenter()
