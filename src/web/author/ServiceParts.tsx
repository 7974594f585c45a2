import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthorService } from '../../serve/api/shapes/author.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { firstField } from '../parts/first-field.ts'
import { useFormat } from '../parts/format.ts'
import { useSaving } from '../parts/saving.ts'
import { Answer } from '../parts/states.tsx'
import styles from './Author.module.css'
import { Part } from './Part.tsx'
import { authorPath, serviceQuery } from './queries.ts'

type Consent = AuthorService['consents'][number]

function useService(author: string) {
  const { i18n } = useTranslation()
  return useQuery(serviceQuery(useProject().id, author, i18n.language))
}

/** What our replies promised and no solved ticket has kept yet; nothing where nothing waits. */
export function PromisesPart({ author }: { author: string }) {
  const { t } = useTranslation()
  const project = useProject()
  const service = useService(author).data
  if (service === undefined || service.promises.length === 0) return null
  return (
    <Part title={t('author.promises')} formula={service.promisesFormula}>
      <ul className={styles.promises}>
        {service.promises.map((promise) => (
          <li key={`${promise.ticket} ${promise.at} ${promise.words}`}>
            <q dir="auto">{promise.words}</q>
            <small>
              {promise.by !== null && (
                <>
                  <bdi>{promise.by}</bdi>,{' '}
                </>
              )}
              <When at={promise.at} /> ·{' '}
              {promise.keeper === null ? (
                t('author.promiseOfNobody')
              ) : (
                <>
                  {t('author.promiseOf')} <bdi>{promise.keeper}</bdi>
                </>
              )}
              {promise.dueAt !== null && (
                <>
                  {' '}
                  · {t('author.promiseClock')} <When at={promise.dueAt} />
                </>
              )}
            </small>
            <Link
              to="/projects/$project/tickets/$ticket"
              params={{ project: String(project.id), ticket: String(promise.ticket) }}
            >
              {t('author.promiseTicket', { id: promise.ticket })}
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  )
}

/** Articles near to what they wrote that nobody has used for them yet. */
export function HelpfulPart({ author }: { author: string }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const service = useService(author)
  return (
    <Part title={t('author.helpful')} formula={t('author.helpfulFormula')}>
      <Answer of={service} rows={2}>
        {({ helpful }) =>
          helpful.length === 0 ? (
            <p className={styles.quiet}>{t('author.helpfulNone')}</p>
          ) : (
            <ul className={styles.promises}>
              {helpful.map(({ article, title, words }) => (
                <li key={article}>
                  <Link
                    to="/projects/$project/knowledge"
                    params={{ project: String(project.id) }}
                    search={{ article: String(article) }}
                  >
                    {title}
                  </Link>
                  <small>{t('knowledge.why', { words: f.list(words.slice(0, 6)) })}</small>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Part>
  )
}

const purposes = ['contact', 'quote', 'share'] as const

/** What the person agreed to or refused, with how they said it; what is not known stays unknown. */
export function ConsentPart({ author }: { author: string }) {
  const { t } = useTranslation()
  const service = useService(author)
  return (
    <Part title={t('author.consent')} formula={t('author.consentFormula')}>
      <Answer of={service} rows={3}>
        {({ consents }) => (
          <ul className={styles.promises}>
            {purposes.map((purpose) => (
              <Purpose
                key={purpose}
                author={author}
                purpose={purpose}
                said={consents.filter((consent) => consent.purpose === purpose)}
              />
            ))}
          </ul>
        )}
      </Answer>
    </Part>
  )
}

function Purpose({ author, purpose, said }: { author: string; purpose: Consent['purpose']; said: Consent[] }) {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const [how, setHow] = useState<string | null>(null)
  const { sending, save } = useSaving(t('author.notChanged'))
  const [holds, ...earlier] = said
  const state = stateOf(holds)
  const place = useRef<HTMLLIElement>(null)
  const isOpen = how !== null
  const wasOpen = useRef(isOpen)
  // Whoever opens the form writes in it, and whoever leaves it goes on where they were.
  useEffect(() => {
    if (wasOpen.current === isOpen) return
    wasOpen.current = isOpen
    const next = isOpen ? firstField(place.current) : place.current?.querySelector('button')
    next?.focus()
  }, [isOpen])
  const note = (given: boolean | null) =>
    save(async () => {
      const next = await send<AuthorService>('POST', `${authorPath(project.id, author)}/consents`, {
        ...{ purpose, given, how },
      })
      client.setQueryData(serviceQuery(project.id, author, i18n.language).queryKey, next)
      setHow(null)
    })
  return (
    <li ref={place}>
      <span className={styles.consent} data-state={state}>
        <Icon name={state === 'given' ? 'check' : state === 'refused' ? 'close' : 'more'} size={14} />{' '}
        {t(`author.purpose_${purpose}`)}: {t(`author.consent_${state}`)}
        {how === null && (
          <button type="button" className={styles.textButton} onClick={() => setHow('')}>
            {t('author.consentNote')}
          </button>
        )}
      </span>
      {holds !== undefined && how === null && <Said consent={holds} />}
      {earlier.length > 0 && how === null && (
        <details className={styles.decisions}>
          <summary>{t('author.consentEarlier')}</summary>
          <ul>
            {earlier.map((consent) => (
              <li key={consent.at}>
                {t(`author.consent_${stateOf(consent)}`)}
                <Said consent={consent} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {how !== null && (
        <form
          className={styles.consentForm}
          onSubmit={(event) => {
            event.preventDefault()
            void note(true)
          }}
        >
          <TextInput
            label={t('author.consentHow')}
            value={how}
            maxLength={500}
            onChange={(event) => setHow(event.currentTarget.value)}
          />
          <div className={styles.choice}>
            <Button type="submit" variant="light" disabled={sending || how.trim() === ''}>
              {t('author.consentGiven')}
            </Button>
            <Button variant="default" disabled={sending || how.trim() === ''} onClick={() => void note(false)}>
              {t('author.consentRefused')}
            </Button>
            {state !== 'unknown' && (
              <Button
                variant="subtle"
                color="gray"
                disabled={sending || how.trim() === ''}
                onClick={() => void note(null)}
              >
                {t('author.consentBack')}
              </Button>
            )}
            <Button variant="subtle" color="gray" onClick={() => setHow(null)}>
              {t('common.cancel')}
            </Button>
          </div>
        </form>
      )}
    </li>
  )
}

function Said({ consent: { how, actor, at } }: { consent: Consent }) {
  return (
    <small>
      <q dir="auto">{how}</q> — <bdi>{actor}</bdi>, <When at={at} />
    </small>
  )
}

function stateOf(consent: Consent | undefined): 'given' | 'refused' | 'unknown' {
  return consent?.given == null ? 'unknown' : consent.given ? 'given' : 'refused'
}
