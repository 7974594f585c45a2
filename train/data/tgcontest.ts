import { readRows } from './read-rows.ts'

/** IlyaGusev/tgcontest at 8945b9f6, Apache-2.0; the texts belong to their outlets. */
export type Article = { title: string; text: string }
export type ArticlePair = { first: Article; second: Article; sameStory: boolean }

export function readArticles(lang: 'ru' | 'en'): Article[] {
  return readRows<'title' | 'text'>(`tgcontest/categories.${lang}.train.tsv.gz`)
}

export function readArticlePairs(part: 'ru.train' | 'ru.val' | 'en.train'): ArticlePair[] {
  const rows = readRows<'label' | 'first_title' | 'first_text' | 'second_title' | 'second_text'>(
    `tgcontest/pairs.${part}.tsv.gz`,
  )
  return rows.map((row) => ({
    first: { title: row.first_title, text: row.first_text },
    second: { title: row.second_title, text: row.second_text },
    sameStory: row.label === 'OK',
  }))
}
