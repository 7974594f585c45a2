import type { Words } from './measure.ts'

export const reachWords: Words = {
  en: 'Reach: the largest known follower count of each author, summed over the authors; an author counts once, however much they wrote. Unknown when no follower count is known. People who follow several authors count several times.',
  ru: 'Охват: наибольшее известное число подписчиков каждого автора, сумма по авторам; автор считается один раз, сколько бы ни написал. Неизвестен, если не известно ни одно число подписчиков. Подписчик нескольких авторов считается несколько раз.',
}

/** Of the mentions of one author. */
export const followersOfAuthor = 'max(author_followers)'
/** Over authors of whom `followers` was computed; the unknown author has no reach. */
export const reachOfAuthors = 'sumIf(followers, key != 0)'
