import { Select, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Article, ArticleKind } from '../../serve/api/shapes/knowledge.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { BackLink } from '../parts/BackLink.tsx'
import { firstField } from '../parts/first-field.ts'
import { useFormat } from '../parts/format.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { languages } from '../parts/languages.ts'
import { tell } from '../parts/notices.ts'
import { Page } from '../parts/Page.tsx'
import { Segments } from '../parts/Segments.tsx'
import { useSaving } from '../parts/saving.ts'
import styles from './Knowledge.module.css'
import { Markdown } from './Markdown.tsx'
import { articleQuery } from './queries.ts'

const kinds = ['article', 'answer', 'canned'] as const
const variables = [
  'customer.name',
  'author.handle',
  'ticket.number',
  'ticket.title',
  'member.name',
  'project.name',
  'question.link',
]

export function newLanguages(article: Article): string[] {
  return languages.filter((code) => !article.texts.some(({ lang }) => lang === code))
}

/** A new article: what it is, and its first text. */
export function NewArticleForm() {
  const { t, i18n } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [kind, setKind] = useState<ArticleKind>('article')
  const [lang, setLang] = useState(i18n.language)
  const params = { project: String(project.id) }
  const open = (article?: string) =>
    void navigate({
      to: '/projects/$project/knowledge',
      params,
      search: article === undefined ? {} : { article },
      replace: true,
    })
  const save = async (text: { title: string; body: string }) => {
    const article = await send<Article>('POST', `/projects/${project.id}/knowledge/articles`, { kind, lang, ...text })
    client.setQueryData(articleQuery(project.id, article.id).queryKey, article)
    void client.invalidateQueries({ queryKey: ['project', project.id, 'knowledge', 'articles'] })
    tell(t('knowledge.begun'))
    open(String(article.id))
  }
  return (
    <Page
      title={t('knowledge.new')}
      actions={
        <BackLink to="/projects/$project/knowledge" params={params} search={{}}>
          {t('knowledge.toList')}
        </BackLink>
      }
    >
      <div className={styles.fresh}>
        <Segments
          label={t('knowledge.kinds')}
          chosen={kind}
          onChoose={setKind}
          options={kinds.map((one) => ({ value: one, label: t(`knowledge.kind_${one}`) }))}
        />
        <p className={styles.quiet}>{t(`knowledge.kindHelp_${kind}`)}</p>
        <Select
          label={t('knowledge.language')}
          value={lang}
          data={languages.map((code) => ({ value: code, label: f.language(code) }))}
          allowDeselect={false}
          searchable
          onChange={(next) => next !== null && setLang(next)}
        />
        <TextForm kind={kind} title="" body="" onSave={save} onClose={() => open()} />
      </div>
    </Page>
  )
}

/** A new version of a text, or a language that the article did not have. */
export function ArticleForm({ article, lang, onClose }: { article: Article; lang: string; onClose: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const text = article.texts.find((one) => one.lang === lang)
  // What one began from stays, whatever arrives while one writes.
  const [was] = useState(text?.version ?? 0)
  const save = async (written: { title: string; body: string }) => {
    const saved = await send<Article>('PUT', `/projects/${project.id}/knowledge/articles/${article.id}/text`, {
      lang,
      was,
      ...written,
    })
    client.setQueryData(articleQuery(project.id, article.id).queryKey, saved)
    void client.invalidateQueries({ queryKey: ['project', project.id, 'knowledge'] })
    tell(t('knowledge.saved'))
    onClose()
  }
  return (
    <TextForm kind={article.kind} title={text?.title ?? ''} body={text?.body ?? ''} onSave={save} onClose={onClose} />
  )
}

function TextForm({
  kind,
  title: firstTitle,
  body: firstBody,
  onSave,
  onClose,
}: {
  kind: ArticleKind
  title: string
  body: string
  onSave: (text: { title: string; body: string }) => Promise<void>
  onClose: () => void
}) {
  const { t } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => firstField(form.current)?.focus(), [])
  const [title, setTitle] = useState(firstTitle)
  const [body, setBody] = useState(firstBody)
  const { sending, problem, wrongIn, onSubmit } = useSaving(t('knowledge.notSaved'))
  const save = async () => {
    await onSave({ title: title.trim(), body: body.trim() })
  }
  return (
    <form ref={form} className={styles.form} onSubmit={onSubmit(save)}>
      <TextInput
        label={t('knowledge.articleTitle')}
        value={title}
        maxLength={200}
        required
        withAsterisk={false}
        error={wrongIn('title')}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label={t('knowledge.text')}
        description={
          kind === 'article'
            ? t('knowledge.textHelp')
            : t('knowledge.variablesHelp', { names: variables.map((name) => `{{${name}}}`).join(' ') })
        }
        value={body}
        autosize
        minRows={8}
        maxRows={24}
        maxLength={100_000}
        required
        withAsterisk={false}
        error={problem !== null && problem.field !== 'title' ? problem.message : undefined}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <FormButtons
        does={t('common.save')}
        sending={sending}
        disabled={title.trim() === '' || body.trim() === '' || (title === firstTitle && body === firstBody)}
        onCancel={onClose}
      />
      {body.trim() !== '' && (
        <section className={styles.preview}>
          <h3>{t('knowledge.preview')}</h3>
          <Markdown text={body} />
        </section>
      )}
    </form>
  )
}
