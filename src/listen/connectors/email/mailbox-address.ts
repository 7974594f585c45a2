import { parseMailServer, type MailServer } from '../../../base/mail/server.ts'

/** A folder of a mailbox, as `imaps://help@bank.example@imap.bank.example/INBOX` names it. */
export type MailboxAddress = { url: string; server: MailServer; user: string; folder: string }

/** Null when it is none. The user may be an address itself: the last @ before the host counts. */
export function readMailboxAddress(text: string): MailboxAddress | null {
  const found = /^(imaps?):\/\/(.+)@([^@/]+)(?:\/(.*))?$/i.exec(text.trim())
  if (!found) return null
  const [, protocol = '', name = '', host = '', path = ''] = found
  const server = parseMailServer(`${protocol.toLowerCase()}://${host}`, 'imap')
  const user = decode(name)
  // A password would be shown wherever the address is.
  if (server === null || user === null || user === '' || /^[^@]*:/.test(name)) return null
  const folder = decode(path) || 'INBOX'
  const at = `${server.host}:${server.port}`
  return { url: `${protocol.toLowerCase()}://${user}@${at}/${folder}`, server, user, folder }
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
