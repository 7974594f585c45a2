import { analyse } from '../../../base/text/analyse.ts'
import type { ReadDraft, Warning } from './check.ts'

// A greeting and thanks are alike everywhere and may be.
const fewestWords = 10
const tooAlike = 0.5
const run = 3

/**
 * Whether it is the text that others got: at least half of all runs of three words in both are in both (Jaccard), form of
 * the words disregarded. Names and numbers that change between copies break few runs, so a template shows.
 */
export function likeOthers({ text, lastSent }: ReadDraft): Warning[] {
  const ours = runsOf(text)
  if (ours.size < fewestWords - run + 1) return []
  let nearest: { ticketId: number; share: number } | null = null
  for (const { ticketId, text: sent } of lastSent) {
    const share = shareOf(ours, runsOf(sent))
    if (share >= tooAlike && share > (nearest?.share ?? 0)) nearest = { ticketId, share }
  }
  if (!nearest) return []
  const percent = Math.round(nearest.share * 100)
  return [
    {
      check: 'alike',
      blocks: false,
      reason: {
        en: `It reads like the reply in ticket ${nearest.ticketId}: ${percent} % the same. People compare; say it in other words`,
        ru: `Почти как ответ в тикете ${nearest.ticketId}: совпадает ${percent} %. Люди сравнивают — скажите иначе`,
      },
      words: null,
    },
  ]
}

function runsOf(text: string): Set<string> {
  const words = analyse(text).words.map(({ stems, folded }) => stems[0] ?? folded)
  return new Set(
    words.slice(0, Math.max(0, words.length - run + 1)).map((_, at) => words.slice(at, at + run).join(' ')),
  )
}

function shareOf(one: Set<string>, other: Set<string>): number {
  const both = [...one].filter((words) => other.has(words)).length
  return both / Math.max(1, one.size + other.size - both)
}
