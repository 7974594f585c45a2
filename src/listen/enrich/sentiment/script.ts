import type { Analysis } from '../../../base/text/analyse.ts'

const cyrillic = new Set(['ru', 'uk', 'kk', 'be', 'bg', 'tt', 'sr', 'mk', 'ky', 'mn', 'tg', 'ba', 'cv'])
/** Words that are asked for their letters. */
const enough = 40

/** Whether the post is for the model of Cyrillic letters: by its language, else by the first letters of most of its words. */
export function isCyrillic(analysis: Analysis, lang: string | null): boolean {
  if (lang !== null && cyrillic.has(lang.slice(0, 2).toLowerCase())) return true
  let balance = 0
  for (let token = 0; token < Math.min(enough, analysis.words.length); token++) {
    const code = analysis.words[token]!.folded.charCodeAt(0)
    if (code >= 0x400 && code < 0x530) balance++
    else if (code >= 97) balance--
  }
  return balance > 0
}
