import { Button, Select, Switch, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Article } from '../../serve/api/shapes/knowledge.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { BackLink } from '../parts/BackLink.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { useKeys } from '../parts/keys.ts'
import { tellFailure } from '../parts/notices.ts'
import { Page } from '../parts/Page.tsx'
import { mayWork, mayWrite } from '../parts/roles.ts'
import { Segments } from '../parts/Segments.tsx'
import { Answer } from '../parts/states.tsx'
import { membersQuery } from '../settings/queries.ts'
import { ArticleForm, newLanguages } from './ArticleForm.tsx'
import { ArticleVersions } from './ArticleVersions.tsx'
import styles from './Knowledge.module.css'
import { ArticleScore } from '../service/ArticleScore.tsx'
import { Markdown } from './Markdown.tsx'
import { articleQuery, textFor } from './queries.ts'

/** One article: read, written, and what it is. */
export function ArticlePane({ id }: { id: number }) {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const article = useQuery(articleQuery(project.id, id))
  const back = (
    <BackLink to="/projects/$project/knowledge" params={{ project: String(project.id) }} search={{}}>
      {t('knowledge.toList')}
    </BackLink>
  )
  return (
    <Page title={(article.data && textFor(article.data, i18n.language)?.title) ?? t('knowledge.title')} actions={back}>
      <Answer of={article}>{(read) => <Opened article={read} />}</Answer>
    </Page>
  )
}

function Opened({ article }: { article: Article }) {
  const { t, i18n } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const writes = mayWrite(project.role)
  const [lang, setLang] = useState(textFor(article, i18n.language)?.lang ?? i18n.language)
  const [editing, setEditing] = useState(false)
  const text = article.texts.find((one) => one.lang === lang)
  const missing = newLanguages(article)
  useKeys(t('knowledge.title'), [
    { keys: 'e', does: t('knowledge.edit'), off: !writes || editing, run: () => setEditing(true) },
  ])
  return (
    <div className={styles.opened}>
      <article className={styles.reading}>
        <div className={styles.tools}>
          <Segments
            label={t('knowledge.language')}
            chosen={lang}
            onChoose={(next) => {
              setLang(next)
              setEditing(false)
            }}
            options={article.texts.map((one) => ({ value: one.lang, label: f.language(one.lang) }))}
          />
          {writes && !editing && (
            <>
              <Button onClick={() => setEditing(true)}>{t('knowledge.edit')}</Button>
              {missing.length > 0 && (
                <Select
                  aria-label={t('knowledge.addLanguage')}
                  placeholder={t('knowledge.addLanguage')}
                  value={null}
                  data={missing.map((code) => ({ value: code, label: f.language(code) }))}
                  onChange={(next) => {
                    if (next === null) return
                    setLang(next)
                    setEditing(true)
                  }}
                />
              )}
            </>
          )}
        </div>
        {editing ? (
          <ArticleForm key={lang} article={article} lang={lang} onClose={() => setEditing(false)} />
        ) : (
          text !== undefined && (
            <>
              <h2 className={styles.title} dir="auto">
                {text.title}
              </h2>
              <Markdown text={text.body} />
              <p className={styles.quiet}>
                {t('knowledge.versionBy', { version: text.version, who: text.writtenBy ?? 'Heed' })}{' '}
                <When at={text.writtenAt} />
              </p>
            </>
          )
        )}
        {text !== undefined && mayWork(project.role) && text.version > 1 && !editing && (
          <ArticleVersions key={lang} article={article.id} lang={lang} />
        )}
      </article>
      <Facts article={article} />
    </div>
  )
}

function Facts({ article }: { article: Article }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const writes = mayWrite(project.role)
  const members = useQuery({ ...membersQuery(project.id), enabled: writes })
  const change = async (what: object) => {
    try {
      const changed = await send<Article>('PATCH', `/projects/${project.id}/knowledge/articles/${article.id}`, what)
      client.setQueryData(articleQuery(project.id, article.id).queryKey, changed)
      void client.invalidateQueries({ queryKey: ['project', project.id, 'knowledge', 'articles'] })
    } catch (error) {
      tellFailure(t('knowledge.notChanged'), error)
    }
  }
  const people = (members.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <aside className={styles.facts2} aria-label={t('knowledge.about')}>
      <p>
        <span className={styles.kind}>{t(`knowledge.kind_${article.kind}`)}</span>{' '}
        {article.uses > 0 && t('knowledge.uses', { count: article.uses, shown: f.number(article.uses) })}
        {article.uses > 0 && <ArticleScore article={article.id} />}
      </p>
      <Segments
        label={t('knowledge.states')}
        chosen={article.state}
        onChoose={(state) => void change({ state })}
        options={(['draft', 'ready', 'archived'] as const).map((state) => ({
          value: state,
          label: state === 'ready' ? t('knowledge.state_ready') : t(`knowledge.is_${state}`),
          off: !writes,
        }))}
      />
      <p className={styles.quiet}>{t(`knowledge.stateHelp_${article.state}`)}</p>
      <Switch
        label={t('knowledge.makePublic')}
        checked={article.isPublic}
        disabled={!writes}
        onChange={(event) => void change({ isPublic: event.currentTarget.checked })}
      />
      <Select
        label={t('knowledge.owner')}
        placeholder={t('knowledge.noOwner')}
        value={article.owner?.id ?? null}
        data={
          article.owner && !people.some(({ value }) => value === article.owner?.id)
            ? [{ value: article.owner.id, label: article.owner.name }, ...people]
            : people
        }
        clearable
        disabled={!writes}
        onChange={(ownerId) => void change({ ownerId })}
      />
      <TextInput
        type="date"
        label={t('knowledge.reviewOn')}
        defaultValue={article.reviewOn ?? ''}
        disabled={!writes}
        onBlur={(event) => {
          const reviewOn = event.currentTarget.value === '' ? null : event.currentTarget.value
          if (reviewOn !== article.reviewOn) void change({ reviewOn })
        }}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </aside>
  )
}
