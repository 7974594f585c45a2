import { must } from '../src/base/errors.ts'
import { sampleOf, type Described } from './sample-body.ts'

export type Operation = { method: string; path: string; body: unknown }

export function allOperations(document: Described): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema
      return { method: method.toUpperCase(), path, body: schema && sampleOf(schema, document) }
    }),
  )
}

export function inProject(document: Described): Operation[] {
  return allOperations(document).filter(({ path }) => path.includes('{project}'))
}

/** A path with a project in it, and with ids of the things that it speaks of. */
export function fill(path: string, project: number, ids: { [part: string]: string }): string {
  return path
    .replace('{project}', String(project))
    .replace(
      /([\w-]+)\/\{id\}/,
      (_, part: string) => `${part}/${encodeURIComponent(must(ids[part], `${part} of theirs`))}`,
    )
    .replace(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(must(ids[part], `${part} of theirs`)))
}
