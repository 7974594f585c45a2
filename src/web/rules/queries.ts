import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DryRun, Rule, RuleInput, RuleRun } from '../../serve/api/shapes/rule.ts'
import { get, send } from '../api/client.ts'
import { topicsQuery, useProject } from '../api/queries.ts'
import { playbooksQuery } from '../playbooks/queries.ts'
import { membersQuery } from '../settings/queries.ts'
import { fieldsQuery, incidentsQuery, queuesQuery } from '../tickets/queries.ts'

export function rulesQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'rules'],
    queryFn: async ({ signal }) => (await get<{ items: Rule[] }>(`/projects/${project}/rules`, { signal })).items,
  })
}

/** Language is part of the key: what went wrong is worded by the server. Null: of all rules. */
export function runsQuery(project: number, rule: number | null, language: string) {
  return infiniteQueryOptions({
    queryKey: ['project', project, 'rule-runs', rule, language],
    queryFn: ({ pageParam, signal }) =>
      get<{ items: RuleRun[]; next: string | null }>(`/projects/${project}/rule-runs`, {
        search: { rule: rule ?? undefined, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

export function tryRule(project: number, rule: RuleInput, id: number | null): Promise<DryRun> {
  return send<DryRun>('POST', `/projects/${project}/rule-trial`, { rule, id })
}

/** What conditions and actions can name in this project; empty until it is known. */
export function useNamed() {
  const { i18n } = useTranslation()
  const project = useProject()
  const members = useQuery(membersQuery(project.id)).data ?? []
  const queues = useQuery(queuesQuery(project.id)).data ?? []
  const fields = useQuery(fieldsQuery(project.id)).data ?? []
  const incidents = useQuery(incidentsQuery(project.id)).data ?? []
  const topics = useQuery(topicsQuery(project.id)).data ?? []
  const written = useQuery(playbooksQuery(project.id, i18n.language)).data?.items ?? []
  const playbooks = written.filter(({ approved }) => approved !== null)
  return { members, queues, fields, incidents, playbooks, topics }
}
export type Named = ReturnType<typeof useNamed>
