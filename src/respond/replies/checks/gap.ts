import type { ReadDraft, Warning } from './check.ts'

/** Whether a canned part still has a place where a name was to stand: the customer would read {{customer.name}}. */
export function leavesGap({ text }: ReadDraft): Warning[] {
  const gap = /\{\{[^{}]*\}\}/.exec(text)?.[0]
  if (gap === undefined) return []
  return [
    {
      check: 'gap',
      blocks: true,
      reason: {
        en: `${gap} was filled in by nobody; write what is to stand there`,
        ru: `${gap} осталось незаполненным; впишите, что должно здесь стоять`,
      },
      words: gap,
    },
  ]
}
