import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js'
import { Readable } from 'node:stream'
import { addressOf, type MailServer, type MailTrouble } from './server.ts'

/** An empty `user`: the server asks for no name. */
export type Submission = { server: MailServer; user: string; password: string }

export type OutgoingMail = {
  /** With its angle brackets. */
  messageId: string
  from: string
  to: string
  /** Gets the same message without being named in it. */
  copyTo?: string
  subject: string
  text: string
  html?: string
  headers?: { [name: string]: string }
  inReplyTo?: string
  references?: string[]
}

export type Submitted =
  | { kind: 'accepted' }
  | { kind: 'rejected'; reason: string }
  | { kind: 'not-now'; reason: string }
  | { kind: 'unknown'; reason: string }
  | MailTrouble

type Options = {
  allows: (address: string) => boolean
  signal: AbortSignal
  /** Done when the server is ready for the text and before it gets any of it; when this throws, it gets none. */
  beforeText?: () => Promise<void>
}

/** Hands one message to the server. Accepted means that the server has taken it on; unknown that it may have. */
export async function submitMail(login: Submission, mail: OutgoingMail, options: Options): Promise<Submitted> {
  const { copyTo, ...message } = mail
  const composed = await new MailComposer({ ...message, disableFileAccess: true, disableUrlAccess: true })
    .compile()
    .build()
  let handedOver = false
  // The connection reads this only after the server has asked for the message itself.
  const body = Readable.from(
    (async function* () {
      await options.beforeText?.()
      handedOver = true
      yield composed
    })(),
  )
  const opened = await signIn(login, options)
  if (!('connection' in opened)) return opened
  const { connection } = opened
  try {
    const sent = await settled<SMTPConnection.SentMessageInfo>(connection, options.signal, (done) =>
      connection.send(
        { from: addressIn(mail.from), to: copyTo === undefined ? [mail.to] : [mail.to, copyTo] },
        body,
        done,
      ),
    )
    return sent.rejected.includes(mail.to) ? { kind: 'rejected', reason: mail.to } : { kind: 'accepted' }
  } catch (error) {
    return meaningOf(error, handedOver)
  } finally {
    connection.close()
  }
}

/** Whether the server takes name and password. */
export async function trySubmission(login: Submission, options: Options): Promise<{ kind: 'ready' } | MailTrouble> {
  const opened = await signIn(login, options)
  if (!('connection' in opened)) return opened
  opened.connection.quit()
  return { kind: 'ready' }
}

async function signIn(
  { server, user, password }: Submission,
  { allows, signal }: Options,
): Promise<{ connection: SMTPConnection } | MailTrouble> {
  const found = await addressOf(server, allows)
  if (!('address' in found)) return found
  const connection = new SMTPConnection({
    host: found.address,
    port: server.port,
    secure: server.secure,
    tls: { servername: server.host },
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
  })
  try {
    await settled(connection, signal, (done) => connection.connect(done))
    if (user !== '') await settled(connection, signal, (done) => connection.login({ user, pass: password }, done))
    return { connection }
  } catch (error) {
    connection.close()
    const { code, response, message } = error as Failure
    const reason = response ?? message ?? code ?? 'SMTP'
    return code === 'EAUTH' ? { kind: 'signed-out', reason } : { kind: 'unreachable', reason }
  }
}

type Failure = { code?: string; responseCode?: number; response?: string; message?: string }

/**
 * A reply code is the server's word. Without one, only a message that was on its way can have been taken on without our
 * hearing of it.
 */
function meaningOf(error: unknown, handedOver: boolean): Submitted {
  const { code, responseCode, response, message } = error as Failure
  const reason = response ?? message ?? code ?? 'SMTP'
  if (responseCode !== undefined) return { kind: responseCode >= 500 ? 'rejected' : 'not-now', reason }
  return { kind: handedOver ? 'unknown' : 'unreachable', reason }
}

/** What a step of the conversation ends with, or how the connection ended in the middle of it. */
function settled<T = void>(
  connection: SMTPConnection,
  signal: AbortSignal,
  step: (done: (error?: Error | null, value?: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const broken = (error?: Error) => finish(error ?? new Error('the connection was closed'))
    const stopped = () => finish(new Error('the time was over'))
    const finish = (error?: Error | null, value?: T) => {
      connection.off('error', broken)
      connection.off('end', broken)
      signal.removeEventListener('abort', stopped)
      // Whatever it says later, nobody waits for it any more.
      connection.on('error', () => {})
      if (error) reject(error)
      else resolve(value as T)
    }
    connection.once('error', broken)
    connection.once('end', broken)
    signal.addEventListener('abort', stopped, { once: true })
    if (signal.aborted) return stopped()
    step(finish)
  })
}

function addressIn(from: string): string {
  return /<([^<>]+)>$/.exec(from)?.[1] ?? from
}
