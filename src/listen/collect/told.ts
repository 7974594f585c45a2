export type Locale = 'en' | 'ru'

const sentences = {
  'our-mistake': {
    en: 'Something broke on our side, five times in a row; the log of the server knows more',
    ru: 'Что-то сломалось у нас, пять раз подряд; подробности в журнале сервера',
  },
  'file-gone': {
    en: 'The uploaded file is no longer there; upload it again, and rows that are already saved stay single',
    ru: 'Загруженного файла больше нет; загрузите его снова — сохранённые строки не повторятся',
  },
  'no-mapping': { en: 'Nobody has said which column is the text', ru: 'Не указано, в каком столбце текст' },
} as const

/** Why a run failed, in the language of the person who began it. */
export function told(key: keyof typeof sentences, locale: Locale): string {
  return sentences[key][locale]
}

export function localeOf(data: { [name: string]: unknown }): Locale {
  return data['locale'] === 'ru' ? 'ru' : 'en'
}
