import type { Words } from './measure.ts'

export const authorsWords: Words = {
  en: 'Authors: the number of different accounts that wrote the mentions. Mentions whose author is not known are left out.',
  ru: 'Авторы: число разных аккаунтов, написавших эти упоминания. Упоминания без известного автора не учитываются.',
}

/** Over groups of mentions by author; the key 0 is the unknown author. */
export const authorsOfGroups = 'countIf(key != 0)'
