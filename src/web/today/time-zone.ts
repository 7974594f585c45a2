import { useMe } from '../api/queries.ts'

/** Hours of a card are the hours of its project, also on a board of many. */
export function useTimeZone({ id }: { id: number }): string | undefined {
  return useMe().projects.find((project) => project.id === id)?.timeZone
}
