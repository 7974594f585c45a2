import type { Words } from './measure.ts'

export const reachWords: Words = {
  en: 'Reach: the largest known follower count of each author, summed over the authors; an author counts once, however much they wrote. Unknown when no follower count is known. People who follow several authors count several times.',
  ru: 'Охват: наибольшее известное число подписчиков каждого автора, сумма по авторам; автор считается один раз, сколько бы ни написал. Неизвестен, если не известно ни одно число подписчиков. Подписчик нескольких авторов считается несколько раз.',
}

/** Of the mentions of one author; −1 when none of them tells, because the engine compares plain numbers faster. */
export const followersOfAuthor = 'max(ifNull(toInt64(author_followers), -1))'
/** Over authors of whom `followers` was computed, null when none is known; the unknown author has no reach. */
export const reachOfAuthors = 'sumOrNullIf(followers, key != 0 and followers >= 0)'
