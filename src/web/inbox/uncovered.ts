import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { ToxicRead } from '../../serve/api/shapes/care.ts'
import { send } from '../api/client.ts'
import { useMe, useProjectIfAny } from '../api/queries.ts'
import { tellKindly } from '../parts/notices.ts'
import { mayWork } from '../parts/roles.ts'

/**
 * The toxic texts that this person has chosen to read. They stay covered for everybody else, and are covered again when
 * the page is opened anew.
 */
const uncovered = new Set<string>()
const watchers = new Set<() => void>()

export function useUncovered(id: string): boolean {
  return useSyncExternalStore(watch, () => uncovered.has(id))
}

export function isUncovered(id: string): boolean {
  return uncovered.has(id)
}

/**
 * Shows a toxic text to this person, or blurs it again. What is read is counted, and who has read much is asked to rest.
 * `of`: the project it is of; the one that the address names unless said.
 */
export function useUncover(of?: number): (id: string, on: boolean) => void {
  const { t } = useTranslation()
  const { projects } = useMe()
  const open = useProjectIfAny()
  const project = of === undefined ? open : projects.find(({ id }) => id === of)
  const client = useQueryClient()
  const count = async (id: number, mention: string) => {
    const { today, tell } = await send<ToxicRead>('POST', `/projects/${id}/toxic-reads`, { mention })
    void client.invalidateQueries({ queryKey: ['project', id, 'care'] })
    if (tell) tellKindly(t('care.rest', { count: today }), t('care.restWords'))
  }
  return (id, on) => {
    if (on) uncovered.add(id)
    else uncovered.delete(id)
    for (const changed of watchers) changed()
    // A count that fails must not stand between a person and the text.
    if (on && project && mayWork(project.role)) void count(project.id, id).catch(() => {})
  }
}

function watch(changed: () => void) {
  watchers.add(changed)
  return () => void watchers.delete(changed)
}
