import { z } from '@hono/zod-openapi'
import { must, UserError } from '../../base/errors.ts'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { audit } from '../../base/team/audit.ts'
import { healthOf } from '../../listen/collect/health.ts'
import {
  addSource,
  askToCheckNow,
  changeSource,
  getSource,
  keepSecrets,
  listSources,
  givenSecrets,
  openSecrets,
  removeSource,
  type Source,
} from '../../listen/collect/source.ts'
import { trySource } from '../../listen/collect/try-source.ts'
import { countBySource } from '../../listen/collect/volume.ts'
import { latencyQuantile } from '../../listen/collect/latency.ts'
import type { CatalogueEntry, CatalogueField } from '../../listen/connectors/catalogue-entry.ts'
import { catalogue, findConnector } from '../../listen/connectors/catalogue.ts'
import type { Connector } from '../../listen/connectors/connector.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import { sayTrouble, type Locale } from './source-words.ts'
import { serveBudgets } from './sources-budgets.ts'
import { serveEngagement } from './sources-engagement.ts'
import { servePushAddress } from './sources-push.ts'
import * as shapes from './shapes/source.ts'

const tags = ['sources']

const Settings = z.record(z.string().max(40), z.string().trim().max(4000))
const Secrets = z.record(z.string().max(40), z.string().min(1).max(20_000)).openapi({
  description: 'Tokens and passwords by the names of the catalogue. They are kept sealed and never shown again.',
})

const Address = z.object({
  platform: z.string().max(40),
  url: z
    .string()
    .trim()
    .min(1)
    .max(4000)
    .openapi({ description: 'An address, or what else the catalogue asks for: a channel, words to look for.' }),
  settings: Settings.optional().openapi({ description: 'Further fields of the catalogue, by their names.' }),
  secrets: Secrets.optional(),
})
const SourceInput = Address.extend({ name: z.string().trim().min(1).max(200).optional() })
const SourceChange = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  state: z.enum(['active', 'paused']).optional(),
  secrets: Secrets.optional().openapi({ description: 'Replaces those of these names.' }),
})

