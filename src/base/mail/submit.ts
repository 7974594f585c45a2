import { createTransport } from 'nodemailer'
import { addressOf, type MailServer, type MailTrouble } from './server.ts'

export type Submission = { server: MailServer; user: string; password: string }

export type OutgoingMail = {
  /** With its angle brackets. */
  messageId: string
  from: string
  to: string
  /** Gets the same message without being named in it. */
  copyTo: string
  subject: string
  text: string
  inReplyTo: string
  references: string[]
}

export type Submitted =
  | { kind: 'accepted' }
  | { kind: 'rejected'; reason: string }
  | { kind: 'not-now'; reason: string }
  | { kind: 'unknown'; reason: string }
  | MailTrouble

type Options = { allows: (address: string) => boolean; signal: AbortSignal }

/** Hands one message to the server. Accepted means that the server has taken it on; unknown that it may have. */
export async function submitMail(login: Submission, mail: OutgoingMail, options: Options): Promise<Submitted> {
  const opened = await open(login, options)
  if (!('transport' in opened)) return opened
  const { transport } = opened
  const { copyTo, ...message } = mail
  const stop = () => transport.close()
  options.signal.addEventListener('abort', stop, { once: true })
  try {
    const sent = await Promise.race([
      transport.sendMail({ ...message, envelope: { from: mail.from, to: [mail.to, copyTo] } }),
      aborted(options.signal),
    ])
    const refused = sent.rejected.some((one) => (typeof one === 'string' ? one : one.address) === mail.to)
    return refused ? { kind: 'rejected', reason: mail.to } : { kind: 'accepted' }
  } catch (error) {
    return meaningOf(error)
  } finally {
    options.signal.removeEventListener('abort', stop)
    transport.close()
  }
}

/** Whether the server takes name and password. */
export async function trySubmission(login: Submission, options: Options): Promise<{ kind: 'ready' } | MailTrouble> {
  const opened = await open(login, options)
  if (!('transport' in opened)) return opened
  try {
    await opened.transport.verify()
    return { kind: 'ready' }
  } catch (error) {
    const meant = meaningOf(error)
    if (meant.kind === 'signed-out' || meant.kind === 'unreachable' || meant.kind === 'refused-address') return meant
    return { kind: 'unreachable', reason: 'reason' in meant ? meant.reason : 'SMTP' }
  } finally {
    opened.transport.close()
  }
}

async function open({ server, user, password }: Submission, { allows }: Options) {
  const found = await addressOf(server, allows)
  if (!('address' in found)) return found
  const transport = createTransport({
    host: found.address,
    port: server.port,
    secure: server.secure,
    tls: { servername: server.host },
    auth: { user, pass: password },
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    // What a person wrote is text; nothing in it is a file or an address to read from.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { transport }
}

/**
 * Only when the message itself was on its way can it have been accepted without our hearing of it: before DATA nothing
 * was handed over, and a reply code after it is the server's word.
 */
function meaningOf(error: unknown): Submitted {
  const { code, command, responseCode, response, message } = error as {
    code?: string
    command?: string
    responseCode?: number
    response?: string
    message?: string
  }
  const reason = response ?? message ?? code ?? 'SMTP'
  if (code === 'EAUTH') return { kind: 'signed-out', reason }
  if (responseCode !== undefined) return { kind: responseCode >= 500 ? 'rejected' : 'not-now', reason }
  if (code === 'EDNS' || command === 'CONN') return { kind: 'unreachable', reason }
  return { kind: 'unknown', reason }
}

async function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Error('the time was over'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
  })
}
