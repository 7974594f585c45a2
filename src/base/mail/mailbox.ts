import { ImapFlow } from 'imapflow'
import { addressOf, type MailServer, type MailTrouble } from './server.ts'

// A server that never ends its line would otherwise be listened to up to a gigabyte. Messages are asked for in part.
const limits = { maxLineLength: 8 * 1024 ** 2, maxLiteralSize: 32 * 1024 ** 2, maxResponseSize: 64 * 1024 ** 2 }

export type MailboxLogin = { server: MailServer; user: string; password: string }

export type Mailbox = AsyncDisposable & {
  /** Another value means that all numbers mean other messages now. */
  validity: string
  /** The number that the next message will get. */
  next: number
  /** Messages from this number on, oldest first, at most `limit`; each cut off after `maxBytes`. */
  read(
    from: number,
    options: { limit: number; maxBytes: number },
  ): Promise<{ messages: StoredMessage[]; more: boolean }>
  /** Whether the mailbox or the folder of sent messages holds a message with this Message-ID. */
  holds(messageId: string): Promise<boolean>
  /** Until something arrives, the time is over or the signal aborts. */
  wait(maxMs: number, signal: AbortSignal): Promise<void>
}

export type StoredMessage = { number: number; receivedAt: Date | null; bytes: Uint8Array; size: number }

/** Signs in and opens a folder for reading only. Nothing is marked as read. */
export async function openMailbox(
  { server, user, password }: MailboxLogin,
  folder: string,
  { allows, signal }: { allows: (address: string) => boolean; signal: AbortSignal },
): Promise<{ kind: 'open'; mailbox: Mailbox } | MailTrouble> {
  const found = await addressOf(server, allows)
  if (!('address' in found)) return found
  const client = new ImapFlow({
    host: found.address,
    port: server.port,
    secure: server.secure,
    servername: server.host,
    auth: { user, pass: password },
    logger: false,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 120_000,
    disableAutoIdle: true,
    ...limits,
  })
  // Without a listener the end of a connection would end the process; whoever waits for an answer hears of it there.
  client.on('error', () => {})
  const stop = () => client.close()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await client.connect()
    const box = await client.mailboxOpen(folder, { readOnly: true })
    return {
      kind: 'open',
      mailbox: {
        validity: String(box.uidValidity),
        next: box.uidNext,
        read: (from, options) => read(client, from, options),
        holds: (messageId) => holds(client, folder, messageId),
        wait: (maxMs, waiting) => wait(client, maxMs, waiting),
        async [Symbol.asyncDispose]() {
          signal.removeEventListener('abort', stop)
          await client.logout().catch(() => client.close())
        },
      },
    }
  } catch (error) {
    signal.removeEventListener('abort', stop)
    client.close()
    return troubleOf(error)
  }
}

async function read(
  client: ImapFlow,
  from: number,
  { limit, maxBytes }: { limit: number; maxBytes: number },
): Promise<{ messages: StoredMessage[]; more: boolean }> {
  const numbers: number[] = []
  for await (const { uid } of client.fetch(`${from}:*`, { uid: true }, { uid: true })) {
    // The star is the newest message, even when its number is below the beginning.
    if (uid >= from) numbers.push(uid)
  }
  const wanted = numbers.toSorted((a, b) => a - b).slice(0, limit)
  const messages: StoredMessage[] = []
  if (wanted.length > 0) {
    const query = { uid: true, size: true, internalDate: true, source: { maxLength: maxBytes } }
    for await (const message of client.fetch(wanted.join(','), query, { uid: true }))
      messages.push({
        number: message.uid,
        receivedAt: momentOf(message.internalDate),
        bytes: message.source ?? new Uint8Array(),
        size: message.size ?? 0,
      })
  }
  return { messages: messages.toSorted((a, b) => a.number - b.number), more: numbers.length > wanted.length }
}

function momentOf(date: Date | string | undefined): Date | null {
  const moment = new Date(date ?? '')
  return Number.isNaN(moment.getTime()) ? null : moment
}

async function holds(client: ImapFlow, folder: string, messageId: string): Promise<boolean> {
  const sent = (await client.list()).find(({ specialUse }) => specialUse === '\\Sent')
  for (const path of sent && sent.path !== folder ? [folder, sent.path] : [folder]) {
    await client.mailboxOpen(path, { readOnly: true })
    const found = await client.search({ header: { 'message-id': messageId } }, { uid: true })
    if (found && found.length > 0) return true
  }
  return false
}

async function wait(client: ImapFlow, maxMs: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      client.off('exists', finish)
      client.off('close', finish)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, maxMs)
    client.on('exists', finish)
    client.on('close', finish)
    signal.addEventListener('abort', finish, { once: true })
    client.idle().then(finish, finish)
  })
}

function troubleOf(error: unknown): MailTrouble {
  const { authenticationFailed, responseText, code, message } = error as {
    authenticationFailed?: boolean
    responseText?: string
    code?: string
    message?: string
  }
  const reason = responseText ?? code ?? message ?? 'IMAP'
  return authenticationFailed ? { kind: 'signed-out', reason } : { kind: 'unreachable', reason }
}
