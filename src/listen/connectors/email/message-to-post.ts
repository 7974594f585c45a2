import { barePost } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { postId } from '../post-id.ts'
import { problem } from '../problems.ts'
import type { Mail } from './mail.ts'

/**
 * A message as a post. Its id is its Message-ID, so the same message in two mailboxes is one; its thread is what mail
 * programs make of References. Bounces and answers of machines are told by a tag, so that nobody takes them for a person.
 */
export function messageToPost(mail: Mail, known: { mailbox: string; receivedAt: Date | null; now: Date }): Mapped {
  const named = mail.attachments.map((name) => `📎 ${name}`)
  const text = [mail.text, named.join('\n')].filter(Boolean).join('\n\n').toWellFormed()
  if (text === '' && mail.subject === null) return { post: null, problems: [problem('entry.empty')] }
  const { postedAt, problems } = momentOf((mail.date ?? known.receivedAt)?.toISOString() ?? null, known.now)
  const id = (native: string) =>
    postId({ platform: 'email', nativeId: `email:${native}`, url: null, author: null, postedAt: null, text: '' })
  const author = mail.from && {
    id: mail.from.address,
    name: mail.from.name ?? mail.from.address,
    handle: mail.from.address,
    bio: null,
    followers: null,
    verified: null,
  }
  // A bounce stands below what it could not deliver.
  const answered = mail.undelivered ?? mail.answers
  const said = text === '' ? (mail.subject ?? '') : text
  return {
    post: barePost({
      id:
        mail.id === null
          ? postId({ platform: 'email', nativeId: null, url: null, author: author?.id ?? null, postedAt, text: said })
          : id(mail.id),
      platform: 'email',
      source: known.mailbox,
      kind: 'message',
      title: mail.subject,
      text: said,
      postedAt,
      author,
      parent: answered === null ? null : id(answered),
      root: mail.root === null ? null : id(mail.root),
      links: mail.links,
      has: [...(mail.hasImage ? (['image'] as const) : []), ...(mail.links.length > 0 ? (['link'] as const) : [])],
      tags: mail.kind === 'written' ? [] : [mail.kind],
    }),
    problems,
  }
}
