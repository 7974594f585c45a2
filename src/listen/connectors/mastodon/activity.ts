import { z } from 'zod'
import type { Post } from '../../posts/post.ts'
import { contentOf, readJson } from '../answers.ts'
import type { SourceIo } from '../connector.ts'
import { statusToPost, type Status } from './status.ts'
import type { Timeline } from './timeline-address.ts'

const text = z.string().nullish().catch(null)
const Addressed = z.union([z.string(), z.array(z.unknown())]).nullish()
const Listed = z.array(z.unknown()).nullish().catch(null)
const Named = z.object({ type: text, name: text, url: text, href: text, mediaType: text })

/** What was published, as ActivityPub names it: https://www.w3.org/TR/activitystreams-vocabulary/#object-types */
const Said = z.object({
  id: z.string().min(1),
  type: z.enum(['Note', 'Article', 'Page', 'Question']),
  content: text,
  summary: text,
  published: text,
  updated: text,
  inReplyTo: z.unknown(),
  to: Addressed,
  cc: Addressed,
  attachment: Listed,
  tag: Listed,
  oneOf: Listed,
  anyOf: Listed,
})
type Said = z.infer<typeof Said>

const everybody = /^(https:\/\/www\.w3\.org\/ns\/activitystreams#|as:)?Public$/

/**
 * What stands now at the address of a status whose server keeps other addresses than Mastodon: such servers tell it to
 * whoever asks for ActivityPub. Counts and the author are not told, so they stay as they are. Null: nothing is known.
 */
export async function lookAtAddress(
  address: string,
  timeline: Timeline,
  io: SourceIo,
): Promise<Post | 'missing' | null> {
  const headers = { accept: 'application/activity+json' }
  const answer = await io.request(address, { headers, signal: io.signal })
  // A 404 of something else than the program itself, such as a proxy that is set up anew, says nothing.
  const isOwn = answer.kind === 'ok' && /json/i.test(answer.headers['content-type'] ?? '')
  if (answer.kind === 'ok' && (answer.status === 410 || (answer.status === 404 && isOwn))) return 'missing'
  const asked = contentOf(answer, io.now())
  if ('trouble' in asked) return null
  const read = readJson(asked.content, Said)
  if ('trouble' in read || !isOfServer(read.value.id, address)) return null
  const { post } = statusToPost(asStatus(read.value, address), timeline, io.now())
  return post === null ? null : { ...post, author: null }
}

function isOfServer(id: string, address: string): boolean {
  return URL.canParse(id) && new URL(id).origin === new URL(address).origin
}

/** The same words in the form of Mastodon's API, so that both ways read one text. */
function asStatus(said: Said, address: string): Status {
  const attached = (said.attachment ?? []).flatMap((one) => Named.safeParse(one).data ?? [])
  const named = (said.tag ?? []).flatMap((one) => Named.safeParse(one).data ?? [])
  const options = [...(said.oneOf ?? []), ...(said.anyOf ?? [])].flatMap((one) => Named.safeParse(one).data ?? [])
  const receivers = [said.to, said.cc].flat()
  return {
    id: said.id,
    uri: address,
    url: address,
    created_at: said.published,
    edited_at: said.updated,
    content: said.content,
    spoiler_text: said.summary,
    visibility: receivers.some((one) => typeof one === 'string' && everybody.test(one)) ? 'public' : 'private',
    in_reply_to_id: said.inReplyTo == null ? null : String(said.inReplyTo),
    account: { acct: 'unknown' },
    media_attachments: attached.map(({ mediaType, url, href, name }) => ({
      type: mediaType?.split('/')[0] ?? null,
      url: url ?? href,
      preview_url: null,
      description: name,
    })),
    tags: named.flatMap(({ type, name, href }) =>
      type === 'Hashtag' && name ? [{ name: name.replace(/^#/, ''), url: href }] : [],
    ),
    mentions: named.flatMap(({ type, href }) => (type === 'Mention' ? [{ url: href }] : [])),
    poll: options.length === 0 ? null : { options: options.map(({ name }) => ({ title: name ?? '' })) },
  }
}
