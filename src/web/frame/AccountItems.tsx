import { useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../api/client.ts'
import type { IconName } from '../look/icons.tsx'
import { type Locale, locales, speak } from '../locales/words.ts'
import { tellFailure } from '../parts/notices.ts'

type Item = { icon: IconName; words: string; chosen: boolean; onClick: () => void }

/** Language, colours and the way out, drawn as a menu in the rail and as rows on a phone. */
export function AccountItems({ item, line }: { item: (item: Item) => ReactNode; line: ReactNode }) {
  const { t, i18n } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const client = useQueryClient()
  const choose = async (locale: Locale) => {
    await speak(locale)
    await send('PATCH', '/me', { locale })
    // Sentences of the server come in the language of the request.
    await client.invalidateQueries()
  }
  const leave = async () => {
    await send('POST', '/sign-out')
    location.assign('/sign-in')
  }
  return (
    <>
      {locales.map(({ locale, name }) => (
        <Fragment key={locale}>
          {item({
            icon: 'globe',
            words: name,
            chosen: i18n.language === locale,
            onClick: () =>
              void choose(locale).catch((error: unknown) => tellFailure(t('frame.languageNotSaved'), error)),
          })}
        </Fragment>
      ))}
      {line}
      {(['light', 'dark', 'auto'] as const).map((scheme) => (
        <Fragment key={scheme}>
          {item({
            icon: ({ light: 'sun', dark: 'moon', auto: 'screen' } as const)[scheme],
            words: t(`frame.scheme_${scheme}`),
            chosen: colorScheme === scheme,
            onClick: () => setColorScheme(scheme),
          })}
        </Fragment>
      ))}
      {line}
      {item({
        icon: 'leave',
        words: t('frame.signOut'),
        chosen: false,
        onClick: () => void leave().catch((error: unknown) => tellFailure(t('frame.notSignedOut'), error)),
      })}
    </>
  )
}
