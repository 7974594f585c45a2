import { z } from '@hono/zod-openapi'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { audit } from '../../base/team/audit.ts'
import {
  endPlay,
  getPlay,
  listPlays,
  notePlay,
  setStep,
  startPlay,
  stepStates,
  type Play,
} from '../../respond/playbooks/play.ts'
import {
  approvePlaybook,
  listPlaybooks,
  retirePlaybook,
  savePlaybook,
  type Playbook,
} from '../../respond/playbooks/playbook.ts'
import { listAlarms, type Alarm, type RaisedAlarm } from '../../respond/playbooks/alarm.ts'
import { readyMade } from '../../respond/playbooks/ready-made.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import * as shapes from './shapes/playbook.ts'

const tags = ['playbooks']
const at = '/api/projects/{project}/playbooks'
const ofPlays = '/api/projects/{project}/plays'
const Note = z.string().trim().min(1).max(5000)

/** Prepared schemes, and what is done by them. */
export function servePlaybooks(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      {
        en: 'Playbooks of the project, and ready-made ones to begin from',
        ru: 'Сценарии проекта и готовые для начала',
      },
      { method: 'get', path: at, tags, request: { params: InProject } },
      items(shapes.Playbook).extend({ readyMade: z.array(shapes.PlaybookInput) }),
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const playbooks = await listPlaybooks(db, project.id)
      return c.json({ items: playbooks.map(showPlaybook), readyMade: readyMade(c.var.locale) }, 200)
    },
  )

  for (const method of ['post', 'put'] as const) {
    const isNew = method === 'post'
    api.openapi(
      operation(
        isNew
          ? { en: 'Write a playbook', ru: 'Написать сценарий' }
          : {
              en: 'Change a playbook; other steps are approved anew',
              ru: 'Изменить сценарий; новые шаги согласуют снова',
            },
        {
          method,
          path: isNew ? at : `${at}/{id}`,
          tags,
          request: { params: isNew ? InProject : WithId, body: body(shapes.PlaybookInput) },
        },
        shapes.Playbook,
      ),
      async (c) => {
        const input = c.req.valid('json')
        const { project, who } = allowed(c, 'project')
        const { id = null }: { project: number; id?: number | null } = c.req.valid('param')
        const saved = await inTransaction(db, async (tx) => {
          const playbook = await savePlaybook(tx, project.id, id, input, who.name)
          await audit(tx, { project: project.id, who, action: 'desk-changed', subject: playbook.name })
          return playbook
        })
        return c.json(showPlaybook(saved), 200)
      },
    )
  }

  api.openapi(
    operation(
      { en: 'Let a playbook be used as it is written', ru: 'Согласовать сценарий в нынешнем виде' },
      { method: 'post', path: `${at}/{id}/approval`, tags, request: { params: WithId } },
      shapes.Playbook,
    ),
    async (c) => {
      const { project, who } = allowed(c, 'project')
      const { id } = c.req.valid('param')
      const approved = await inTransaction(db, async (tx) => {
        const playbook = await approvePlaybook(tx, project.id, id, { by: who.name, now: house.now() })
        await audit(tx, {
          project: project.id,
          who,
          action: 'desk-changed',
          subject: playbook.name,
          details: { approved: true },
        })
        return playbook
      })
      return c.json(showPlaybook(approved), 200)
    },
  )

  for (const method of ['delete', 'post'] as const) {
    const retired = method === 'delete'
    api.openapi(
      silentOperation(
        retired
          ? { en: 'Offer a playbook no more; what works already goes on', ru: 'Убрать сценарий; начатое продолжается' }
          : { en: 'Offer a playbook again', ru: 'Вернуть сценарий' },
        { method, path: retired ? `${at}/{id}` : `${at}/{id}/return`, tags, request: { params: WithId } },
      ),
      async (c) => {
        const { project, who } = allowed(c, 'project')
        const { id } = c.req.valid('param')
        await inTransaction(db, async (tx) => {
          await retirePlaybook(tx, project.id, id, retired)
          await audit(tx, { project: project.id, who, action: 'desk-changed', details: { playbook: id, retired } })
        })
        return c.body(null, 204)
      },
    )
  }

  api.openapi(
    operation(
      {
        en: 'Alarms of the last month, newest first, with the playbooks that answer them',
        ru: 'Тревоги за последний месяц, новые сверху, и сценарии в ответ на них',
      },
      { method: 'get', path: '/api/projects/{project}/alarms', tags, request: { params: InProject } },
      items(shapes.RaisedAlarm),
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      return c.json({ items: (await listAlarms(db, project.id)).map(showRaised) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Playbooks at work first, then those that are over', ru: 'Сначала начатые сценарии, затем завершённые' },
      {
        method: 'get',
        path: ofPlays,
        tags,
        request: {
          params: InProject,
          query: z.object({
            ticket: z.coerce
              .number()
              .int()
              .min(1)
              .max(2 ** 31 - 1)
              .optional(),
          }),
        },
      },
      items(shapes.Play),
    ),
    async (c) => {
      const { ticket = null } = c.req.valid('query')
      const { project } = allowed(c, 'ticket')
      return c.json({ items: (await listPlays(db, project.id, ticket)).map(showPlay) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Begin a playbook; its times run from now', ru: 'Начать сценарий; его сроки идут с этого момента' },
      {
        method: 'post',
        path: ofPlays,
        tags,
        request: {
          params: InProject,
          body: body(shapes.PlayStart),
        },
      },
      shapes.PlayDetail,
    ),
    async (c) => {
      const asked = c.req.valid('json')
      const { project, who } = allowed(c, 'ticket')
      const id = await startPlay(db, project.id, asked, { actor: who.name, now: house.now() })
      return c.json(await tellDetail(project.id, id), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'A playbook at work with its record', ru: 'Начатый сценарий с протоколом' },
      { method: 'get', path: `${ofPlays}/{id}`, tags, request: { params: WithId } },
      shapes.PlayDetail,
    ),
    async (c) => c.json(await showDetail(allowed(c, 'ticket').project.id, c.req.valid('param').id), 200),
  )

  api.openapi(
    operation(
      { en: 'A step is done, left out or open again', ru: 'Шаг сделан, пропущен или снова открыт' },
      {
        method: 'put',
        path: `${ofPlays}/{id}/step`,
        tags,
        request: {
          params: WithId,
          body: body(z.object({ position: z.int().min(0).max(100), state: z.enum(stepStates), note: Note.nullable() })),
        },
      },
      shapes.PlayDetail,
    ),
    async (c) => {
      const step = c.req.valid('json')
      const { project, who } = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      await setStep(db, project.id, { play: id, ...step }, { actor: who.name, now: house.now() })
      return c.json(await tellDetail(project.id, id), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Write something into the record', ru: 'Записать в протокол' },
      {
        method: 'post',
        path: `${ofPlays}/{id}/notes`,
        tags,
        request: { params: WithId, body: body(z.object({ note: Note })) },
      },
      shapes.PlayDetail,
    ),
    async (c) => {
      const { note } = c.req.valid('json')
      const { project, who } = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      await notePlay(db, project.id, id, note, { actor: who.name, now: house.now() })
      return c.json(await tellDetail(project.id, id), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'A playbook is over', ru: 'Завершить сценарий' },
      {
        method: 'post',
        path: `${ofPlays}/{id}/end`,
        tags,
        request: { params: WithId, body: body(z.object({ note: Note.nullable() })) },
      },
      shapes.PlayDetail,
    ),
    async (c) => {
      const { note } = c.req.valid('json')
      const { project, who } = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      await endPlay(db, project.id, id, note, { actor: who.name, now: house.now() })
      return c.json(await tellDetail(project.id, id), 200)
    },
  )

  /** After a change: open screens look at it anew. */
  async function tellDetail(project: number, id: number): Promise<shapes.PlayDetail> {
    const detail = await showDetail(project, id)
    await house.events.publish({ project, kind: 'ticket', ticket: detail.play.ticket?.id ?? 0 })
    return detail
  }

  async function showDetail(project: number, id: number): Promise<shapes.PlayDetail> {
    const { play, alarms, steps, record } = await getPlay(db, project, id)
    return {
      play: showPlay(play),
      alarms: alarms.map(showAlarm),
      steps: steps.map(({ memberName: member, dueAt, ...step }) => ({
        ...step,
        member,
        dueAt: dueAt?.toISOString() ?? null,
      })),
      record: record.map((line) => ({ ...line, at: line.at.toISOString() })),
    }
  }
}

function showPlaybook({ approvedAt, approvedBy, changedAt, ...playbook }: Playbook): shapes.Playbook {
  return {
    ...playbook,
    changedAt: changedAt.toISOString(),
    approved: approvedAt && { at: approvedAt.toISOString(), by: approvedBy ?? '' },
  }
}

function showAlarm({ at: when, topicId, topic, ticketId, ticketTitle, id, kind, figures, text }: Alarm): shapes.Alarm {
  return {
    ...{ id, kind, figures, text },
    at: when.toISOString(),
    topic: topic === null ? null : { id: topicId, name: topic },
    ticket: ticketId === null ? null : { id: ticketId, title: ticketTitle ?? '' },
  }
}

function showRaised(alarm: RaisedAlarm): shapes.RaisedAlarm {
  const plays = alarm.plays.map(({ endedAt, ...play }) => ({ ...play, endedAt: endedAt?.toISOString() ?? null }))
  return { ...showAlarm(alarm), mention: alarm.mentionId, plays }
}

function showPlay({ ticketId, ticketTitle, startedAt, endedAt, nextDueAt, playbookId: _, ...play }: Play): shapes.Play {
  return {
    ...play,
    ticket: ticketId === null ? null : { id: ticketId, title: ticketTitle ?? '' },
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    nextDueAt: nextDueAt?.toISOString() ?? null,
  }
}
