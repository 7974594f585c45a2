import { lengthIn } from '../../../listen/connectors/reply-channel.ts'
import type { ReadDraft, Warning } from './check.ts'

/** Whether the platform would refuse it, measured as the platform measures. */
export function tooLong({ worded, limit }: ReadDraft): Warning[] {
  if (limit === null) return []
  const over = lengthIn(limit.unit, worded) - limit.most
  if (over <= 0) return []
  return [
    {
      check: 'length',
      blocks: true,
      reason: {
        en: `Too long for the platform by ${over}: at most ${limit.most}, the name of the author included`,
        ru: `Для площадки длиннее на ${over}: помещается ${limit.most}, считая имя автора`,
      },
      words: null,
    },
  ]
}
