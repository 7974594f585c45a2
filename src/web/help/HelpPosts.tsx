import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HelpPost } from '../../serve/api/shapes/help.ts'
import { useProject } from '../api/queries.ts'
import { useKeys } from '../parts/keys.ts'
import { mayManage } from '../parts/roles.ts'
import { useFormat } from '../parts/format.ts'
import { Segments } from '../parts/Segments.tsx'
import { Answer, Empty } from '../parts/states.tsx'
import { useHelpActions } from './actions.ts'
import styles from './Help.module.css'
import { HelpPostCard } from './HelpPostCard.tsx'
import { HelpSheet, type Choosing } from './HelpSheet.tsx'
import { helpPostsQuery, helpQuery } from './queries.ts'

const states = ['held', 'public', 'rejected'] as const

/** What visitors of the help page wrote: what waits is let through, merged or turned down, by keys or by buttons. */
export function HelpPosts() {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const params = { project: String(project.id) }
  const [state, setState] = useState<(typeof states)[number]>('held')
  const [at, setAt] = useState(0)
  const [choosing, setChoosing] = useState<Choosing | null>(null)
  const page = useQuery(helpQuery(project.id))
  const posts = useInfiniteQuery(helpPostsQuery(project.id, state))
  const actions = useHelpActions()
  const items = posts.data?.pages.flatMap((one) => one.items) ?? []
  // Whoever is decided leaves the list, and the next one takes its place.
  const current: HelpPost | undefined = items[Math.min(at, items.length - 1)]
  const step = (by: number) => setAt(Math.max(0, Math.min(items.length - 1, Math.min(at, items.length - 1) + by)))
  const off = current === undefined || choosing !== null
  const isTopic = current !== undefined && current.topic === null
  useKeys(t('help.keys'), [
    { keys: 'j', also: 'ArrowDown', does: t('help.next'), run: () => step(1), off },
    { keys: 'k', also: 'ArrowUp', does: t('help.previous'), run: () => step(-1), off },
    {
      keys: 'a',
      does: t('help.publish'),
      run: () => current && void actions.publish(current),
      off: off || current.state === 'public',
    },
    {
      keys: 'x',
      does: t('help.reject'),
      run: () => current && setChoosing({ what: 'reject', post: current }),
      off: off || current.state === 'rejected',
    },
    {
      keys: 'm',
      does: t('help.merge'),
      run: () => current && setChoosing({ what: 'merge', post: current }),
      off: off || !isTopic,
    },
    {
      keys: 's',
      does: t('help.setStatus'),
      run: () => current && setChoosing({ what: 'status', post: current }),
      off: off || !isTopic || current.state !== 'public',
    },
  ])
  return (
    <div className={styles.part}>
      <div className={styles.bar}>
        <Segments
          label={t('help.states')}
          chosen={state}
          onChoose={(value) => {
            setState(value)
            setAt(0)
          }}
          options={states.map((value) => ({
            value,
            label:
              value === 'held'
                ? t('help.state_held', { shown: page.data === undefined ? '' : f.number(page.data.held) })
                : t(`help.state_${value}`),
          }))}
        />
        {page.data?.page?.isOn && (
          <a href={page.data.page.url} target="_blank" rel="noopener">
            {t('help.openPage')}
          </a>
        )}
      </div>
      <Answer of={posts}>
        {() =>
          items.length === 0 ? (
            page.data !== undefined && !page.data.page?.isOn ? (
              <Empty
                says={t('help.off')}
                next={
                  mayManage(project.role) && (
                    <Link to="/projects/$project/settings" params={params} search={{ part: 'help' }}>
                      {t('help.toSettings')}
                    </Link>
                  )
                }
              >
                {t('help.offWords')}
              </Empty>
            ) : (
              <Empty says={t(`help.empty_${state}`)}>{t('help.emptyWords')}</Empty>
            )
          ) : (
            <>
              <ol className={styles.list} aria-label={t(`help.list_${state}`)}>
                {items.map((post, place) => (
                  <HelpPostCard
                    key={post.id}
                    post={post}
                    isCurrent={post === current}
                    onCurrent={() => setAt(place)}
                    onChoose={setChoosing}
                  />
                ))}
              </ol>
              {posts.hasNextPage && (
                <div className={styles.more}>
                  <Button loading={posts.isFetchingNextPage} onClick={() => void posts.fetchNextPage()}>
                    {t('knowledge.more')}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Answer>
      <HelpSheet choosing={choosing} onClose={() => setChoosing(null)} />
    </div>
  )
}
