import { openMailbox, type Mailbox } from '../../../base/mail/mailbox.ts'
import type { MailTrouble } from '../../../base/mail/server.ts'
import { isPublic } from '../../../base/http/addresses.ts'
import type { Post } from '../../posts/post.ts'
import { failed, typed, why, wrong } from '../answers.ts'
import type { Connector, Cursor, Fetched, ItemProblem, SourceIo, SourceToRead, Unreadable } from '../connector.ts'
import { tell } from '../problems.ts'
import { readMail } from './mail.ts'
import { readMailboxAddress, type MailboxAddress } from './mailbox-address.ts'
import { messageToPost } from './message-to-post.ts'

export type EmailConfig = { url: string }

const pageSize = 50
const firstMessages = 200
const mostBytes = 5 * 1024 * 1024
// Servers end a connection that is idle for half an hour (RFC 2177), and routers much earlier.
const idleMs = 4 * 60_000

/** A folder of a mailbox over IMAP: read without marking anything as read, and told at once of what arrives where the server can. */
export const emailConnector: Connector<EmailConfig> = {
  platform: 'email',
  capabilities: {
    collects: ['stream', 'poll'],
    replies: true,
    follows: { edits: false, deletions: false },
    cost: null,
    needs: 'free-key',
  },

  parseConfig(input) {
    const address = readMailboxAddress(typed(input, 'url'))
    if (address === null) throw wrong('email.url', {}, 'url')
    return { url: address.url }
  },

  async fetch(source, io) {
    const opened = await open(source, io)
    if ('kind' in opened) return opened
    await using mailbox = opened.mailbox
    // Without await the mailbox would be closed before it is read.
    return await readOn(mailbox, opened.address, source.cursor, io)
  },

  async *listen(source, io) {
    const opened = await open(source, io)
    if ('kind' in opened) return yield opened
    await using mailbox = opened.mailbox
    let cursor = source.cursor
    while (!io.signal.aborted) {
      const fetched = await readOn(mailbox, opened.address, cursor, io)
      yield fetched
      if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') return
      cursor = fetched.next
      if (fetched.kind === 'unchanged' || !fetched.more) await mailbox.wait(idleMs, io.signal)
    }
  },
}

async function open(
  { config, secrets }: SourceToRead<EmailConfig>,
  io: SourceIo,
): Promise<{ mailbox: Mailbox; address: MailboxAddress } | Unreadable> {
  const address = readMailboxAddress(config.url)
  if (address === null) return failed('email.url')
  const login = { server: address.server, user: address.user, password: secrets['password'] ?? '' }
  const opened = await openMailbox(login, address.folder, { allows: io.allows ?? isPublic, signal: io.signal })
  return opened.kind === 'open' ? { mailbox: opened.mailbox, address } : unreadable(opened)
}

async function readOn(mailbox: Mailbox, address: MailboxAddress, known: Cursor | null, io: SourceIo): Promise<Fetched> {
  // Numbers mean other messages under another validity; what was read before is known by its Message-ID.
  const kept = known?.['url'] === address.url && known['validity'] === mailbox.validity ? known['next'] : null
  const from = typeof kept === 'number' ? kept : Math.max(1, mailbox.next - firstMessages)
  try {
    const { messages, more } = await mailbox.read(from, { limit: pageSize, maxBytes: mostBytes })
    const items: Post[] = []
    const problems: ItemProblem[] = []
    for (const { bytes, receivedAt, number } of messages) {
      const mail = await readMail(bytes)
      // What goes out from this address comes in as a copy.
      if (mail.from?.address === address.user.toLowerCase()) continue
      const mapped = messageToPost(mail, { mailbox: address.user, receivedAt, now: io.now() })
      if (mapped.post) items.push(mapped.post)
      for (const one of mapped.problems)
        problems.push({ item: mail.id ?? String(number), reason: tell(one, 'en'), problem: one })
    }
    const next = { url: address.url, validity: mailbox.validity, next: (messages.at(-1)?.number ?? from - 1) + 1 }
    const newest = messages.at(-1)?.receivedAt ?? null
    const health = { title: `${address.user} · ${address.folder}`, newestAt: newest, requests: 1, pollAfterMs: null }
    if (items.length === 0 && problems.length === 0 && !more) return { kind: 'unchanged', next, health }
    return { kind: 'page', items, next, more, problems, health }
  } catch (error) {
    return failed('email.unreachable', { reason: error instanceof Error ? error.message : 'IMAP' })
  }
}

function unreadable(trouble: MailTrouble): Unreadable {
  switch (trouble.kind) {
    case 'refused-address':
      return failed('site.private')
    case 'signed-out':
      return { kind: 'signed-out', ...why('email.signed-out', { reason: trouble.reason }) }
    case 'unreachable':
      return failed('email.unreachable', { reason: trouble.reason })
  }
}
