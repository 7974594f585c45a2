import type { SourceTrouble } from '../../listen/collect/health.ts'
import { isProblemKey, tell } from '../../listen/connectors/problems.ts'

export type Locale = 'en' | 'ru'

const troubles: { [key: string]: { [locale in Locale]: string } | undefined } = {
  'source-silent': {
    en: 'Nothing new for {days} days, far longer than usual',
    ru: 'Ничего нового уже {days} дн. — намного дольше обычного',
  },
  'source-rate-limited': {
    en: 'The platform asks us to wait until {until}',
    ru: 'Площадка просит подождать до {until}',
  },
  'source-moved-onto': {
    en: 'It has moved to {to}, which is a source already',
    ru: 'Переехал на {to}, а такой источник уже есть',
  },
  'source-quiet': {
    en: 'Only {posts} new in {hours} h, where about {expected} are usual; by chance that happens once in {once}',
    ru: 'Всего {posts} новых за {hours} ч, а обычно около {expected}; случайно такое бывает раз в {once}',
  },
  'source-broke-off': {
    en: 'The connection broke; Heed opens it again by itself',
    ru: 'Соединение оборвалось; Heed откроет его снова сам',
  },
  'source-failed': { en: 'It could not be read: {hint}', ru: 'Прочитать не удалось: {hint}' },
}

/** Why a source is ill, as a sentence. */
export function sayTrouble(trouble: SourceTrouble, locale: Locale): string {
  const own = troubles[trouble.key]?.[locale]
  if (own) return own.replace(/\{(\w+)\}/g, (gap, name: string) => said(trouble.values[name] ?? gap, locale))
  const { key, values } = trouble
  return isProblemKey(key) ? tell({ key, values }, locale) : trouble.hint
}

function said(value: string | number, locale: Locale): string {
  if (typeof value === 'number') return value.toLocaleString(locale, { maximumFractionDigits: 1 })
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return value
  const at = new Date(value).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return `${at} UTC`
}
