import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

/** A mail server; `secure` is TLS from the first byte, otherwise STARTTLS where the server has it. */
export type MailServer = { host: string; port: number; secure: boolean }

export type MailTrouble =
  | { kind: 'refused-address' }
  /** The server did not take name and password. */
  | { kind: 'signed-out'; reason: string }
  | { kind: 'unreachable'; reason: string }

/** Reads `imaps://host`, `imap://host:143`, `smtps://host`, `smtp://host:587`; null when it is none. */
export function parseMailServer(text: string, protocol: 'imap' | 'smtp'): MailServer | null {
  const trimmed = text.trim()
  const written = /^\w+:\/\//.test(trimmed) ? trimmed : `${protocol}s://${trimmed}`
  if (!URL.canParse(written)) return null
  const url = new URL(written)
  const secure = url.protocol === `${protocol}s:`
  if ((!secure && url.protocol !== `${protocol}:`) || url.hostname === '') return null
  const usual = protocol === 'imap' ? (secure ? 993 : 143) : secure ? 465 : 587
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? usual : Number(url.port), secure }
}

/** An address of the server that the rule allows, found once, so that it cannot become another between check and connection. */
export async function addressOf(
  { host }: MailServer,
  allows: (address: string) => boolean,
): Promise<{ address: string } | MailTrouble> {
  if (isIP(host) !== 0) return allows(host) ? { address: host } : { kind: 'refused-address' }
  try {
    const found = await lookup(host, { all: true })
    const open = found.find(({ address }) => allows(address))
    return open ? { address: open.address } : { kind: 'refused-address' }
  } catch (error) {
    return { kind: 'unreachable', reason: (error as NodeJS.ErrnoException).code ?? 'DNS' }
  }
}
