import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { RuleRun } from '../../serve/api/shapes/rule.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { Failed, Loading } from '../parts/states.tsx'
import { runsQuery } from './queries.ts'
import { priorityWords } from './words.ts'
import rows from '../parts/Rows.module.css'
import styles from './Rules.module.css'

/** What the rules did, or one of them: when, to what, and why not where they could not. */
export function History({ rule }: { rule: number | null }) {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const runs = useInfiniteQuery(runsQuery(project.id, rule, i18n.language))
  const items = runs.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className={rows.part}>
      <h2>{t('rules.history')}</h2>
      {runs.isPending && <Loading rows={3} />}
      {runs.isError && runs.data === undefined && <Failed error={runs.error} retry={runs.refetch} />}
      {runs.data !== undefined && items.length === 0 && <p className={rows.help}>{t('rules.historyNone')}</p>}
      <ul className={rows.list}>
        {items.map((run) => (
          <Run key={run.id} run={run} withName={rule === null} />
        ))}
      </ul>
      {runs.hasNextPage && (
        <div>
          <Button variant="subtle" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            {t('rules.more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function Run({ run, withName }: { run: RuleRun; withName: boolean }) {
  const { t } = useTranslation()
  const project = String(useProject().id)
  const { outcome, did, problem, ticket, mention, alarm, byRule } = run
  return (
    <li className={`${rows.event} ${styles.run}`} data-outcome={outcome}>
      <span className={rows.at}>
        <When at={run.at} />
      </span>
      <span className={rows.words}>
        {withName && (
          <>
            <bdi className={rows.strong}>{run.rule.name}</bdi>
            {' · '}
          </>
        )}
        {outcome === 'done' && did.map((one) => didWords(t, one)).join(', ')}
        {outcome === 'copy' && t('rules.outcome_copy')}
        {outcome === 'stopped' && t('rules.outcome_stopped')}
        {outcome === 'failed' && (
          <span className={styles.wrong}>{t('rules.outcome_failed', { problem: problem ?? '' })}</span>
        )}
        {byRule && outcome !== 'stopped' && <span className={rows.quiet}> · {t('rules.byRule')}</span>}
      </span>
      <span className={styles.links}>
        {ticket !== null && (
          <Link
            to="/projects/$project/tickets/$ticket"
            params={{ project, ticket: String(ticket.id) }}
            title={ticket.title}
          >
            #{ticket.id}
          </Link>
        )}
        {mention !== null && (
          <Link to="/projects/$project/inbox" params={{ project }} search={{ open: mention }}>
            {t('rules.mention')}
          </Link>
        )}
        {alarm !== null && (
          <Link to="/projects/$project/playbooks" params={{ project }} search={{ alarm: String(alarm) }}>
            {t('rules.alarm')}
          </Link>
        )}
      </span>
    </li>
  )
}

function didWords(t: TFunction, { do: kind, what }: RuleRun['did'][number]): string {
  switch (kind) {
    case 'open-ticket':
      return t('rules.did_open', { what })
    case 'priority':
      return t('rules.did_priority', { what: priorityWords(t, what) })
    case 'note':
      return t('rules.do_note')
    default:
      return t(`rules.did_${kind}`, { what })
  }
}
