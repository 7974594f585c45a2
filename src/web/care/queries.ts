import { queryOptions } from '@tanstack/react-query'
import type { Care } from '../../serve/api/shapes/care.ts'
import { get } from '../api/client.ts'

export function careQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'care'],
    queryFn: ({ signal }) => get<Care>(`/projects/${project}/care`, { signal }),
  })
}
