import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Rule } from '../../serve/api/shapes/rule.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { offerUndo, tellFailure } from '../parts/notices.ts'

/** What is done to rules beside changing them; each can be undone. */
export function useRuleActions() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const at = `/projects/${project.id}/rules`
  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    let isDone = true
    try {
      await work()
    } catch (error) {
      isDone = false
      tellFailure(t('rules.notChanged'), error)
    }
    await client.invalidateQueries({ queryKey: ['project', project.id, 'rules'] })
    return isDone
  }
  const put = ({ id }: Rule, on: boolean) => act(() => send(on ? 'POST' : 'DELETE', `${at}/${id}/activity`))
  const order = (ids: number[]) => act(() => send('PUT', `/projects/${project.id}/rule-order`, { ids }))
  return {
    async turn(rule: Rule) {
      const on = rule.onSince === null
      if (await put(rule, on))
        offerUndo(t(on ? 'rules.isOn' : 'rules.isOff', { name: rule.name }), () => put(rule, !on))
    },
    async raise(items: readonly Rule[], index: number) {
      const before = items.map(({ id }) => id)
      const after = before.toSpliced(index, 1)
      after.splice(index - 1, 0, ...before.slice(index, index + 1))
      if (await order(after)) offerUndo(t('rules.ordered'), () => order(before))
    },
    async retire(rule: Rule) {
      if (await act(() => send('DELETE', `${at}/${rule.id}`)))
        offerUndo(t('rules.gone', { name: rule.name }), () => act(() => send('POST', `${at}/${rule.id}/return`)))
    },
  }
}
