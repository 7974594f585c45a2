import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ExpertQuestion } from '../../serve/api/shapes/knowledge.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import styles from './Experts.module.css'

/** One question to an expert: where it stands, its link while it is open, and the answer. */
export function QuestionLine({ question, named = false }: { question: ExpertQuestion; named?: boolean }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const { link } = question
  const params = { project: String(project.id) }
  const copy = (address: string) =>
    void navigator.clipboard.writeText(address).then(
      () => tell(t('knowledge.linkCopied')),
      (error: unknown) => tellFailure(t('chart.notCopied'), error),
    )
  const withdraw = async () => {
    try {
      await send('DELETE', `/projects/${project.id}/knowledge/expert-questions/${question.id}`)
    } catch (error) {
      tellFailure(t('knowledge.notWithdrawn'), error)
    }
    void client.invalidateQueries({ queryKey: ['project', project.id, 'knowledge', 'expert-questions'] })
  }
  return (
    <article className={styles.question}>
      <p className={styles.head}>
        <strong>
          <bdi>{question.expert}</bdi>
        </strong>
        <span className={styles.state} data-state={question.state}>
          {t(`knowledge.question_${question.state}`)}
        </span>
        <When at={question.answeredAt ?? question.askedAt} />
      </p>
      <p className={styles.text} dir="auto">
        {question.text}
      </p>
      {question.answer !== null && (
        <blockquote className={styles.answer} dir="auto">
          {question.answer}
        </blockquote>
      )}
      {question.state === 'open' && (
        <p className={styles.quiet}>
          {question.remindAt === null
            ? t('knowledge.noReminder', { at: f.day(question.expiresAt) })
            : t('knowledge.remindsAt', {
                at: `${f.day(question.remindAt)}, ${f.hour(question.remindAt)}`,
                until: f.day(question.expiresAt),
              })}
        </p>
      )}
      <p className={styles.buttons}>
        {link !== null && (
          <Button size="compact-sm" onClick={() => copy(link)}>
            {t('knowledge.copyLink')}
          </Button>
        )}
        {link !== null && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void withdraw()}>
            {t('knowledge.withdraw')}
          </Button>
        )}
        {question.articleId !== null && (
          <Link to="/projects/$project/knowledge" params={params} search={{ article: String(question.articleId) }}>
            {t('knowledge.toDraft')}
          </Link>
        )}
        {named && (
          <Link to="/projects/$project/tickets/$ticket" params={{ ...params, ticket: String(question.ticketId) }}>
            {t('knowledge.toTicket', { ticket: question.ticketId })}
          </Link>
        )}
      </p>
    </article>
  )
}
