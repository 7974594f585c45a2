import { Button, Menu } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { send } from '../api/client.ts'
import { inTurn, nothingWaits } from '../api/in-turn.ts'
import { useProject, useTopics } from '../api/queries.ts'
import { topicColor } from '../look/colors.ts'
import { Icon } from '../look/icons.tsx'
import { useFilter } from '../parts/filter.ts'
import { useKeys } from '../parts/keys.ts'
import { tellFailure } from '../parts/notices.ts'
import { mayWork } from '../parts/roles.ts'
import { MarkButtons } from './MarkButtons.tsx'
import styles from './MentionMarks.module.css'
import { mentionMarksQuery } from './queries.ts'

/**
 * Whether topics need this mention: those that found it, and others that should have. The keys w and u mark it for the
 * topic that the list is narrowed to, or for the only one there is.
 */
export function MentionMarks({ mention }: { mention: Mention }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const topics = useTopics(project.id).data ?? []
  const asked = mentionMarksQuery(project.id, mention.id)
  const line = `marks of ${project.id} ${mention.id}`
  const marks = useQuery(asked).data ?? []
  const { filter } = useFilter()
  const [more, setMore] = useState<readonly number[]>([])
  const rows = useRef<HTMLUListElement>(null)
  const works = mayWork(project.role)
  const isShown = (id: number) =>
    mention.topics.includes(id) || more.includes(id) || marks.some(({ topic }) => topic === id)
  const shown = topics.filter(({ id }) => isShown(id))
  const others = topics.filter(({ id }) => !isShown(id))
  const markOf = (id: number) => marks.find(({ topic }) => topic === id)?.wanted ?? null

  const mark = async (topic: number, wanted: boolean | null) => {
    await client.cancelQueries({ queryKey: asked.queryKey })
    const before = client.getQueryData(asked.queryKey)
    const rest = (before ?? []).filter((one) => one.topic !== topic)
    client.setQueryData(asked.queryKey, wanted === null ? rest : [...rest, { topic, wanted, by: null }])
    const path = `/projects/${project.id}/topics/${topic}/marks/${encodeURIComponent(mention.id)}`
    try {
      await inTurn(line, () => (wanted === null ? send('DELETE', path) : send('PUT', path, { wanted })))
    } catch (error) {
      client.setQueryData(asked.queryKey, before)
      tellFailure(t('topics.notMarked'), error)
    } finally {
      // Those of other topics may not have been there yet.
      if (nothingWaits(line)) void client.invalidateQueries({ queryKey: asked.queryKey })
    }
  }
  const byKey = (wanted: boolean) => {
    const narrowed = shown.find(({ id }) => String(id) === filter.topic)
    const topic = narrowed ?? (shown.length === 1 ? shown[0] : undefined)
    if (topic !== undefined) return void mark(topic.id, markOf(topic.id) === wanted ? null : wanted)
    // Which topic is meant cannot be known: the choice is one press away.
    rows.current?.querySelector<HTMLElement>(`button[data-wanted="${wanted}"]`)?.focus()
  }
  const off = !works || shown.length === 0
  useKeys(t('topics.markPart'), [
    { keys: 'w', does: t('topics.wantedKey'), off, run: () => byKey(true) },
    { keys: 'u', does: t('topics.unwantedKey'), off, run: () => byKey(false) },
  ])
  if (!works) return null
  return (
    <>
      <ul ref={rows} className={styles.rows}>
        {shown.map((topic) => (
          <li key={topic.id}>
            <i style={{ background: topicColor(topic.color) }} />
            <bdi>{topic.name}</bdi>
            {!mention.topics.includes(topic.id) && <span className={styles.quiet}>{t('topics.didNotFind')}</span>}
            <MarkButtons wanted={markOf(topic.id)} onMark={(wanted) => void mark(topic.id, wanted)} words />
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="compact-xs" variant="subtle" leftSection={<Icon name="plus" size={12} />}>
              {t('topics.alsoMark')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((topic) => (
              <Menu.Item key={topic.id} onClick={() => setMore((before) => [...before, topic.id])}>
                <bdi>{topic.name}</bdi>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}
