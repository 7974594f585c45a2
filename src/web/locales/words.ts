/**
 * The sentences of the screens. Components say `const { t } = useTranslation()` and `t('inbox.newWaiting', { count })`.
 * A key is checked against en.ts; ru.ts must have the same keys, with the Russian plural forms.
 */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { speakTo } from '../api/client.ts'
import type { en } from './en.ts'

export type Locale = 'en' | 'ru'
export const locales: { readonly locale: Locale; readonly name: string }[] = [
  { locale: 'en', name: 'English' },
  { locale: 'ru', name: 'Русский' },
]

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: { words: typeof en }
  }
}

/** The same keys; where English has `_one` and `_other`, Russian also has `_few` and `_many`. */
export type RussianOf<English> = {
  [Key in keyof English]: English[Key] extends string ? string : RussianOf<English[Key]>
} & { [Key in keyof English as Key extends `${infer Stem}_other` ? `${Stem}_few` | `${Stem}_many` : never]: string }

const stored = 'heed.locale'

export function firstLocale(): Locale {
  const chosen = localStorage.getItem(stored)
  if (chosen === 'en' || chosen === 'ru') return chosen
  return /^(ru|be|uk|kk)\b/i.test(navigator.language) ? 'ru' : 'en'
}

export async function startWords(locale: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    ns: ['words'],
    defaultNS: 'words',
    resources: { [locale]: { words: await dictionaryOf(locale) } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  settle(locale)
}

export async function speak(locale: Locale): Promise<void> {
  if (i18next.language === locale) return
  if (!i18next.hasResourceBundle(locale, 'words')) {
    i18next.addResourceBundle(locale, 'words', await dictionaryOf(locale))
  }
  await i18next.changeLanguage(locale)
  settle(locale)
}

function settle(locale: Locale): void {
  localStorage.setItem(stored, locale)
  document.documentElement.lang = locale
  speakTo(locale)
}

async function dictionaryOf(locale: Locale) {
  return locale === 'ru' ? (await import('./ru.ts')).ru : (await import('./en.ts')).en
}
