import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gaps } from '../../serve/api/shapes/knowledge.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { Segments } from '../parts/Segments.tsx'
import { Answer, Empty } from '../parts/states.tsx'
import styles from './Gaps.module.css'
import { gapsQuery } from './queries.ts'

const periods = [7, 28, 90] as const

/** What is asked again and again and no article has helped with, largest first; each opens to its mentions. */
export function GapsPart() {
  const { t } = useTranslation()
  const f = useFormat()
  const [days, setDays] = useState<number>(28)
  const gaps = useQuery(gapsQuery(useProject().id, days))
  return (
    <div className={styles.part}>
      <Segments
        label={t('knowledge.period')}
        chosen={days}
        onChoose={setDays}
        options={periods.map((value) => ({ value, label: t('knowledge.days', { count: value }) }))}
      />
      <Answer of={gaps}>
        {({ asked, helped, measure, gaps: found }) => (
          <>
            <p className={styles.quiet} title={measure}>
              {t('knowledge.askedHelped', { count: asked, asked: f.number(asked), helped: f.number(helped) })}
            </p>
            {found.length === 0 ? (
              <Empty says={t('knowledge.noGaps')}>{t('knowledge.noGapsWords')}</Empty>
            ) : (
              <ol>
                {found.map((gap) => (
                  <GapLine key={gap.questions[0]?.mention} gap={gap} most={found[0]?.count ?? 1} />
                ))}
              </ol>
            )}
          </>
        )}
      </Answer>
    </div>
  )
}

function GapLine({ gap, most }: { gap: Gaps['gaps'][number]; most: number }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const params = { project: String(project.id) }
  const { nearest } = gap
  return (
    <li className={styles.gap}>
      <details>
        <summary>
          <strong>{gap.words.join(' · ')}</strong>
          <span className={styles.count}>
            {t('knowledge.questionCount', { count: gap.count, shown: f.number(gap.count) })}
          </span>
        </summary>
        <ul className={styles.questions}>
          {gap.questions.map(({ mention, text, postedAt }) => (
            <li key={mention}>
              <Link to="/projects/$project/inbox" params={params} search={{ open: mention }} dir="auto">
                {text}
              </Link>{' '}
              <span className={styles.quiet}>
                <When at={postedAt} />
              </span>
            </li>
          ))}
        </ul>
        {gap.count > gap.questions.length && (
          <p className={styles.quiet}>{t('knowledge.newestShown', { count: gap.questions.length })}</p>
        )}
      </details>
      <span className={styles.track} aria-hidden="true">
        <i style={{ width: `${(gap.count / most) * 100}%` }} />
      </span>
      <p className={styles.quiet}>
        {t('knowledge.byAuthors', { count: gap.authors, shown: f.number(gap.authors) })}
        {' · '}
        {nearest === null ? (
          t('knowledge.nothingNear')
        ) : (
          <>
            {t('knowledge.nearest')}{' '}
            <Link to="/projects/$project/knowledge" params={params} search={{ article: String(nearest.articleId) }}>
              <bdi>{nearest.title}</bdi>
            </Link>
          </>
        )}
      </p>
    </li>
  )
}
