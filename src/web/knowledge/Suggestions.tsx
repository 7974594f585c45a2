/**
 * What may answer the question, beside it, with the words they share lit. A press takes the text, its variables filled.
 *   <Suggestions ticket={ticket.id} mention={mention.id} onInsert={(text) => …} />
 * `mention`: the one that is answered; without it the newest ones of the ticket are the question.
 */
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filled, Suggestion } from '../../serve/api/shapes/knowledge.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { MentionText } from '../inbox/MentionText.tsx'
import { useFormat } from '../parts/format.ts'
import { tellFailure } from '../parts/notices.ts'
import { mayWork } from '../parts/roles.ts'
import { Answer } from '../parts/states.tsx'
import { ArticleScore } from '../service/ArticleScore.tsx'
import { AskExpert } from './AskExpert.tsx'
import styles from './Suggestions.module.css'
import { suggestionsQuery } from './queries.ts'

export function Suggestions({
  ticket,
  mention,
  onInsert,
}: {
  ticket: number
  mention?: string
  onInsert?: (text: string) => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const found = useQuery(suggestionsQuery(project.id, mention === undefined ? { ticket } : { mention }))
  const [gaps, setGaps] = useState<Filled['gaps']>([])
  const insert = async ({ articleId, lang }: Suggestion) => {
    try {
      const { text, gaps: open } = await send<Filled>(
        'POST',
        `/projects/${project.id}/knowledge/articles/${articleId}/uses`,
        { lang, ticket, ...(mention === undefined ? {} : { mention }) },
      )
      setGaps(open)
      onInsert?.(text)
      void client.invalidateQueries({ queryKey: ['project', project.id, 'knowledge'] })
    } catch (error) {
      tellFailure(t('knowledge.notInserted'), error)
    }
  }
  return (
    <details className={styles.suggestions}>
      <summary className={styles.head}>
        {t('knowledge.suggestions')}
        {found.data !== undefined && `: ${f.number(found.data.length)}`}{' '}
        {found.data?.[0] !== undefined && <span className={styles.first}>· {found.data[0].title}</span>}
      </summary>
      {gaps.length > 0 && (
        <p className={styles.gaps} role="status">
          {t('knowledge.gapsLeft', { names: f.list(gaps.map(({ name }) => `{{${name}}}`)) })}
        </p>
      )}
      <Answer of={found} rows={2}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles.none}>{t('knowledge.noSuggestion')}</p>
          ) : (
            <ul>
              {items.map((item) => (
                <li key={item.articleId} className={styles.one}>
                  <Link
                    className={styles.title}
                    to="/projects/$project/knowledge"
                    params={{ project: String(project.id) }}
                    search={{ article: String(item.articleId) }}
                  >
                    <MentionText text={item.title} places={item.why.inTitle} />
                  </Link>
                  <p className={styles.excerpt}>
                    <MentionText text={item.excerpt} places={item.why.inExcerpt} />
                  </p>
                  <p className={styles.why}>
                    <span>{t(`knowledge.kind_${item.kind}`)}</span>
                    <ArticleScore article={item.articleId} />
                    {item.why.words.length > 0 && (
                      <span>{t('knowledge.why', { words: f.list(item.why.words.slice(0, 6)) })}</span>
                    )}
                    {item.why.meaning !== null && (
                      <span>{t('knowledge.whyMeaning', { nearness: f.precise(item.why.meaning) })}</span>
                    )}
                    {onInsert !== undefined && (
                      <Button size="compact-xs" onClick={() => void insert(item)}>
                        {t('knowledge.insert')}
                      </Button>
                    )}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {mayWork(project.role) && <AskExpert ticket={ticket} />}
    </details>
  )
}
