import { z } from 'zod'
import type { SourceIo } from '../connector.ts'
import type { Trouble } from '../answers.ts'
import { authorFields, people, readAuthors, type Authors } from './authors.ts'
import { callForSource } from './call.ts'

// Methods take more; addresses of requests stay short.
const atOnce = 500

/** The authors of these numbers, asked for where nothing is known of them; whoever cannot be read stays a number. */
export async function namesOf(
  ids: number[],
  known: Authors,
  token: string,
  io: SourceIo,
): Promise<{ authors: Authors; requests: number }> {
  const missing = [...new Set(ids)].filter((id) => id !== 0 && !known.has(id))
  const [persons, groups] = [missing.filter((id) => id > 0), missing.filter((id) => id < 0).map((id) => -id)]
  const authors: Authors = new Map(known)
  let requests = 0
  if (persons.length > 0) {
    const asked = await callForSource(
      'users.get',
      { user_ids: persons.slice(0, atOnce), fields: authorFields },
      token,
      z.array(z.unknown()),
      io,
    )
    requests += 1
    if ('value' in asked) for (const [id, one] of readAuthors({ profiles: asked.value })) authors.set(id, one)
  }
  if (groups.length > 0) {
    const asked = await callForSource(
      'groups.getById',
      { group_ids: groups.slice(0, atOnce), fields: authorFields },
      token,
      z.object(people),
      io,
    )
    requests += 1
    if ('value' in asked) for (const [id, one] of readAuthors(asked.value)) authors.set(id, one)
  }
  return { authors, requests }
}

// An unknown name is answered with an empty list.
const Resolved = z.union([z.object({ type: z.string(), object_id: z.int().positive() }), z.array(z.never())])

/** The number of whoever has this short name; null where nobody has it, or an app. */
export async function ownerNamed(
  name: string,
  token: string,
  io: SourceIo,
): Promise<{ owner: number | null; requests: number } | { trouble: Trouble }> {
  const asked = await callForSource('utils.resolveScreenName', { screen_name: name }, token, Resolved, io)
  if ('trouble' in asked) return asked
  const { value, requests } = asked
  if (Array.isArray(value)) return { owner: null, requests }
  if (value.type === 'user') return { owner: value.object_id, requests }
  return { owner: ['group', 'page', 'event'].includes(value.type) ? -value.object_id : null, requests }
}
