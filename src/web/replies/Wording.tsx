import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import type { DraftedReply, Reply, TicketReplies, Translation } from '../../serve/api/shapes/reply.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { useFormat } from '../parts/format.ts'
import { useSaving } from '../parts/saving.ts'
import styles from './Replies.module.css'

type Given = {
  model: NonNullable<TicketReplies['model']>
  mention: Mention
  text: string
  /** What is written, kept at the server: drafts are made for a reply that is there. */
  saved: () => Promise<Reply>
  onText: (text: string) => void
}

/** What a language model offers beside the box: a draft from articles, and both sides in a language one reads. */
export function Wording({ model, mention, text, saved, onText }: Given) {
  const { t, i18n } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const { sending, save } = useSaving(t('replies.modelFailed'))
  const [drafted, setDrafted] = useState<DraftedReply | null>(null)
  const [read, setRead] = useState<Translation | null>(null)
  const [translated, setTranslated] = useState<Translation | null>(null)
  const own = i18n.language.slice(0, 2)
  const theirs = mention.lang
  const translate = (words: string, to: string) =>
    send<Translation>('POST', `/projects/${project.id}/translation`, { text: words, to })
  const draft = () =>
    save(async () => {
      const { id } = await saved()
      const made = await send<DraftedReply>('POST', `/projects/${project.id}/replies/${id}/drafting`)
      setTranslated(null)
      setDrafted(made)
      onText(made.text)
    })
  const toTheirs = (to: string) =>
    save(async () => {
      const made = await translate(text, to)
      setDrafted(null)
      setTranslated(made)
      onText(made.text)
    })
  const toOwn = () =>
    save(async () => setRead(await translate([mention.title, mention.text].filter(Boolean).join('\n\n'), own)))
  const unsure = drafted?.unfounded ?? translated?.lost ?? []
  return (
    <div className={styles.wording}>
      {read !== null && (
        <blockquote className={styles.answered} lang={own} dir="auto">
          {read.text}
        </blockquote>
      )}
      {(drafted !== null || translated !== null) && (
        <p className={styles.quiet} role="status">
          {drafted === null
            ? t('replies.translatedBy', { name: model.name })
            : t('replies.draftedBy', { name: model.name })}
          {drafted?.sources.map(({ article, title }) => (
            <Link
              key={article}
              to="/projects/$project/knowledge"
              params={{ project: String(project.id) }}
              search={{ article: String(article) }}
            >
              {title}
            </Link>
          ))}
          {unsure.length > 0 && (
            <strong className={styles.problem}>
              {t(drafted === null ? 'replies.lost' : 'replies.unfounded', { words: f.list(unsure) })}
            </strong>
          )}
        </p>
      )}
      <span className={styles.buttons} title={t('replies.modelAt', { host: model.host })}>
        {theirs !== null && theirs !== own && (
          <Button variant="subtle" color="gray" disabled={sending} onClick={() => void toOwn()}>
            {t('replies.readIn', { language: f.language(own) })}
          </Button>
        )}
        {theirs !== null && text.trim() !== '' && (
          <Button variant="subtle" color="gray" disabled={sending} onClick={() => void toTheirs(theirs)}>
            {t('replies.translateTo', { language: f.language(theirs) })}
          </Button>
        )}
        {text.trim() === '' && (
          <Button variant="subtle" color="gray" loading={sending} onClick={() => void draft()}>
            {t('replies.draftFromKnowledge')}
          </Button>
        )}
      </span>
    </div>
  )
}
