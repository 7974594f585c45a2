import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { Formula } from '../overview/Formula.tsx'
import { useFormat } from '../parts/format.ts'
import { mayWork } from '../parts/roles.ts'
import { scoresQuery } from './queries.ts'
import styles from './Service.module.css'

/** How the tickets ended in which a text went into a reply; nothing where it never did. */
export function ArticleScore({ article }: { article: number }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const scores = useQuery({ ...scoresQuery(project.id), enabled: mayWork(project.role) }).data
  const score = scores?.items.find(({ articleId }) => articleId === article)
  if (score === undefined) return null
  const { share, tickets } = score
  return (
    <span className={styles.quiet}>
      {t('outcome.scoreOf', { count: tickets })}:{' '}
      {share === null
        ? t('outcome.scoreUnknown')
        : t('outcome.score', {
            share: f.percent(share.estimate),
            low: f.percent(share.low),
            high: f.percent(share.high),
          })}{' '}
      <Formula of={scores?.measure} />
    </span>
  )
}
