import { isPublic } from '../../../base/http/addresses.ts'
import { openMailbox } from '../../../base/mail/mailbox.ts'
import { parseMailServer, type MailServer, type MailTrouble } from '../../../base/mail/server.ts'
import { submitMail, trySubmission } from '../../../base/mail/submit.ts'
import { typed, wrong } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { problem, type Problem } from '../problems.ts'
import type { AnsweredMention, OutgoingReply, Published, ReplyChannel, Sent } from '../reply-channel.ts'

/** One mailbox that replies go out from and whose copies prove that they did. */
export type EmailAccount = {
  smtp: MailServer
  imap: MailServer
  user: string
  password: string
  /** The address itself, and the name that stands before it. */
  address: string
  name: string
}

const minute = 60_000

/**
 * Replies by e-mail in the thread of the message. SMTP has no question “did you take it?”, so each reply goes to our own
 * mailbox as well: its copy under the Message-ID of the key proves that the server took it on. A missing copy proves
 * nothing, so a person decides then.
 */
export const emailReplies: ReplyChannel<EmailAccount> = {
  platform: 'email',
  settleMs: 2 * minute,

  parseAccount(input) {
    const smtp = parseMailServer(typed(input, 'smtp'), 'smtp')
    if (smtp === null) throw wrong('email.smtp', {}, 'smtp')
    const imap = parseMailServer(typed(input, 'imap'), 'imap')
    if (imap === null) throw wrong('email.imap', {}, 'imap')
    const [user, password] = [typed(input, 'user'), typed(input, 'password')]
    if (user === '') throw wrong('email.user', {}, 'user')
    if (password === '') throw wrong('email.password', {}, 'password')
    const address = (typed(input, 'address') || user).toLowerCase()
    if (!/^[^\s@<>"]+@[^\s@<>"]+$/.test(address)) throw wrong('email.address', {}, 'address')
    return {
      smtp,
      imap,
      user,
      password,
      address,
      name: typed(input, 'name')
        .replace(/[\r\n"<>]/g, ' ')
        .trim(),
    }
  },

  async greet(account, io) {
    const submission = await trySubmission({ server: account.smtp, ...account }, guard(io))
    if (submission.kind !== 'ready') return { kind: 'refused', problem: told(submission) }
    const opened = await openMailbox({ server: account.imap, ...account }, 'INBOX', guard(io))
    if (opened.kind !== 'open') return { kind: 'refused', problem: told(opened) }
    await opened.mailbox[Symbol.asyncDispose]()
    return { kind: 'ready', name: account.address, account }
  },

  limits: () => ({ length: null }),

  async send(reply, account, io): Promise<Sent> {
    const to = reply.to.author?.handle ?? reply.to.author?.id ?? ''
    const answered = nativeId(reply.to.id)
    if (!to.includes('@') || answered === null) return { kind: 'refused', problem: problem('email.nobody') }
    const published = publishedAs(reply, account)
    const outcome = await submitMail(
      { server: account.smtp, ...account },
      {
        messageId: `<${published.id}>`,
        from: account.name === '' ? account.address : `"${account.name}" <${account.address}>`,
        to,
        copyTo: account.address,
        subject: subjectOf(reply.to),
        text: reply.text,
        inReplyTo: `<${answered}>`,
        references: referencesOf(reply.to),
      },
      guard(io),
    )
    switch (outcome.kind) {
      case 'accepted':
        return { kind: 'sent', ...published }
      case 'rejected':
        return { kind: 'refused', problem: problem('email.rejected', { reason: outcome.reason }) }
      case 'signed-out':
      case 'refused-address':
        return { kind: 'refused', problem: told(outcome) }
      case 'not-now':
        return {
          kind: 'later',
          at: new Date(io.now().getTime() + 5 * minute),
          problem: problem('email.not-now', { reason: outcome.reason }),
        }
      case 'unreachable':
        return { kind: 'later', at: new Date(io.now().getTime() + minute), problem: told(outcome) }
      case 'unknown':
        return { kind: 'unknown', problem: problem('email.unknown', { reason: outcome.reason }) }
    }
  },

  async find(reply, account, io) {
    const published = publishedAs(reply, account)
    const opened = await openMailbox({ server: account.imap, ...account }, 'INBOX', guard(io))
    if (opened.kind !== 'open') return { kind: 'unknown', problem: told(opened) }
    await using mailbox = opened.mailbox
    if (await mailbox.holds(`<${published.id}>`)) return { kind: 'sent', ...published }
    return { kind: 'unknown', problem: problem('email.no-copy') }
  },
}

function guard(io: ConnectorIo) {
  return { allows: io.allows ?? isPublic, signal: io.signal }
}

function publishedAs({ key }: OutgoingReply, { address }: EmailAccount): Published {
  const id = `heed.${key}@${address.slice(address.lastIndexOf('@') + 1)}`
  return { id, mention: `email:${id}`, url: null }
}

function subjectOf({ title }: AnsweredMention): string {
  const subject = (title ?? '').replace(/[\r\n]+/g, ' ').trim()
  return /^(re|ответ|на)\s*:/i.test(subject) ? subject : `Re: ${subject}`.trim()
}

function referencesOf({ root, parent, id }: AnsweredMention): string[] {
  const ids = [root, parent, id].map((one) => (one === null ? null : nativeId(one)))
  return [...new Set(ids.filter((one) => one !== null))].map((one) => `<${one}>`)
}

function nativeId(mention: string): string | null {
  const native = mention.replace(/^email:/, '')
  return native === mention || native.startsWith('hash-') || /[\s<>]/.test(native) ? null : native
}

function told(trouble: MailTrouble): Problem {
  switch (trouble.kind) {
    case 'refused-address':
      return problem('site.private')
    case 'signed-out':
      return problem('email.signed-out', { reason: trouble.reason })
    case 'unreachable':
      return problem('email.unreachable', { reason: trouble.reason })
  }
}
