import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AuditEvent } from '../../serve/api/shapes/project.ts'
import { useProject } from '../api/queries.ts'
import { useFormat } from '../parts/format.ts'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { auditQuery } from './queries.ts'
import styles from './Settings.module.css'

const known = [
  'sign-in',
  'sign-in-failed',
  'sign-out',
  'password-set',
  'second-factor-on',
  'second-factor-off',
  'second-factor-removed',
  'recovery-codes-made',
  'email-changed',
  'member-invited',
  'member-removed',
  'role-changed',
  'link-made',
  'key-made',
  'key-removed',
  'project-created',
  'project-changed',
  'project-removed',
  'topic-saved',
  'topic-removed',
  'list-saved',
  'list-removed',
  'categories-saved',
  'categories-removed',
  'export',
  'import',
  'source-added',
  'budget-set',
  'source-changed',
  'source-removed',
  'desk-changed',
  'integration-connected',
  'integration-changed',
  'integration-removed',
  'account-connected',
  'account-disconnected',
  'reply-policy-set',
  'reply-voice-set',
  'approver-added',
  'approver-removed',
  'reply-sent',
  'reply-edited',
  'reply-removed',
  'accounts-joined',
  'accounts-separated',
  'consent-noted',
  'person-forgotten',
  'help-page-changed',
  'letters-changed',
  'webhook-changed',
  'alarm-changed',
] as const

export function AuditPart() {
  const { t } = useTranslation()
  const f = useFormat()
  const audit = useInfiniteQuery(auditQuery(useProject().id))
  const events = audit.data?.pages.flatMap(({ items }) => items)
  if (events === undefined)
    return audit.isError ? <Failed error={audit.error} retry={audit.refetch} /> : <Loading rows={8} />
  if (events.length === 0) return <Empty says={t('settings.noAudit')}>{t('settings.noAuditWords')}</Empty>
  return (
    <section className={styles.wide}>
      <p className={styles.help}>{t('settings.auditHelp', { zone: f.timeZone })}</p>
      <table className={styles.audit}>
        <thead>
          <tr>
            <th>{t('settings.when')}</th>
            <th>{t('settings.who')}</th>
            <th>{t('settings.what')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td className={styles.quiet}>
                <time dateTime={event.at}>{f.exact(event.at)}</time>
              </td>
              <td>
                <bdi>{event.actor ?? t('settings.nobody')}</bdi>
              </td>
              <td>
                {actionWords(t, event.action)}
                {event.subject !== null && (
                  <>
                    : <bdi className={styles.subject}>{subjectOf(t, event)}</bdi>
                  </>
                )}
                {detailsOf(t, event) !== '' && <bdi className={styles.quiet}> · {detailsOf(t, event)}</bdi>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {audit.hasNextPage && (
        <div className={styles.moreRows}>
          <Button loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            {t('settings.older')}
          </Button>
          {audit.isFetchNextPageError && (
            <span className={styles.wrong} role="alert">
              {t('inbox.moreFailed')}
            </span>
          )}
        </div>
      )}
    </section>
  )
}

function actionWords(t: TFunction, action: string): string {
  const name = known.find((one) => one === action)
  return name === undefined ? action : t(`settings.audit_${name}`)
}

/** What was exported has a name of ours; everything else is called as people called it. */
function subjectOf(t: TFunction, { action, subject }: AuditEvent): string | null {
  if (action === 'export' && (subject === 'mentions' || subject === 'service')) return t(`settings.exported_${subject}`)
  return subject
}

/** What was noted beside the event, numbers of rows left out: they tell a person nothing. */
function detailsOf(t: TFunction, { details }: AuditEvent): string {
  const role = (value: unknown) =>
    value === 'head' || value === 'manager' || value === 'copywriter' || value === 'moderator' || value === 'client'
      ? t(`roles.${value}`)
      : String(value)
  if (details.from !== undefined && details.to !== undefined) return `${role(details.from)} → ${role(details.to)}`
  return Object.entries(details)
    .filter(([name, value]) => typeof value === 'string' && name !== 'by' && value !== '')
    .map(([, value]) => role(value))
    .join(', ')
}
