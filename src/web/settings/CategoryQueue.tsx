import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CategorySet, ToLabel } from '../../serve/api/shapes/category.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { useKeys } from '../parts/keys.ts'
import { tellFailure } from '../parts/notices.ts'
import { Answer, Empty } from '../parts/states.tsx'
import { queueQuery } from './queries.ts'
import styles from './Categories.module.css'

/** One mention after the other, and one key for each category. */
export function CategoryQueue({ set, onClose }: { set: CategorySet; onClose: () => void }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const [page, setPage] = useState(0)
  const [at, setAt] = useState(0)
  const [labelled, setLabelled] = useState<string[]>([])
  const queue = useQuery(queueQuery(project.id, set.id, page))
  const shown = queue.data?.[at]
  const pathOf = (mention: string) =>
    `/projects/${project.id}/category-sets/${set.id}/labels/${encodeURIComponent(mention)}`

  const next = () => {
    if (queue.data !== undefined && at + 1 < queue.data.length) return setAt(at + 1)
    // Made anew from what was learnt meanwhile.
    client.removeQueries({ queryKey: queueQuery(project.id, set.id, page).queryKey })
    setPage(page + 1)
    setAt(0)
  }
  const choose = async (category: number) => {
    if (shown === undefined) return
    const { id } = shown.mention
    next()
    setLabelled((before) => [...before, id])
    try {
      await send('PUT', pathOf(id), { category })
    } catch (error) {
      setLabelled((before) => before.filter((one) => one !== id))
      tellFailure(t('categories.notLabelled'), error)
    }
  }
  const takeBack = async () => {
    const last = labelled.at(-1)
    if (last === undefined) return
    try {
      await send('PUT', pathOf(last), { category: null })
      setLabelled((before) => before.filter((one) => one !== last))
      const place = queue.data?.findIndex(({ mention }) => mention.id === last) ?? -1
      if (place >= 0) setAt(place)
    } catch (error) {
      tellFailure(t('common.notUndone'), error)
    }
  }
  useKeys(t('categories.queueKeys'), [
    ...set.categories
      .slice(0, 9)
      .map(({ id, name }, i) => ({ keys: String(i + 1), does: name, run: () => void choose(id) })),
    { keys: 's', does: t('categories.leaveOut'), run: next },
    { keys: 'z', does: t('categories.takeBack'), run: () => void takeBack(), off: labelled.length === 0 },
    { keys: 'Escape', does: t('common.close'), run: onClose },
  ])
  return (
    <section className={styles.queue}>
      <header className={styles.head}>
        <div>
          <h2 className={styles.name}>{t('categories.queue', { name: set.name })}</h2>
          <p className={styles.state}>{t('categories.queueHelp')}</p>
        </div>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </header>
      <Answer of={queue} rows={4}>
        {() =>
          shown === undefined ? (
            <Empty says={t('categories.queueEmpty')}>{t('categories.queueEmptyWords')}</Empty>
          ) : (
            <>
              <Asked one={shown} set={set} />
              <div className={styles.choices} role="group" aria-label={t('categories.category')}>
                {set.categories.map(({ id, name }, i) => (
                  <Button
                    key={id}
                    variant={shown.guess?.category === id ? 'light' : 'default'}
                    onClick={() => void choose(id)}
                    {...(i < 9 ? { leftSection: <kbd className={styles.key}>{i + 1}</kbd> } : {})}
                  >
                    <bdi>{name}</bdi>
                  </Button>
                ))}
                <Button variant="subtle" leftSection={<kbd className={styles.key}>s</kbd>} onClick={next}>
                  {t('categories.leaveOut')}
                </Button>
              </div>
            </>
          )
        }
      </Answer>
      {labelled.length > 0 && (
        <p className={styles.state} role="status">
          <span>{t('categories.done', { count: labelled.length, shown: f.number(labelled.length) })}</span>
          <Button variant="subtle" onClick={() => void takeBack()}>
            {t('categories.takeBack')}
          </Button>
        </p>
      )}
    </section>
  )
}

function Asked({ one: { mention, guess }, set }: { one: ToLabel; set: CategorySet }) {
  const { t } = useTranslation()
  const f = useFormat()
  const name = set.categories.find(({ id }) => id === guess?.category)?.name
  return (
    <article className={styles.mention} aria-live="polite">
      <p className={styles.state}>
        <bdi>{mention.author?.name ?? mention.author?.handle ?? mention.source ?? mention.platform}</bdi>
        <When at={mention.postedAt} />
      </p>
      {mention.title !== null && <h3 dir="auto">{mention.title}</h3>}
      <p className={styles.text} dir="auto">
        {mention.text}
      </p>
      <p className={styles.state}>
        {guess === null || name === undefined
          ? t('categories.noGuess')
          : t('categories.guess', { name, share: f.percent(guess.chance) })}
      </p>
    </article>
  )
}
