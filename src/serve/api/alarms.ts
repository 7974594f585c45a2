import { z } from '@hono/zod-openapi'
import { given } from '../../base/given.ts'
import { findLetterAccount } from '../../base/letters/account.ts'
import { sendLetter } from '../../base/letters/letter.ts'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { audit } from '../../base/team/audit.ts'
import {
  addChannel,
  changeChannel,
  getChannel,
  listChannels,
  reachOf,
  removeChannel,
  type AlarmChannel,
} from '../../respond/alarms/channel.ts'
import { listMessages } from '../../respond/alarms/message.ts'
import { tellBy } from '../../respond/alarms/service.ts'
import { happeningKinds, letSpikesOpenTickets, spikesOpenTickets } from '../../respond/happenings/happening.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, operation, silentOperation, WithId, type Api } from './door.ts'
import { say } from './sentences.ts'
import * as shapes from './shapes/alarm.ts'

const tags = ['alarms']
const at = '/api/projects/{project}/alarm-channels'
// Mentions told one by one would drown the rest; a spike tells of many.
const forPeople = happeningKinds.filter((kind) => kind !== 'mention.arrived')
const shown = 30

/** Who is told by e-mail, Telegram or Slack what cannot wait. */
export function serveAlarms(api: Api, house: House): void {
  const { db } = house.postgres
  const world = { db, secrets: house.secrets }

  api.openapi(
    operation(
      { en: 'Alarm channels of the project and what they were told', ru: 'Каналы тревог проекта и что в них ушло' },
      { method: 'get', path: at, tags, request: { params: InProject } },
      shapes.Alarms,
    ),
    async (c) => {
      const { project } = allowed(c, 'key')
      const messages = await listMessages(db, project.id, shown)
      return c.json(
        {
          channels: (await listChannels(db, project.id)).map(show),
          messages: messages.map((message) => ({ ...message, madeAt: message.madeAt.toISOString() })),
          spikesOpenTickets: await spikesOpenTickets(db, project.id),
          kinds: forPeople,
          hasMail: (await findLetterAccount({ ...world, letters: house.config.letters })) !== null,
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Add an alarm channel', ru: 'Добавить канал тревог' },
      { method: 'post', path: at, tags, request: { params: InProject, body: body(shapes.AlarmChannelInput) } },
      shapes.AlarmChannel,
    ),
    async (c) => {
      const { settings: typed, ...input } = c.req.valid('json')
      const { project, who } = allowed(c, 'key')
      const channel = await addChannel(world, project.id, { ...input, typed }, who.name)
      await audit(db, { project: project.id, who, action: 'alarm-changed', subject: channel.name })
      return c.json(show(channel), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Change what a channel is told, and when not', ru: 'Изменить, о чём и когда сообщать в канал' },
      { method: 'patch', path: `${at}/{id}`, tags, request: { params: WithId, body: body(shapes.AlarmChannelChange) } },
      shapes.AlarmChannel,
    ),
    async (c) => {
      const { project, who } = allowed(c, 'key')
      const change = given(c.req.valid('json'))
      const channel = await changeChannel(db, project.id, c.req.valid('param').id, change)
      await audit(db, { project: project.id, who, action: 'alarm-changed', subject: channel.name })
      return c.json(show(channel), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Remove an alarm channel', ru: 'Удалить канал тревог' },
      { method: 'delete', path: `${at}/{id}`, tags, request: { params: WithId } },
    ),
    async (c) => {
      const { project, who } = allowed(c, 'key')
      const { id } = c.req.valid('param')
      const { name } = await getChannel(db, project.id, id)
      await removeChannel(db, project.id, id)
      await audit(db, { project: project.id, who, action: 'alarm-changed', subject: name })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Send a test message to a channel now', ru: 'Отправить в канал пробное сообщение' },
      { method: 'post', path: `${at}/{id}/test`, tags, request: { params: WithId } },
      shapes.AlarmTry,
    ),
    async (c) => {
      const { project } = allowed(c, 'key')
      const channel = await getChannel(db, project.id, c.req.valid('param').id)
      const reach = await reachOf(world, channel.id)
      if (!reach) return c.json({ state: 'not-sent' as const, problem: 'signed-out' as const, reason: null }, 200)
      const url = `${house.config.publicUrl}/projects/${project.id}/settings?part=alarms`
      const subject = say('alarm-test', { project: project.name }, channel.locale, '')
      if (reach.service === 'email') {
        await inTransaction(db, async (tx) => {
          for (const to of reach.addresses)
            await sendLetter(tx, {
              ...{ key: `alarm-test:${crypto.randomUUID()}`, to, subject, text: url, project: project.id },
              until: new Date(house.now().getTime() + 3_600_000),
            })
        })
        return c.json({ state: 'written' as const, problem: null, reason: null }, 200)
      }
      const told = await tellBy({ ...house, signal: c.req.raw.signal }, reach, { subject, lines: [{ text: '', url }] })
      if (told.kind === 'sent') return c.json({ state: 'sent' as const, problem: null, reason: null }, 200)
      return c.json({ state: 'not-sent' as const, problem: told.problem, reason: told.reason }, 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Let spikes open tickets, or not', ru: 'Открывать ли тикеты по всплескам' },
      {
        method: 'put',
        path: '/api/projects/{project}/spike-tickets',
        tags,
        request: { params: InProject, body: body(z.object({ open: z.boolean() })) },
      },
    ),
    async (c) => {
      const { open } = c.req.valid('json')
      const { project, who } = allowed(c, 'key')
      await inTransaction(db, async (tx) => {
        await letSpikesOpenTickets(tx, project.id, open)
        await audit(tx, { project: project.id, who, action: 'alarm-changed', details: { spikesOpenTickets: open } })
      })
      return c.body(null, 204)
    },
  )
}

function show({ projectId: _, madeAt, ...channel }: AlarmChannel): shapes.AlarmChannel {
  return { ...channel, madeAt: madeAt.toISOString() }
}
