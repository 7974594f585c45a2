import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueryProblem } from '../../serve/api/shapes/topic.ts'
import { useProject } from '../api/queries.ts'
import { Loading } from '../parts/states.tsx'
import { checkQuery, referenceQuery } from '../topics/queries.ts'
import rows from '../parts/Rows.module.css'
import styles from './Rules.module.css'

const QueryEditor = lazy(() => import('../topics/QueryEditor.tsx'))

const checkAfterMs = 250
const noProblems: readonly QueryProblem[] = []

/** The query of a rule, in the editor of topics, with how it is read. */
export function RuleQuery({
  value,
  wrong,
  onChange,
}: {
  value: string
  wrong: string | undefined
  onChange: (query: string) => void
}) {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const [toCheck] = useDebouncedValue(value, checkAfterMs)
  const check = useQuery(checkQuery(project.id, toCheck, i18n.language)).data
  const reference = useQuery(referenceQuery(i18n.language))
  // Places belong to the text they were found in; while one types they would point beside it.
  const problems = toCheck === value && value.trim() !== '' ? (check?.problems ?? noProblems) : noProblems
  const error = wrong ?? problems.find(({ severity }) => severity === 'error')?.message
  return (
    <div className={styles.query}>
      <Suspense fallback={<Loading rows={1} height={96} />}>
        <QueryEditor
          value={value}
          onChange={onChange}
          problems={problems}
          reference={reference.data}
          placeholder={t('rules.queryPlace')}
          label={t('rules.query')}
        />
      </Suspense>
      {error !== undefined && (
        <p className={styles.wrong} role="alert">
          {error}
        </p>
      )}
      {error === undefined && value.trim() !== '' && check !== undefined && check.explanation !== '' && (
        <p className={rows.quiet}>
          <bdi>{check.explanation}</bdi>
        </p>
      )}
    </div>
  )
}
