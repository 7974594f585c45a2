import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser'
import { htmlToText, tidy } from '../html-to-text.ts'
import { spoken } from './quoted.ts'

/** A message as its reader understands it. Ids of messages stand without angle brackets. */
export type Mail = {
  id: string | null
  /** The message it answers, and the first of its thread. */
  answers: string | null
  root: string | null
  from: { address: string; name: string | null } | null
  subject: string | null
  date: Date | null
  /** Without what it quotes of earlier messages. */
  text: string
  links: string[]
  attachments: string[]
  hasImage: boolean
  kind: 'written' | 'bounce' | 'auto-reply' | 'bulk'
  /** Of a bounce: the message that was not delivered. */
  undelivered: string | null
}

/** Reads a message however broken it is: what cannot be read is null or empty. */
export async function readMail(bytes: Uint8Array): Promise<Mail> {
  const parsed = await simpleParser(Buffer.from(bytes), {
    skipTextToHtml: true,
    skipImageLinks: true,
    skipHtmlToText: true,
  })
  const html = typeof parsed.html === 'string' ? htmlToText(parsed.html) : null
  const plain = parsed.text === undefined ? '' : tidy(parsed.text)
  const body = plain === '' ? (html?.text ?? '') : plain
  const references = referencesOf(parsed)
  const files = parsed.attachments.filter(({ related, contentType }) => !related && !report.test(contentType))
  return {
    id: bare(parsed.messageId),
    answers: bare(parsed.inReplyTo) ?? references.at(-1) ?? null,
    root: references[0] ?? bare(parsed.inReplyTo),
    from: senderOf(parsed.from),
    subject: parsed.subject?.trim() || null,
    date: dateOf(parsed),
    text: spoken(body),
    links: html?.links ?? [...body.matchAll(/https?:\/\/[^\s<>"')\]]+/g)].map(([link]) => link).slice(0, 200),
    attachments: files.map(({ filename, contentType }) => filename ?? contentType),
    hasImage: parsed.attachments.some(({ contentType }) => contentType.startsWith('image/')),
    ...whatItIs(parsed),
  }
}

/** The parser takes a date that it cannot read for this moment. */
function dateOf({ date, headerLines }: ParsedMail): Date | null {
  const line = headerLines.find(({ key }) => key === 'date')?.line ?? ''
  const written = new Date(
    line
      .slice(line.indexOf(':') + 1)
      .replace(/\s+/g, ' ')
      .trim(),
  )
  return date === undefined || Number.isNaN(written.getTime()) ? null : date
}

const report = /^message\/(delivery-status|rfc822|global)|^text\/rfc822-headers/

/**
 * RFC 3464 for bounces, RFC 3834 for machines that answer; older ones say it in headers of their own. A list is told by
 * RFC 2919 and 2369.
 */
function whatItIs(parsed: ParsedMail): Pick<Mail, 'kind' | 'undelivered'> {
  const header = (name: string): string => {
    const value = parsed.headers.get(name)
    return typeof value === 'string' ? value.toLowerCase() : value === undefined ? '' : headerText(value)
  }
  const type = parsed.headers.get('content-type')
  const reportType =
    typeof type === 'object' && 'params' in type ? String(type.params['report-type'] ?? '').toLowerCase() : ''
  const sender = senderOf(parsed.from)?.address ?? ''
  if (reportType === 'delivery-status' || /^(mailer-daemon|postmaster)@/.test(sender))
    return { kind: 'bounce', undelivered: undeliveredId(parsed) }
  const submitted = header('auto-submitted')
  const isAutomatic =
    (submitted !== '' && submitted !== 'no') ||
    header('x-autoreply') !== '' ||
    header('x-autorespond') !== '' ||
    /auto.?reply/.test(header('precedence')) ||
    /^(auto|automatic reply|automatische antwort|автоответ|автоматический ответ)[: ]/i.test(parsed.subject ?? '')
  if (isAutomatic) return { kind: 'auto-reply', undelivered: null }
  const isBulk = /bulk|list|junk/.test(header('precedence')) || parsed.headers.has('list')
  return { kind: isBulk ? 'bulk' : 'written', undelivered: null }
}

/** The report carries the headers of the message it is about, as a part of its own. */
function undeliveredId(parsed: ParsedMail): string | null {
  const parts = parsed.attachments.map(({ content }) => content.subarray(0, 64_000).toString('latin1'))
  for (const part of [...parts, parsed.text ?? '']) {
    const found = /^(?:x-)?(?:original-)?message-id:\s*<([^<>\s]+)>/im.exec(part)?.[1]
    if (found !== undefined) return found
  }
  return null
}

function headerText(value: object): string {
  return JSON.stringify(value).toLowerCase()
}

function referencesOf(parsed: ParsedMail): string[] {
  const all = typeof parsed.references === 'string' ? [parsed.references] : (parsed.references ?? [])
  return all
    .flatMap((one) => one.split(/\s+/))
    .map(bare)
    .filter((one) => one !== null)
}

function bare(id: string | undefined): string | null {
  const inside = id?.trim().replace(/^<|>$/g, '').trim() ?? ''
  return inside === '' || /[\s<>]/.test(inside) ? null : inside
}

function senderOf(from: AddressObject | undefined): Mail['from'] {
  const [first] = from?.value ?? []
  if (!first?.address) return null
  return { address: first.address.toLowerCase(), name: first.name?.trim() || null }
}
