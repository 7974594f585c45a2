import { z } from '@hono/zod-openapi'
import { randomUUID } from 'node:crypto'
import { UserError } from '../../base/errors.ts'
import { findLetterAccount, removeLetterAccount, saveLetterAccount, senderOf } from '../../base/letters/account.ts'
import { problemOf } from '../../base/letters/deliver.ts'
import { isAddress, listLetters, sendAgain } from '../../base/letters/letter.ts'
import { submitMail } from '../../base/mail/submit.ts'
import { audit } from '../../base/team/audit.ts'
import { allowHead } from '../../base/team/scope.ts'
import type { House } from '../house.ts'
import { body, operation, silentOperation, type Api } from './door.ts'
import { say } from './sentences.ts'
import * as shapes from './shapes/letter.ts'

const tags = ['letters']
const at = '/api/letters'
const shown = 50

/** The mail account of the installation and what it has sent, for heads. */
export function serveLetters(api: Api, house: House): void {
  const { db } = house.postgres
  const world = { db, secrets: house.secrets, letters: house.config.letters }

  api.openapi(
    operation(
      {
        en: 'Letters of the installation, and the account they leave by',
        ru: 'Письма установки и ящик, с которого они уходят',
      },
      { method: 'get', path: at, tags },
      shapes.Letters,
    ),
    async (c) => {
      allowHead(c.var.who)
      return c.json(await show(), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Set the account; letters that wait are tried at once',
        ru: 'Задать ящик; письма, которые ждут, уйдут сразу',
      },
      { method: 'put', path: `${at}/account`, tags, request: { body: body(shapes.LetterAccountInput) } },
      shapes.Letters,
    ),
    async (c) => {
      const input = c.req.valid('json')
      allowHead(c.var.who)
      refuseOverEnvironment()
      await saveLetterAccount(world, input)
      const { server, address } = input
      await audit(db, {
        project: null,
        who: c.var.who,
        action: 'letters-changed',
        subject: address,
        details: { server },
      })
      return c.json(await show(), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Take the account out; letters wait from then on', ru: 'Убрать ящик; письма с этого времени ждут' },
      { method: 'delete', path: `${at}/account`, tags },
    ),
    async (c) => {
      allowHead(c.var.who)
      refuseOverEnvironment()
      await removeLetterAccount(db)
      await audit(db, { project: null, who: c.var.who, action: 'letters-changed' })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Send a test letter now', ru: 'Отправить пробное письмо' },
      { method: 'post', path: `${at}/test`, tags, request: { body: body(z.object({ to: z.string().max(254) })) } },
      shapes.LetterTry,
    ),
    async (c) => {
      const { to } = c.req.valid('json')
      allowHead(c.var.who)
      if (!isAddress(to)) throw new UserError('This is no address', { key: 'invalid-email', field: 'to' })
      const account = await findLetterAccount(world)
      if (account === null)
        throw new UserError('There is no account yet', { key: 'letters-no-account', field: 'server' })
      const url = house.config.publicUrl
      const message = {
        messageId: `<heed.${randomUUID()}@${account.address.split('@').at(-1) ?? ''}>`,
        from: senderOf(account),
        to,
        subject: say('letters-test-subject', {}, c.var.locale, ''),
        text: say('letters-test-text', { url }, c.var.locale, ''),
        headers: { 'Auto-Submitted': 'auto-generated' },
      }
      const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(45_000)])
      const allows = account.byEnvironment ? () => true : house.allows
      const problem = problemOf(await submitMail(account.login, message, { allows, signal }))
      return c.json({ problem }, 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Send a letter again that may not have arrived', ru: 'Отправить ещё раз письмо, которое могло не дойти' },
      { method: 'post', path: `${at}/{id}/again`, tags, request: { params: z.object({ id: letterId }) } },
    ),
    async (c) => {
      allowHead(c.var.who)
      await sendAgain(db, c.req.valid('param').id)
      return c.body(null, 204)
    },
  )

  function refuseOverEnvironment(): void {
    if (house.config.letters !== null)
      throw new UserError('HEED_SMTP_URL names the account', { key: 'letters-by-environment' })
  }

  async function show(): Promise<shapes.Letters> {
    const { letters, counts } = await listLetters(db, shown)
    const account = await findLetterAccount(world)
    return {
      account: account && {
        server: printServer(account.login.server),
        user: account.login.user,
        address: account.address,
        name: account.name,
        byEnvironment: account.byEnvironment,
      },
      counts,
      items: letters.map((letter) => ({
        ...letter,
        writtenAt: letter.writtenAt.toISOString(),
        dueAt: letter.dueAt.toISOString(),
        endedAt: letter.endedAt?.toISOString() ?? null,
      })),
    }
  }
}

const letterId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)
  .openapi({ type: 'integer', minimum: 1 })

function printServer({ host, port, secure }: { host: string; port: number; secure: boolean }): string {
  return `${secure ? 'smtps' : 'smtp'}://${host.includes(':') ? `[${host}]` : host}:${port}`
}
