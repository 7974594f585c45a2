import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DryRun } from '../../serve/api/shapes/rule.ts'
import { useProject } from '../api/queries.ts'
import { MentionLine } from '../inbox/MentionRow.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { Partial } from '../parts/states.tsx'
import { useNamed, type Named } from './queries.ts'
import rows from '../parts/Rows.module.css'
import styles from './Rules.module.css'

/** What the rule would have done. `isOld`: it has been changed since. */
export function Trial({ found, isOld }: { found: DryRun; isOld: boolean }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const named = useNamed()
  const { acted, opened, sample, conflicts, isAll, days } = found
  const shown = f.number(acted)
  return (
    <section className={styles.trial} aria-label={t('rules.trial')} data-old={isOld || undefined}>
      <h2>{t('rules.trial')}</h2>
      {isOld && <Partial>{t('rules.trialOld')}</Partial>}
      <p className={styles.finding}>
        {acted === 0 ? t('rules.actedNever', { days }) : t('rules.acted', { count: acted, shown, days })}
        {opened !== null && acted > 0 && ` ${t('rules.opened', { count: opened, shown: f.number(opened) })}`}
      </p>
      {!isAll && <p className={rows.quiet}>{t('rules.notAll', { shown: f.number(found.looked) })}</p>}
      {conflicts.map(({ earlier, later, about, times }) => (
        <p key={`${earlier.id} ${later.id} ${about}`} className={styles.conflict}>
          {t('rules.conflict', {
            earlier: earlier.name,
            later: later.name,
            about: aboutWords(about, named),
            count: times,
            shown: f.number(times),
          })}
        </p>
      ))}
      {sample.length > 0 && (
        <>
          <p className={rows.quiet}>{t('rules.sample', { count: sample.length })}</p>
          <ul className={styles.sample}>
            {sample.map(({ at, mention, places, ticket }, index) => (
              <li key={`${mention?.id} ${ticket?.id} ${index}`}>
                {ticket !== null && (
                  <p className={styles.says}>
                    <Link
                      to="/projects/$project/tickets/$ticket"
                      params={{ project: String(project.id), ticket: String(ticket.id) }}
                    >
                      #{ticket.id} <bdi>{ticket.title}</bdi>
                    </Link>{' '}
                    <span className={rows.quiet}>
                      <When at={at} />
                    </span>
                  </p>
                )}
                {mention !== null && (
                  <MentionLine mention={{ ...mention, places: places.length > 0 ? places : mention.places }} />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )

  function aboutWords(about: string, { fields }: Named): string {
    const [kind = '', ...rest] = about.split(' ')
    const name = rest.join(' ')
    if (kind === 'tag') return t('rules.aboutTag', { tag: name })
    if (kind === 'field') return fields.find(({ id }) => String(id) === name)?.name ?? '—'
    const known = (['priority', 'queue', 'incident'] as const).find((one) => one === kind)
    return t(
      known === undefined
        ? 'rules.about_assignee'
        : known === 'incident'
          ? 'rules.do_incident'
          : `rules.about_${known}`,
    )
  }
}
