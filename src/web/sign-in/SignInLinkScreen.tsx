import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter, useSearch } from '@tanstack/react-router'
import i18next from 'i18next'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '../../serve/api/shapes/project.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { meQuery } from '../api/queries.ts'
import { speak } from '../locales/words.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { tell } from '../parts/notices.ts'
import { Failed } from '../parts/states.tsx'
import { Door } from './Door.tsx'
import type { Entered } from './entered.ts'
import styles from './Door.module.css'
import { SecondFactorScreen } from './SecondFactorScreen.tsx'

/** The token is sent by this screen and not by opening the address, so that a preview of the link does not use it up. */
export function SignInLinkScreen() {
  const { t } = useTranslation()
  const { token } = useParams({ strict: false })
  const { back = '/' } = useSearch({ strict: false })
  const router = useRouter()
  const client = useQueryClient()
  const sent = useRef(false)
  const [halfway, setHalfway] = useState(false)
  const { mutate, isError, error } = useMutation({
    mutationFn: async () => {
      try {
        return await send<Entered>('POST', '/sign-in/link', { token })
      } catch (problem) {
        // Whoever is signed in has no need of the link.
        const me = isOld(problem) ? await findMe(client) : null
        if (me === null) throw problem
        await speak(me.member.locale)
        tell(i18next.t('signIn.linkOldButIn'))
        return undefined
      }
    },
    onSuccess: (entered) => {
      if (entered !== undefined) {
        setHalfway(true)
        return
      }
      client.clear()
      router.history.replace(back)
    },
  })
  useEffect(() => {
    if (sent.current) return
    sent.current = true
    mutate()
  }, [mutate])

  if (halfway) return <SecondFactorScreen onBack={() => void router.navigate({ to: '/sign-in' })} />
  if (!isError) {
    return (
      <Door title={t('signIn.title')}>
        <p className={styles.help} role="status">
          {t('signIn.entering')}
        </p>
      </Door>
    )
  }
  return isOld(error) ? (
    <Door title={t('signIn.linkOld')}>
      <p className={styles.help}>{t('signIn.linkOldWords')}</p>
      <ButtonLink to="/sign-in" fullWidth size="sm">
        {t('signIn.withPassword')}
      </ButtonLink>
    </Door>
  ) : (
    <Door title={t('signIn.title')}>
      <Failed error={error} retry={mutate} />
    </Door>
  )
}

function isOld(problem: unknown): boolean {
  return problem instanceof Problem && problem.status < 500
}

/** Null: nobody is signed in here. */
function findMe(client: QueryClient): Promise<Me | null> {
  return client.fetchQuery({ ...meQuery, staleTime: 0, retry: false }).catch(() => null)
}
