import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { Answer } from '../parts/states.tsx'
import styles from '../settings/Settings.module.css'
import { modelQuery } from './queries.ts'
import own from './Replies.module.css'

/** Whether a language model helps with replies, where texts go then, and who sets one. */
export function ModelPart() {
  const { t } = useTranslation()
  const answer = useQuery(modelQuery(useProject().id))
  return (
    <section className={`${styles.wide} ${own.apart}`}>
      <h2>{t('replies.model')}</h2>
      <Answer of={answer} rows={1}>
        {({ model }) => (
          <p className={styles.help}>{model === null ? t('replies.noModel') : t('replies.modelHelps', model)}</p>
        )}
      </Answer>
    </section>
  )
}
