import { z } from 'zod'
import type { Author } from '../../posts/post.ts'

const text = z.string().nullish().catch(null)
const count = z.int().nonnegative().nullish().catch(null)
const flag = z
  .union([z.literal(0), z.literal(1)])
  .nullish()
  .catch(null)

const Profile = z.object({
  id: z.int(),
  first_name: text,
  last_name: text,
  screen_name: text,
  domain: text,
  about: text,
  status: text,
  followers_count: count,
  verified: flag,
})
const Group = z.object({
  id: z.int(),
  name: text,
  screen_name: text,
  description: text,
  members_count: count,
  verified: flag,
})

/** What is asked of people and communities beside what they wrote. */
export const authorFields = ['screen_name', 'followers_count', 'members_count', 'verified', 'about', 'description']

/** Lists that stand beside the items of an answer; a list of another form is no list. */
export const people = {
  profiles: z.array(z.unknown()).nullish().catch(null),
  groups: z.array(z.unknown()).nullish().catch(null),
}

/** Authors by their numbers; those of communities are negative. */
export type Authors = Map<number, Author>

export function readAuthors(told: {
  profiles?: unknown[] | null | undefined
  groups?: unknown[] | null | undefined
}): Authors {
  const authors: Authors = new Map()
  for (const one of told.profiles ?? []) {
    const { data } = Profile.safeParse(one)
    if (data) authors.set(data.id, personOf(data))
  }
  for (const one of told.groups ?? []) {
    const { data } = Group.safeParse(one)
    if (data) authors.set(-data.id, communityOf(data))
  }
  return authors
}

/** Somebody of whom only the number is known. */
export function unknownAuthor(id: number): Author {
  return { id: String(id), name: null, handle: null, bio: null, followers: null, verified: null }
}

function personOf(person: z.infer<typeof Profile>): Author {
  const name = [person.first_name, person.last_name].filter((part) => part).join(' ')
  return {
    id: String(person.id),
    name: name || null,
    handle: person.screen_name ?? person.domain ?? `id${person.id}`,
    bio: person.about || person.status || null,
    followers: person.followers_count ?? null,
    verified: person.verified == null ? null : person.verified === 1,
  }
}

function communityOf(group: z.infer<typeof Group>): Author {
  return {
    id: String(-group.id),
    name: group.name || null,
    handle: group.screen_name ?? `club${group.id}`,
    bio: group.description || null,
    followers: group.members_count ?? null,
    verified: group.verified == null ? null : group.verified === 1,
  }
}
