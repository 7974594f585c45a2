import { readRows } from './read-rows.ts'
import { readChannelPosts } from './telegram-ru.ts'

/** Posts whose language is known because their set is of one language. */
export type KnownPosts = { set: string; code: string; texts: string[] }

/** Sets that models may be trained on. */
export function readKnownPosts(): KnownPosts[] {
  const umsab = {
    ar: 'arabic',
    de: 'german',
    en: 'english',
    es: 'spanish',
    fr: 'french',
    it: 'italian',
    pt: 'portuguese',
  }
  const brighter = {
    de: 'deu',
    en: 'eng',
    es: 'esp',
    pt: 'ptbr',
    ro: 'ron',
    ru: 'rus',
    sv: 'swe',
    tt: 'tat',
    uk: 'ukr',
    zh: 'chn',
  }
  const kazakh = textsOf('kazsandra', 'kk', 'kazsandra/pc.train_rus.tsv.gz')
  return [
    ...Object.entries(umsab).map(([code, name]) => textsOf('umsab', code, `umsab/${name}.train.tsv.gz`)),
    ...Object.entries(brighter).map(([code, name]) => textsOf('brighter', code, `brighter/${name}.train.tsv.gz`)),
    { set: 'telegram-ru', code: 'ru', texts: readChannelPosts().map(({ text }) => text.slice(0, 600)) },
    // Some of its reviews are Russian; those with a letter that Russian lacks are not.
    { ...kazakh, texts: kazakh.texts.filter((text) => /[әғқңөұүһі]/i.test(text)) },
  ]
}

/** Sets that were not trained on: what is measured on them is how the model does on texts from elsewhere. */
export function readForeignPosts(): KnownPosts[] {
  return [
    textsOf('sentirueval', 'ru', 'sentirueval/2016_banks.train.tsv.gz'),
    textsOf('semeval2017-task4', 'en', 'semeval2017-task4/A.train.tsv.gz'),
    textsOf('banking77', 'en', 'banking77/banking77.train.tsv.gz'),
  ]
}

function textsOf(set: string, code: string, path: string): KnownPosts {
  return { set, code, texts: readRows<'text'>(path).map(({ text }) => text) }
}