/** What a project is collected from, and what becomes of it there. */
export function serveSources(api: Api, house: House): void {
  const { db } = house.postgres
  serveEngagement(api, house)
  servePushAddress(api, house)
  serveBudgets(api, house)

  api.openapi(
    operation(
      { en: 'Every platform that can be collected', ru: 'Площадки, которые можно подключить' },
      { method: 'get', path: '/api/catalogue', tags },
      items(shapes.CatalogueEntry),
    ),
    async (c) => c.json({ items: catalogue.map((entry) => showEntry(entry, c.var.locale)) }, 200),
  )

  api.openapi(
    operation(
      { en: 'Sources of the project', ru: 'Источники проекта' },
      { method: 'get', path: '/api/projects/{project}/sources', tags, request: { params: InProject } },
      items(shapes.Source),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      return c.json({ items: await show(project.id, await listSources(db, project.id), c.var.locale) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Add a source', ru: 'Добавить источник' },
      {
        method: 'post',
        path: '/api/projects/{project}/sources',
        tags,
        request: { params: InProject, body: body(SourceInput) },
      },
      shapes.Source,
    ),
    async (c) => {
      const { name, ...asked } = c.req.valid('json')
      const { project, who } = allowed(c, 'source')
      const { connector, ...given } = enteredWith(asked, project.timeZone)
      const source = await inTransaction(db, async (tx) => {
        const added = await addSource({ db: tx, secrets: house.secrets }, project.id, connector, {
          ...given,
          name: name ?? null,
        })
        await audit(tx, {
          project: project.id,
          who,
          action: 'source-added',
          subject: added.name,
          details: { source: added.id, url: added.url },
        })
        return added
      })
      await house.events.publish({ project: project.id, kind: 'source', source: source.id })
      return c.json(await showOne(project.id, source, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Look at what a source would bring, before adding it',
        ru: 'Посмотреть, что принесёт источник, до добавления',
      },
      {
        method: 'post',
        path: '/api/projects/{project}/sources/check',
        tags,
        request: { params: InProject, body: body(Address) },
      },
      shapes.SourceCheck,
    ),
    async (c) => {
      const { project } = allowed(c, 'source')
      const { connector, ...given } = enteredWith(c.req.valid('json'), project.timeZone)
      const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(45_000)])
      const tried = await trySource({ ...house, db, project: project.id }, connector, given, signal)
      if (tried.kind === 'refused') throw tried.error
      const { movedTo } = tried
      if (tried.kind === 'not-readable') {
        const told = tried.answer.hint ?? ''
        const { key, values } = tried.answer.problem ?? { key: 'source-failed', values: { hint: told } }
        const hint = sayTrouble({ key, values, hint: told || key }, c.var.locale)
        return c.json({ ok: false, title: null, hint, movedTo, items: [] }, 200)
      }
      const found = tried.items.map(({ id, url: link, title, text, postedAt }) => ({
        id,
        url: link,
        title,
        text: text.slice(0, 2000),
        postedAt: postedAt?.toISOString() ?? null,
      }))
      return c.json({ ok: true, title: tried.title, hint: null, movedTo, items: found }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Rename, pause or go on with a source', ru: 'Переименовать, приостановить или возобновить источник' },
      {
        method: 'patch',
        path: '/api/projects/{project}/sources/{id}',
        tags,
        request: { params: WithId, body: body(SourceChange) },
      },
      shapes.Source,
    ),
    async (c) => {
      const { secrets, ...change } = c.req.valid('json')
      const { project, who } = allowed(c, 'source')
      const there = await getSource(db, project.id, c.req.valid('param').id)
      const { id } = there
      const names = Object.keys(secrets ?? {})
      const known = fieldsOf(there.platform)
      const unknown = names.find((one) => !known.some((field) => field.name === one && field.secret))
      if (unknown !== undefined) throw noSuchField(unknown)
      const source = await inTransaction(db, async (tx) => {
        if (secrets) await keepSecrets({ db: tx, secrets: house.secrets }, there, secrets)
        const changed = await changeSource(tx, id, change, house.now())
        await audit(tx, {
          project: project.id,
          who,
          action: 'source-changed',
          subject: changed.name,
          details: { source: id, ...change, ...(names.length > 0 && { secrets: names }) },
        })
        return changed
      })
      await house.events.publish({ project: project.id, kind: 'source', source: id })
      return c.json(await showOne(project.id, source, c.var.locale), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Remove a source; what it brought stays', ru: 'Удалить источник; собранное останется' },
      { method: 'delete', path: '/api/projects/{project}/sources/{id}', tags, request: { params: WithId } },
    ),
    async (c) => {
      const { project, who } = allowed(c, 'source')
      const source = await getSource(db, project.id, c.req.valid('param').id)
      await inTransaction(db, async (tx) => {
        await removeSource(tx, source.id)
        await audit(tx, {
          project: project.id,
          who,
          action: 'source-removed',
          subject: source.name,
          details: { source: source.id, url: source.url },
        })
      })
      await house.events.publish({ project: project.id, kind: 'source', source: source.id })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Check a source at once', ru: 'Проверить источник сейчас' },
      { method: 'post', path: '/api/projects/{project}/sources/{id}/check-now', tags, request: { params: WithId } },
      shapes.Source,
    ),
    async (c) => {
      const { project } = allowed(c, 'source')
      const { id } = await getSource(db, project.id, c.req.valid('param').id)
      return c.json(await showOne(project.id, await askToCheckNow(db, id, house.now()), c.var.locale), 200)
    },
  )

  async function showOne(project: number, source: Source, locale: Locale): Promise<shapes.Source> {
    return must((await show(project, [source], locale))[0])
  }

  async function show(project: number, sources: Source[], locale: Locale): Promise<shapes.Source[]> {
    const mentions = await countBySource(
      house.clickhouse,
      project,
      sources.map(({ id }) => id),
    )
    return sources.map((source) => ({
      ...showSource(source, mentions.get(source.id) ?? 0, house.now(), locale),
      secrets: Object.keys(givenSecrets(openSecrets(house.secrets, source))),
    }))
  }
}

function showSource(source: Source, mentions: number, now: Date, locale: Locale): Omit<shapes.Source, 'secrets'> {
  const { id, platform, name, url, state } = source
  const { health, trouble } = healthOf(source, now)
  return {
    ...{ id, platform, name, url: withoutPassword(url), state, health, mentions },
    lastCheckedAt: source.lastCheckedAt?.toISOString() ?? null,
    lastItemAt: source.lastItemAt?.toISOString() ?? null,
    nextCheckAt: state === 'active' ? source.nextCheckAt.toISOString() : null,
    lastError: trouble && sayTrouble(trouble, locale),
    latency: { medianMs: latencyQuantile(source.latency, 0.5), p95Ms: latencyQuantile(source.latency, 0.95) },
    catchingUp: source.catchingUp,
  }
}

/** What a person entered, with the fields that the catalogue asks for and no others. */
function enteredWith(asked: z.infer<typeof Address>, timeZone: string) {
  const connector = connectorOf(asked.platform)
  const fields = fieldsOf(asked.platform)
  const given = { ...asked.settings, ...asked.secrets }
  for (const name of Object.keys(given)) if (!fields.some((field) => field.name === name)) throw noSuchField(name)
  for (const name of Object.keys(asked.settings ?? {}))
    if (fields.some((field) => field.name === name && field.secret)) throw noSuchField(name)
  for (const { name, required } of fields)
    if (required && (given[name] ?? '').trim() === '')
      throw new UserError(`${name} is missing`, { key: 'source-field-missing', field: name })
  return { connector, settings: { ...asked.settings, url: asked.url, timeZone }, secrets: asked.secrets ?? {} }
}

function fieldsOf(platform: string): CatalogueField[] {
  return catalogue.find(({ connector }) => connector.platform === platform)?.fields ?? []
}

function noSuchField(name: string): UserError {
  return new UserError(`This platform asks for no ${name}`, {
    key: 'source-field-unknown',
    values: { name },
    field: name,
  })
}

// A feed behind a sign-in has name and password in its address; the screens show where it is, not how to enter.
function withoutPassword(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return url
  const shown = new URL(url)
  shown.username = shown.password = ''
  return shown.href
}

function connectorOf(platform: string): Connector<unknown> {
  const connector = findConnector(platform)
  if (!connector)
    throw new UserError('There is no such platform', {
      key: 'platform-unknown',
      values: { platform },
      field: 'platform',
    })
  return connector
}

function showEntry({ connector, example, words, fields = [] }: CatalogueEntry, locale: Locale): shapes.CatalogueEntry {
  const { needs, collects, replies, cost, follows } = connector.capabilities
  return {
    platform: connector.platform,
    ...words[locale],
    ...{ example, needs, collects, replies, cost, follows },
    fields: fields.map(({ words: said, ...field }) => ({ ...field, ...said[locale] })),
  }
}
