import { z } from 'zod'
import type { LookedUp, SourceIo, SourceToRead } from '../connector.ts'
import type { BlueskyConfig } from './bluesky.ts'
import { readXrpc } from './read.ts'
import { idOf, placeOf, uriOfId } from './record.ts'
import { momentOfKey } from './tid.ts'
import { PostView, Profile, viewToPost } from './view.ts'

const Posts = z.object({ posts: z.array(z.unknown()) })
const Profiles = z.object({ profiles: z.array(z.unknown()) })

// The index may be behind; a post that is older and not in it is gone.
const indexedWithinMs = 24 * 3_600_000

/**
 * Posts as they are now, with their counts, and their authors with biography and followers. Missing are those that are
 * deleted or whose account is closed: the network leaves out nothing else that was public.
 */
export async function lookUpPosts(ids: string[], source: SourceToRead<BlueskyConfig>, io: SourceIo): Promise<LookedUp> {
  const uris = ids.map(uriOfId).filter((uri) => uri !== null)
  if (uris.length === 0) return { kind: 'found', posts: [], missing: [] }
  const asked = await readXrpc({ method: 'app.bsky.feed.getPosts', params: { uris } }, Posts, source, io)
  if ('trouble' in asked) return asked.trouble
  const views = asked.value.posts.map((post) => PostView.safeParse(post).data).filter((view) => view !== undefined)
  const profiles = await readProfiles([...new Set(views.map(({ author }) => author.did))], source, io)
  const posts = views.map((view) => viewToPost(view, io.now(), profiles.get(view.author.did)))
  const there = new Set(asked.value.posts.map((post) => Named.safeParse(post).data?.uri))
  const missing = uris.filter((uri) => !there.has(uri) && mustBeIndexed(uri, io.now())).map(idOf)
  return { kind: 'found', posts: posts.filter((post) => post !== null), missing }
}

const Named = z.object({ uri: z.string() })

/** Authors that could not be looked up are shown with what their posts tell. */
async function readProfiles(
  actors: string[],
  source: SourceToRead<BlueskyConfig>,
  io: SourceIo,
): Promise<Map<string, Profile>> {
  if (actors.length === 0) return new Map()
  const asked = await readXrpc({ method: 'app.bsky.actor.getProfiles', params: { actors } }, Profiles, source, io)
  if ('trouble' in asked) return new Map()
  const profiles = asked.value.profiles.map((profile) => Profile.safeParse(profile).data)
  return new Map(profiles.filter((profile) => profile !== undefined).map((profile) => [profile.did, profile]))
}

function mustBeIndexed(uri: string, now: Date): boolean {
  const at = momentOfKey(placeOf(uri)?.rkey ?? '')
  return at !== null && now.getTime() - at.getTime() > indexedWithinMs
}
