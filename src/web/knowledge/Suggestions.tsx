/**
 * What may answer the question, beside it, with the words they share lit. A press takes the text, its variables filled.
 *   <Suggestions ticket={ticket.id} mention={mention.id} onInsert={(text) => …} />
 * `mention`: the one that is answered; without it the newest ones of the ticket are the question.
 */
import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Article, Filled, Suggestion } from '../../serve/api/shapes/knowledge.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { MentionText } from '../inbox/MentionText.tsx'
import { Icon } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import { tellFailure } from '../parts/notices.ts'
import { mayWork } from '../parts/roles.ts'
import { Answer } from '../parts/states.tsx'
import { ArticleScore } from '../service/ArticleScore.tsx'
import { AskExpert } from './AskExpert.tsx'
import styles from './Suggestions.module.css'
import { articlesQuery, suggestionsQuery, textFor } from './queries.ts'

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
  const insert = async ({ articleId, lang }: Pick<Suggestion, 'articleId' | 'lang'>) => {
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
      {onInsert !== undefined && <Look onTake={(found) => void insert(found)} />}
      {mayWork(project.role) && <AskExpert ticket={ticket} />}
    </details>
  )
}

const fewestLetters = 2

/** Everything else that the team knows, by words of one's own; Enter takes the first. */
function Look({ onTake }: { onTake: (found: Pick<Suggestion, 'articleId' | 'lang'>) => void }) {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 200)
  const isAsked = asked.length >= fewestLetters
  const found = useInfiniteQuery({
    ...articlesQuery(project.id, { q: asked, state: 'ready' }),
    enabled: isAsked,
  })
  const items = isAsked ? (found.data?.pages[0]?.items ?? []).slice(0, 5) : []
  const take = (article: Article | undefined) => {
    const written = article && textFor(article, i18n.language)
    if (written === undefined || article === undefined) return
    onTake({ articleId: article.id, lang: written.lang })
    setText('')
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        take(items[0])
      }}
    >
      <TextInput
        aria-label={t('knowledge.search')}
        placeholder={t('knowledge.search')}
        leftSection={<Icon name="search" />}
        value={text}
        maxLength={500}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {isAsked && found.isSuccess && !found.isPlaceholderData && items.length === 0 && (
        <p className={styles.none}>{t('knowledge.nothingFound')}</p>
      )}
      <ul>
        {items.map((article) => (
          <li key={article.id} className={styles.one}>
            <p className={styles.why}>
              <span>{t(`knowledge.kind_${article.kind}`)}</span>
              <bdi className={styles.title}>{textFor(article, i18n.language)?.title}</bdi>
              <Button size="compact-xs" onClick={() => take(article)}>
                {t('knowledge.insert')}
              </Button>
            </p>
          </li>
        ))}
      </ul>
    </form>
  )
}
