import { z } from '@hono/zod-openapi'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { audit } from '../../base/team/audit.ts'
import { dryRun, dryRunDays } from '../../respond/rules/dry-run.ts'
import { countRuns, listRuns, type Ran, type RuleRun } from '../../respond/rules/history.ts'
import {
  addRule,
  changeRule,
  getRule,
  listRules,
  orderRules,
  retireRule,
  switchOff,
  switchOn,
  type Rule,
} from '../../respond/rules/rule.ts'
import { readQuery } from '../../listen/topics/topic.ts'
import type { House } from '../house.ts'
import { readCursor } from './cursor.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import { showMentions } from './mention-shape.ts'
import { say } from './sentences.ts'
import * as shapes from './shapes/rule.ts'

const tags = ['rules']
const at = '/api/projects/{project}/rules'
const ofRuns = '/api/projects/{project}/rule-runs'
const perPage = 50

/** What a project lets Heed do by itself: when, if, then. For those who manage it. */
export function serveRules(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Rules in the order in which they run', ru: 'Правила в порядке выполнения' },
      { method: 'get', path: at, tags, request: { params: InProject } },
      items(shapes.Rule),
    ),
    async (c) => {
      const { project } = allowed(c, 'project')
      const ran = await countRuns(db, project.id, house.now())
      return c.json({ items: (await listRules(db, project.id)).map((rule) => showRule(rule, ran)) }, 200)
    },
  )

  for (const method of ['post', 'put'] as const) {
    const isNew = method === 'post'
    api.openapi(
      operation(
        isNew
          ? { en: 'Add a rule, switched off', ru: 'Добавить правило, пока выключенное' }
          : {
              en: 'Change a rule; what it does anew is switched on anew',
              ru: 'Изменить правило; после этого его включают снова',
            },
        {
          method,
          path: isNew ? at : `${at}/{id}`,
          tags,
          request: { params: isNew ? InProject : WithId, body: body(shapes.RuleInput) },
        },
        shapes.Rule,
      ),
      async (c) => {
        const input = c.req.valid('json')
        const { project, who } = allowed(c, 'project')
        const { id }: { project: number; id?: number } = c.req.valid('param')
        const rule = await inTransaction(db, async (tx) => {
          const saved =
            id === undefined
              ? await addRule(tx, project.id, input, who.name)
              : await changeRule(tx, project.id, id, input, who.name)
          await audit(tx, { project: project.id, who, action: 'desk-changed', subject: saved.name, details: input })
          return saved
        })
        return c.json(showRule(rule, await countRuns(db, project.id, house.now())), 200)
      },
    )
  }

  for (const method of ['post', 'delete'] as const) {
    const on = method === 'post'
    api.openapi(
      operation(
        on
          ? {
              en: 'Switch a rule on for what happens from now on',
              ru: 'Включить правило для всего, что произойдёт дальше',
            }
          : { en: 'Switch a rule off', ru: 'Выключить правило' },
        { method, path: `${at}/{id}/activity`, tags, request: { params: WithId } },
        shapes.Rule,
      ),
      async (c) => {
        const { project, who } = allowed(c, 'project')
        const { id } = c.req.valid('param')
        const rule = await inTransaction(db, async (tx) => {
          const switched = await (on ? switchOn(tx, project.id, id, house.now()) : switchOff(tx, project.id, id))
          await audit(tx, { project: project.id, who, action: 'desk-changed', subject: switched.name, details: { on } })
          return switched
        })
        return c.json(showRule(rule, await countRuns(db, project.id, house.now())), 200)
      },
    )
  }

  for (const method of ['delete', 'post'] as const) {
    const retired = method === 'delete'
    api.openapi(
      silentOperation(
        retired
          ? { en: 'Take a rule out; its history stays', ru: 'Убрать правило; его история остаётся' }
          : { en: 'Bring a rule back, switched off', ru: 'Вернуть правило выключенным' },
        { method, path: retired ? `${at}/{id}` : `${at}/{id}/return`, tags, request: { params: WithId } },
      ),
      async (c) => {
        const { project, who } = allowed(c, 'project')
        const { id } = c.req.valid('param')
        await inTransaction(db, async (tx) => {
          await retireRule(tx, project.id, id, retired)
          await audit(tx, { project: project.id, who, action: 'desk-changed', details: { rule: id, retired } })
        })
        return c.body(null, 204)
      },
    )
  }

  api.openapi(
    silentOperation(
      { en: 'Set the order in which rules run', ru: 'Задать порядок выполнения правил' },
      {
        method: 'put',
        path: '/api/projects/{project}/rule-order',
        tags,
        request: { params: InProject, body: body(z.object({ ids: z.array(z.int().min(1)).max(1000) })) },
      },
    ),
    async (c) => {
      const { ids } = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      await inTransaction(db, async (tx) => {
        await orderRules(tx, project.id, ids)
        await audit(tx, { project: project.id, who, action: 'desk-changed', details: { order: ids } })
      })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      {
        en: 'What a rule would have done in the last 30 days; changes nothing',
        ru: 'Что правило сделало бы за последние 30 дней; ничего не меняет',
      },
      {
        method: 'post',
        path: '/api/projects/{project}/rule-trial',
        tags,
        request: {
          params: InProject,
          body: body(
            z.object({
              rule: shapes.RuleInput,
              id: z.int().min(1).nullable().openapi({ description: 'The rule it would take the place of.' }),
            }),
          ),
        },
      },
      shapes.DryRun,
    ),
    async (c) => {
      const { rule, id } = c.req.valid('json')
      const { project } = allowed(c, 'project')
      if (id !== null) await getRule(db, project.id, id)
      if (rule.query.trim() !== '') await readQuery(db, project.id, rule.query)
      const world = { db, clickhouse: house.clickhouse }
      const { sample, ...found } = await dryRun(world, project.id, { rule, id, now: house.now() })
      const mentions = sample.flatMap(({ mention }) => mention ?? [])
      const shown = new Map(
        (await showMentions(house.clickhouse, project.id, mentions)).map((mention) => [mention.id, mention]),
      )
      return c.json(
        {
          ...found,
          days: dryRunDays,
          sample: sample.map(({ mention, ...tried }) => ({
            ...tried,
            at: tried.at.toISOString(),
            mention: (mention && shown.get(mention.id)) ?? null,
          })),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'What rules did, newest first', ru: 'Что сделали правила, новое сверху' },
      {
        method: 'get',
        path: ofRuns,
        tags,
        request: {
          params: InProject,
          query: z.object({
            rule: z.coerce
              .number()
              .int()
              .min(1)
              .max(2 ** 31 - 1)
              .optional(),
            cursor: z.string().max(40).optional(),
          }),
        },
      },
      items(shapes.RuleRun).extend({ next: z.string().nullable() }),
    ),
    async (c) => {
      const { rule = null, cursor } = c.req.valid('query')
      const { project } = allowed(c, 'project')
      const page = await listRuns(db, project.id, { rule, before: readCursor(cursor), limit: perPage })
      return c.json(
        {
          items: page.items.map((run) => showRun(run, c.var.locale)),
          next: page.next === null ? null : String(page.next),
        },
        200,
      )
    },
  )
}

function showRule(rule: Rule, ran: Map<number, Ran>): shapes.Rule {
  const { id, name, trigger, query, conditions, actions, onSince, changedAt, changedBy } = rule
  const lately = ran.get(id)
  return {
    ...{ id, name, trigger, query, conditions, actions, changedBy },
    onSince: onSince?.toISOString() ?? null,
    changedAt: changedAt.toISOString(),
    lately: lately ? { ...lately, lastAt: lately.lastAt.toISOString() } : null,
  }
}

function showRun(run: RuleRun, locale: 'en' | 'ru'): shapes.RuleRun {
  const { id, at: when, outcome, did, problem, byRule } = run
  return {
    ...{ id, outcome, did, byRule },
    at: when.toISOString(),
    rule: { id: run.ruleId, name: run.ruleName },
    problem: problem && say(problem.key, problem.values, locale, problem.message),
    mention: run.mentionId,
    alarm: run.alarmId,
    ticket: run.ticketId === null ? null : { id: run.ticketId, title: run.ticketTitle ?? '' },
  }
}
