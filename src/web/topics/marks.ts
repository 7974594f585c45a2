import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import type { Topic } from '../../serve/api/shapes/topic.ts'
import type { GoldenMark, Mark } from '../../serve/api/shapes/trial.ts'
import { send } from '../api/client.ts'
import { inTurn, nothingWaits } from '../api/in-turn.ts'
import { useMe } from '../api/queries.ts'
import { tellFailure } from '../parts/notices.ts'
import { marksQuery } from './queries.ts'

/** The golden set of a topic as the screen holds it: seen at once, put back when the server refuses. */
export type Marks = {
  /** Newest first. */
  list: readonly GoldenMark[]
  /** What no topic keeps yet and so travels with each question. */
  unsaved: readonly Mark[]
  of: (mention: string) => boolean | null
  /** Null takes the mark back. */
  set: (mention: Mention, wanted: boolean | null) => void
  /** The unsaved ones have found their topic. */
  settle: () => void
}

const none: readonly GoldenMark[] = []

/** Marks of a topic that is not there yet wait in the browser, as its query does. */
export function useMarks(project: number, topic: Topic | null): Marks {
  const { t } = useTranslation()
  const client = useQueryClient()
  const me = useMe()
  const place = `heed.marks.${project}.${topic?.id ?? 'new'}`
  const [waiting, setWaiting] = useState<readonly GoldenMark[]>(() => (topic === null ? read(place) : none))
  const asked = marksQuery(project, topic?.id ?? 0)
  const kept = useQuery({ ...asked, enabled: topic !== null }).data
  const list = topic === null ? waiting : (kept ?? none)
  const byId = useMemo(() => new Map(list.map(({ mention, wanted }) => [mention.id, wanted])), [list])
  const unsaved = useMemo(() => waiting.map(({ mention, wanted }) => ({ mention: mention.id, wanted })), [waiting])

  const changed = (mention: Mention, wanted: boolean | null, before: readonly GoldenMark[]) => {
    const others = before.filter((mark) => mark.mention.id !== mention.id)
    const mark = { mention, wanted: wanted === true, at: new Date().toISOString(), by: me.member.name, isThere: true }
    return wanted === null ? others : [mark, ...others]
  }

  const save = async (id: number, mention: Mention, wanted: boolean | null) => {
    await client.cancelQueries({ queryKey: asked.queryKey })
    const before = client.getQueryData(asked.queryKey)
    client.setQueryData(asked.queryKey, (now) => [...changed(mention, wanted, now ?? none)])
    const path = `/projects/${project}/topics/${id}/marks/${encodeURIComponent(mention.id)}`
    try {
      await inTurn(place, () => (wanted === null ? send('DELETE', path) : send('PUT', path, { wanted })))
    } catch (error) {
      client.setQueryData(asked.queryKey, before)
      tellFailure(t('topics.notMarked'), error)
    } finally {
      // The first of them may have come before the others were known.
      if (nothingWaits(place))
        for (const what of ['marks', 'trial', 'clauses'])
          void client.invalidateQueries({ queryKey: ['project', project, 'topics', id, what] })
    }
  }

  return {
    list,
    unsaved,
    of: (mention) => byId.get(mention) ?? null,
    set(mention, wanted) {
      if (topic !== null) return void save(topic.id, mention, wanted)
      const next = changed(mention, wanted, waiting)
      setWaiting(next)
      sessionStorage.setItem(place, JSON.stringify(next))
    },
    settle() {
      setWaiting(none)
      sessionStorage.removeItem(place)
    },
  }
}

function read(place: string): readonly GoldenMark[] {
  const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? '[]')
  return Array.isArray(kept) ? (kept as GoldenMark[]) : none
}
