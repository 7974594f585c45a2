import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Article } from '../../serve/api/shapes/knowledge.ts'
import { useProject } from '../api/queries.ts'
import { HelpPosts } from '../help/HelpPosts.tsx'
import { Icon } from '../look/icons.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { useKeys } from '../parts/keys.ts'
import { mayWrite } from '../parts/roles.ts'
import { Segments } from '../parts/Segments.tsx'
import { Answer, Empty } from '../parts/states.tsx'
import { ArticlePane } from './ArticlePane.tsx'
import { NewArticleForm } from './ArticleForm.tsx'
import { GapsPart } from './GapsPart.tsx'
import { ArticleScore } from '../service/ArticleScore.tsx'
import { beginning } from './beginning.ts'
import styles from './Knowledge.module.css'
import { KnowledgePage } from './KnowledgePage.tsx'
import { articlesQuery, textFor } from './queries.ts'
import { QuestionsPart } from './QuestionsPart.tsx'

const kinds = ['article', 'answer', 'canned'] as const

/** What the team knows: articles, agreed answers, canned parts. One of them open takes the place of the list. */
export function KnowledgeScreen() {
  const search = useSearch({ strict: false })
  if (search.article === 'new') return <NewArticleForm />
  if (search.article !== undefined) return <ArticlePane key={search.article} id={Number(search.article)} />
  if (search.part === 'questions')
    return (
      <KnowledgePage>
        <QuestionsPart />
      </KnowledgePage>
    )
  if (search.part === 'gaps')
    return (
      <KnowledgePage>
        <GapsPart />
      </KnowledgePage>
    )
  if (search.part === 'help')
    return (
      <KnowledgePage>
        <HelpPosts />
      </KnowledgePage>
    )
  return <Articles />
}

function Articles() {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const navigate = useNavigate()
  const search = useSearch({ strict: false })
  const params = { project: String(project.id) }
  const [words, setWords] = useState(search.q ?? '')
  const articles = useInfiniteQuery(
    articlesQuery(project.id, {
      ...(search.kind === undefined ? {} : { kind: search.kind }),
      ...(search.state === undefined ? {} : { state: search.state }),
      ...(search.overdue === undefined ? {} : { overdue: search.overdue }),
      ...(search.q === undefined ? {} : { q: search.q }),
    }),
  )
  const newest = articles.data?.pages.at(-1)
  const choose = (change: object) =>
    void navigate({ to: '/projects/$project/knowledge', params, search: { ...search, ...change }, replace: true })
  const box = useRef<HTMLInputElement>(null)
  useKeys(t('knowledge.title'), [
    { keys: '/', does: t('knowledge.search'), run: () => box.current?.focus() },
    {
      keys: 'n',
      does: t('knowledge.add'),
      off: !mayWrite(project.role),
      run: () => void navigate({ to: '/projects/$project/knowledge', params, search: { article: 'new' } }),
    },
  ])
  const look = useDebouncedCallback((q: string) => choose({ q: q.trim() === '' ? undefined : q.trim() }), 250)
  const add = mayWrite(project.role) && (
    <ButtonLink
      variant="filled"
      leftSection={<Icon name="plus" />}
      to="/projects/$project/knowledge"
      params={params}
      search={{ article: 'new' }}
    >
      {t('knowledge.add')}
    </ButtonLink>
  )
  const asked = search.q !== undefined || search.state !== undefined || search.overdue !== undefined
  const total = newest === undefined ? 0 : kinds.reduce((sum, kind) => sum + newest.counts[kind], 0)
  return (
    <KnowledgePage
      actions={add}
      bar={
        <div className={styles.bar}>
          <TextInput
            ref={box}
            className={styles.search}
            aria-label={t('knowledge.search')}
            placeholder={t('knowledge.search')}
            leftSection={<Icon name="search" />}
            value={words}
            maxLength={500}
            onChange={(event) => {
              setWords(event.currentTarget.value)
              look(event.currentTarget.value)
            }}
          />
          <Segments
            label={t('knowledge.kinds')}
            chosen={search.kind ?? 'all'}
            onChoose={(kind) => choose({ kind: kind === 'all' ? undefined : kind })}
            options={[
              { value: 'all', label: t('knowledge.allKinds') },
              ...kinds.map((kind) => ({
                value: kind,
                label: t('knowledge.kindCount', {
                  kind: t(`knowledge.kinds_${kind}`),
                  shown: newest === undefined ? '' : f.number(newest.counts[kind]),
                }),
              })),
            ]}
          />
          <Segments
            label={t('knowledge.states')}
            chosen={search.overdue === undefined ? (search.state ?? 'all') : 'overdue'}
            onChoose={(state) =>
              choose({
                state: state === 'all' || state === 'overdue' ? undefined : state,
                overdue: state === 'overdue' ? 'yes' : undefined,
              })
            }
            options={[
              { value: 'all', label: t('knowledge.inUse') },
              { value: 'draft', label: t('knowledge.state_draft') },
              {
                value: 'overdue',
                label: t('knowledge.overdue', { shown: newest === undefined ? '' : f.number(newest.overdue) }),
              },
              { value: 'archived', label: t('knowledge.state_archived') },
            ]}
          />
        </div>
      }
    >
      <Answer of={articles}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0)
            return asked || total > 0 ? (
              <Empty says={t('knowledge.nothingFound')}>{t('knowledge.nothingFoundWords')}</Empty>
            ) : (
              <Empty says={t('knowledge.empty')} next={add}>
                {t('knowledge.emptyWords')}
              </Empty>
            )
          return (
            <>
              <ul className={styles.list} data-late={articles.isPlaceholderData || undefined}>
                {items.map((article) => (
                  <ArticleLine key={article.id} article={article} />
                ))}
              </ul>
              {articles.hasNextPage && (
                <div className={styles.more}>
                  <Button loading={articles.isFetchingNextPage} onClick={() => void articles.fetchNextPage()}>
                    {t('knowledge.more')}
                  </Button>
                </div>
              )}
            </>
          )
        }}
      </Answer>
    </KnowledgePage>
  )
}

function ArticleLine({ article }: { article: Article }) {
  const { t, i18n } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const text = textFor(article, i18n.language)
  return (
    <li className={styles.line}>
      <div className={styles.words}>
        <Link
          className={styles.name}
          to="/projects/$project/knowledge"
          params={{ project: String(project.id) }}
          search={{ article: String(article.id) }}
        >
          <bdi>{text?.title}</bdi>
        </Link>
        <p className={styles.begin} dir="auto">
          {text !== undefined && beginning(text.body)}
        </p>
      </div>
      <p className={styles.facts}>
        <span className={styles.kind}>{t(`knowledge.kind_${article.kind}`)}</span>
        {article.state !== 'ready' && <span className={styles.kind}>{t(`knowledge.is_${article.state}`)}</span>}
        <span>{article.isPublic ? t('knowledge.public') : t('knowledge.internal')}</span>
        <span>{f.list(article.texts.map(({ lang }) => f.language(lang)))}</span>
        {article.uses > 0 && <span>{t('knowledge.uses', { count: article.uses, shown: f.number(article.uses) })}</span>}
        {article.uses > 0 && <ArticleScore article={article.id} />}
        <span className={styles.when}>
          <When at={text?.writtenAt} />
        </span>
      </p>
    </li>
  )
}
