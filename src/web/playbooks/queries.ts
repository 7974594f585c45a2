import { queryOptions } from '@tanstack/react-query'
import type { Play, PlayDetail, Playbook, PlaybookInput, RaisedAlarm } from '../../serve/api/shapes/playbook.ts'
import { get } from '../api/client.ts'

/** Language is part of the key: ready-made schemes are worded by the server. */
export function playbooksQuery(project: number, language: string) {
  return queryOptions({
    queryKey: ['project', project, 'playbooks', language],
    queryFn: ({ signal }) =>
      get<{ items: Playbook[]; readyMade: PlaybookInput[] }>(`/projects/${project}/playbooks`, { signal }),
  })
}

export function alarmsQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'alarms-raised'],
    queryFn: async ({ signal }) =>
      (await get<{ items: RaisedAlarm[] }>(`/projects/${project}/alarms`, { signal })).items,
  })
}

/** Null: of the whole project. */
export function playsQuery(project: number, ticket: number | null) {
  return queryOptions({
    queryKey: ['project', project, 'plays', ticket],
    queryFn: async ({ signal }) =>
      (await get<{ items: Play[] }>(`/projects/${project}/plays`, { search: { ticket: ticket ?? undefined }, signal }))
        .items,
  })
}

export function playQuery(project: number, play: string) {
  return queryOptions({
    queryKey: ['project', project, 'plays', 'one', play],
    queryFn: ({ signal }) => get<PlayDetail>(`/projects/${project}/plays/${encodeURIComponent(play)}`, { signal }),
  })
}
