import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { HelpPost } from '../../serve/api/shapes/help.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { useHelpActions } from './actions.ts'
import styles from './Help.module.css'
import type { Choosing } from './HelpSheet.tsx'

/** One post with the reasons why it waited, and what can be done with it. */
export function HelpPostCard({
  post,
  isCurrent,
  onCurrent,
  onChoose,
}: {
  post: HelpPost
  isCurrent: boolean
  onCurrent: () => void
  onChoose: (choosing: Choosing) => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const actions = useHelpActions()
  const card = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCurrent) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const { state, kind, topic, mergedInto } = post
  return (
    <li ref={card} className={styles.post} aria-current={isCurrent || undefined} onPointerDown={onCurrent}>
      <p className={styles.facts}>
        <span className={styles.kind}>{t(`help.kind_${kind}`)}</span>
        {topic !== null && (
          <span>
            {t('help.about')} <bdi>{topic.title}</bdi>
          </span>
        )}
        <bdi>{post.name ?? t('help.unnamed')}</bdi>
        <When at={post.madeAt} />
        {topic === null && state === 'public' && (
          <span>
            {t(`help.status_${post.status}`)} · {t('help.votes', { count: post.votes, shown: f.number(post.votes) })}
          </span>
        )}
        {mergedInto !== null && <span>{t('help.merged')}</span>}
      </p>
      {post.title !== null && (
        <h3 className={styles.title} dir="auto">
          {post.title}
        </h3>
      )}
      <p className={styles.text} dir="auto">
        {post.text}
      </p>
      {state !== 'public' && post.heldFor.length > 0 && (
        <p className={styles.why}>
          {t('help.heldFor')} {f.list(post.heldFor.map((reason) => t(`help.held_${reason}`)))}
        </p>
      )}
      {post.reason !== null && (
        <p className={styles.why}>{t('help.rejectedBy', { who: post.decidedBy ?? 'Heed', reason: post.reason })}</p>
      )}
      <div className={styles.buttons}>
        {state !== 'public' && (
          <Button size="compact-sm" variant="filled" onClick={() => void actions.publish(post)}>
            {t('help.publish')}
          </Button>
        )}
        {state !== 'rejected' && (
          <Button size="compact-sm" onClick={() => onChoose({ what: 'reject', post })}>
            {t(state === 'held' ? 'help.reject' : 'help.takeDown')}…
          </Button>
        )}
        {topic === null && mergedInto === null && (
          <Button size="compact-sm" onClick={() => onChoose({ what: 'merge', post })}>
            {t('help.merge')}…
          </Button>
        )}
        {topic === null && state === 'public' && mergedInto === null && (
          <Button size="compact-sm" onClick={() => onChoose({ what: 'status', post })}>
            {t('help.setStatus')}…
          </Button>
        )}
        {state === 'public' && (
          <a href={post.url} target="_blank" rel="noopener">
            {t('help.onPage')}
          </a>
        )}
        {post.ticket !== null && (
          <Link
            to="/projects/$project/tickets/$ticket"
            params={{ project: String(project.id), ticket: String(post.ticket) }}
          >
            {t('help.ticket', { ticket: post.ticket })}
          </Link>
        )}
      </div>
    </li>
  )
}
