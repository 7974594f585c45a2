/**
 * What several screens ask for. Keys of everything inside a project start with ['project', id, subject],
 * which is how live events find them: subject is mentions | facets | mention | overview | topics | tickets | ticket |
 * sources | progress | members | keys | audit | settings.
 *   useMe()                       Me; the frame renders nothing of a screen before it is known
 *   useProjects()                 cards of the board
 *   useProject()                  { id, name, role, timeZone, isSample } of the address; throws outside a project
 *   <ProjectOfRow value={3}>      what is inside works in that project, where the rows of a list are of several
 *   useTopics(project)            Topic[]
 *   useProgress(project, job)     follows a background job until it ends
 */
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { createContext, use } from 'react'
import type { Me, Named, Progress, ProjectCard } from '../../serve/api/shapes/project.ts'
import type { Topic } from '../../serve/api/shapes/topic.ts'
import { get } from './client.ts'
import { Problem } from './problem.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => get<Me>('/me', { signal }),
  staleTime: Infinity,
})

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: async ({ signal }) => (await get<{ items: ProjectCard[] }>('/projects', { signal })).items,
})

const fewestLetters = 2

/** Customers and articles whose names or titles have words that begin so. */
export function namesQuery(project: number, q: string) {
  return queryOptions({
    queryKey: ['project', project, 'names', q],
    queryFn: ({ signal }) => get<Named>(`/projects/${project}/names`, { search: { q }, signal }),
    enabled: project !== 0 && q.length >= fewestLetters,
  })
}

export function topicsQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'topics'],
    queryFn: async ({ signal }) => (await get<{ items: Topic[] }>(`/projects/${project}/topics`, { signal })).items,
  })
}

export function progressQuery(project: number, job: string) {
  return queryOptions({
    queryKey: ['project', project, 'progress', job],
    queryFn: ({ signal }) => get<Progress>(`/projects/${project}/progress/${encodeURIComponent(job)}`, { signal }),
    // Events tell of every step; the slow beat is for a connection that hides them.
    refetchInterval: (query) => (query.state.data !== undefined && hasEnded(query.state.data) ? false : 2000),
  })
}

export function hasEnded(progress: Progress): boolean {
  return progress.state === 'done' || progress.state === 'failed' || progress.state === 'cancelled'
}

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

export function useProjects() {
  return useQuery(projectsQuery)
}

export type OpenProject = Me['projects'][number]

export const ProjectOfRow = createContext<number | null>(null)

export function useProject(): OpenProject {
  const project = useProjectIfAny()
  // No right and no such project look the same.
  if (project === null) throw new Problem('', { status: 404, key: 'not-found', field: null })
  return project
}

export function useProjectIfAny(): OpenProject | null {
  const id = useProjectId()
  return useMe().projects.find((project) => project.id === id) ?? null
}

/** Of the open project, where its address was opened by a member: whoever follows a link without an account is not asked who they are. */
export function useProjectZone(): string | null {
  const id = useProjectId()
  const me = useQuery({ ...meQuery, enabled: false }).data
  return me?.projects.find((project) => project.id === id)?.timeZone ?? null
}

function useProjectId(): number {
  const { project } = useParams({ strict: false })
  return use(ProjectOfRow) ?? Number(project)
}

export function useTopics(project: number, wanted = true) {
  return useQuery({ ...topicsQuery(project), enabled: wanted })
}

export function useProgress(project: number, job: string | null) {
  return useQuery({ ...progressQuery(project, job ?? ''), enabled: job !== null })
}
