import { z } from '@hono/zod-openapi'
import { NotFound, UserError } from '../../base/errors.ts'
import { audit } from '../../base/team/audit.ts'
import type { Scope } from '../../base/team/scope.ts'
import { catalogue, findEntry, findSystem } from '../../respond/integrations/catalogue.ts'
import { listExchanges, tryAgain } from '../../respond/integrations/exchange.ts'
import { hold, letGo } from '../../respond/integrations/hold.ts'
import {
  connectIntegration,
  getIntegration,
  listIntegrations,
  meetAgain,
  pause,
  removeIntegration,
  setUp,
  signInAnew,
  type Integration,
} from '../../respond/integrations/integration.ts'
import { wakeByHook } from '../../respond/integrations/keep-working.ts'
import type { System } from '../../respond/integrations/system.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import { showExchange, showIntegration } from './integrations-shape.ts'
import * as shapes from './shapes/integration.ts'

const tags = ['integrations']
const at = '/api/projects/{project}/integrations'
const shownExchanges = 50

const Settings = z
  .record(z.string().max(40), z.string().max(4000))
  .openapi({ description: 'What docs/integrations asks for, by name. Kept sealed and never shown again.' })

/** CRMs and ticket systems that the work of a project goes on in. */
export function serveIntegrations(api: Api, house: House): void {
  const { db } = house.postgres
  const show = async (scope: Scope, id: number, locale: 'en' | 'ru') =>
    showIntegration(house, await getIntegration(db, scope.project.id, id), locale)
  const ioOf = (signal: AbortSignal) => ({
    request: house.request,
    now: house.now,
    signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
  })

  /** While nobody else speaks with it: what it is asked may change its account. */
  const whileHeld = async (integration: Integration, work: (system: System<unknown>) => Promise<void>) => {
    const system = findSystem(integration.system)
    if (!system) throw new NotFound()
    const held = await hold(db, integration.id, house.now())
    if (held === null)
      throw new UserError('Heed is speaking with it right now; try again in a minute', { key: 'integration-busy' })
    try {
      await work(system)
    } finally {
      await letGo(db, held)
    }
  }

  api.openapi(
    operation(
      {
        en: 'Systems that are connected, and those that can be',
        ru: 'Подключённые системы и те, что можно подключить',
      },
      { method: 'get', path: at, tags, request: { params: InProject } },
      z.object({ items: z.array(shapes.Integration), systems: z.array(shapes.IntegrationSystem) }),
    ),
    async (c) => {
      const { project } = allowed(c, 'source')
      const connected = await listIntegrations(db, project.id)
      return c.json(
        {
          items: connected.map((one) => showIntegration(house, one, c.var.locale)),
          systems: catalogue.map(({ system, fields, met }) => ({
            system: system.name,
            kind: system.kind,
            fields,
            met,
          })),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Connect a system, after asking it who we are there', ru: 'Подключить систему, проверив доступ' },
      {
        method: 'post',
        path: at,
        tags,
        request: { params: InProject, body: body(z.object({ system: z.string().max(40), settings: Settings })) },
      },
      shapes.Integration,
    ),
    async (c) => {
      const asked = c.req.valid('json')
      const scope = allowed(c, 'source')
      const system = findEntry(asked.system)?.system
      if (!system) throw new UserError('There is no such system', { key: 'integration-choice', field: 'system' })
      const input = { system, settings: asked.settings, by: scope.who.name }
      const made = await connectIntegration(db, house.secrets, scope.project.id, input, ioOf(c.req.raw.signal))
      await note(scope, 'integration-connected', made)
      return c.json(await show(scope, made.id, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Enter the access anew', ru: 'Ввести доступ заново' },
      {
        method: 'put',
        path: `${at}/{id}/account`,
        tags,
        request: { params: WithId, body: body(z.object({ settings: Settings })) },
      },
      shapes.Integration,
    ),
    async (c) => {
      const { settings } = c.req.valid('json')
      const scope = allowed(c, 'source')
      const one = await getIntegration(db, scope.project.id, c.req.valid('param').id)
      await whileHeld(one, (system) => signInAnew(db, house.secrets, one, { system, settings }, ioOf(c.req.raw.signal)))
      await note(scope, 'integration-connected', one)
      return c.json(await show(scope, one.id, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Test the access, read the lists of stages and owners anew, and go on with what waits',
        ru: 'Проверить доступ, перечитать этапы и ответственных и продолжить то, что ждёт',
      },
      { method: 'post', path: `${at}/{id}/test`, tags, request: { params: WithId } },
      shapes.Integration,
    ),
    async (c) => {
      const scope = allowed(c, 'source')
      const one = await getIntegration(db, scope.project.id, c.req.valid('param').id)
      await whileHeld(one, (system) => meetAgain(db, house.secrets, one, system, ioOf(c.req.raw.signal)))
      return c.json(await show(scope, one.id, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Say where things go and what happens by itself', ru: 'Задать, куда что попадает и что делается само' },
      {
        method: 'put',
        path: `${at}/{id}/setup`,
        tags,
        request: { params: WithId, body: body(shapes.IntegrationSetup) },
      },
      shapes.Integration,
    ),
    async (c) => {
      const setup = c.req.valid('json')
      const scope = allowed(c, 'source')
      const one = await getIntegration(db, scope.project.id, c.req.valid('param').id)
      await setUp(db, one, setup)
      await note(scope, 'integration-changed', one)
      return c.json(await show(scope, one.id, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Pause: nothing is asked there until somebody tests it', ru: 'Приостановить до следующей проверки' },
      { method: 'post', path: `${at}/{id}/pause`, tags, request: { params: WithId } },
      shapes.Integration,
    ),
    async (c) => {
      const scope = allowed(c, 'source')
      const one = await getIntegration(db, scope.project.id, c.req.valid('param').id)
      await pause(db, one.id, null)
      await note(scope, 'integration-changed', one)
      return c.json(await show(scope, one.id, c.var.locale), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Disconnect a system; what stands there stays', ru: 'Отключить систему; созданное в ней останется' },
      { method: 'delete', path: `${at}/{id}`, tags, request: { params: WithId } },
    ),
    async (c) => {
      const scope = allowed(c, 'source')
      const one = await getIntegration(db, scope.project.id, c.req.valid('param').id)
      await removeIntegration(db, scope.project.id, one.id)
      await note(scope, 'integration-removed', one)
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'The last exchanges with a system, newest first', ru: 'Последние обмены с системой' },
      {
        method: 'get',
        path: `${at}/{id}/exchanges`,
        tags,
        request: { params: WithId, query: z.object({ before: z.coerce.number().int().min(1).optional() }) },
      },
      items(shapes.IntegrationExchange),
    ),
    async (c) => {
      const { project } = allowed(c, 'source')
      const one = await getIntegration(db, project.id, c.req.valid('param').id)
      const page = { before: c.req.valid('query').before ?? null, limit: shownExchanges }
      const lines = await listExchanges(db, one.id, page)
      return c.json({ items: lines.map((line) => showExchange(line, c.var.locale)) }, 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Try an exchange again that ended without success', ru: 'Повторить обмен, который не удался' },
      {
        method: 'post',
        path: '/api/projects/{project}/integration-exchanges/{id}/retry',
        tags,
        request: { params: WithId },
      },
    ),
    async (c) => {
      const { project } = allowed(c, 'source')
      await tryAgain(db, project.id, c.req.valid('param').id, house.now())
      return c.body(null, 204)
    },
  )

  async function note(
    { project, who }: Scope,
    action: 'integration-connected' | 'integration-changed' | 'integration-removed',
    { id, system, name }: Integration,
  ): Promise<void> {
    await audit(db, { project: project.id, who, action, subject: name, details: { system, integration: id } })
  }
}

/** Where systems say that something changed. Nobody signs in here: the address itself is the secret. */
export function serveIntegrationHooks(api: Api, house: House): void {
  api.on(['GET', 'POST'], '/hooks/integrations/:id/:token', async (c) => {
    const { id } = c.req.param()
    const path = new URL(c.req.url).pathname
    const known =
      /^[1-9]\d{0,8}$/.test(id) && (await wakeByHook(house.postgres.db, house.secrets, path, Number(id), house.now()))
    return c.body(null, known ? 204 : 404)
  })
}
