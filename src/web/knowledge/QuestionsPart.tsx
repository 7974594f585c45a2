import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { Answer, Empty } from '../parts/states.tsx'
import styles from './Experts.module.css'
import { expertQuestionsQuery } from './queries.ts'
import { QuestionLine } from './QuestionLine.tsx'

/** Everything that experts were asked in this project. */
export function QuestionsPart() {
  const { t } = useTranslation()
  const asked = useQuery(expertQuestionsQuery(useProject().id))
  return (
    <Answer of={asked}>
      {(items) =>
        items.length === 0 ? (
          <Empty says={t('knowledge.noQuestions')}>{t('knowledge.noQuestionsWords')}</Empty>
        ) : (
          <div className={styles.list}>
            {items.map((question) => (
              <QuestionLine key={question.id} question={question} named />
            ))}
          </div>
        )
      }
    </Answer>
  )
}
