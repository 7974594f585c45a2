import { z } from '@hono/zod-openapi'
import { NotFound } from '../../base/errors.ts'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { audit } from '../../base/team/audit.ts'
import { may } from '../../base/team/role.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { countRead, exposureOf, exposureOfTeam, listTired } from '../../respond/care/exposure.ts'
import { findLimit, setLimit } from '../../respond/care/limit.ts'
import { findOwnCare, setOwnCare } from '../../respond/care/own.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, operation, person, silentOperation, type Api } from './door.ts'
import * as shapes from './shapes/care.ts'

const tags = ['care']
const at = '/api/projects/{project}/care'

/** What reading hard texts does to people: everybody sees their own count, who manages sees a total and who should rest. */
export function serveCare(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      {
        en: 'How many toxic texts I have read; for managers also the total and who was asked to rest',
        ru: 'Сколько тяжёлых текстов я открывал; для тех, кто ведёт проект, — ещё итог и кому предложен отдых',
      },
      { method: 'get', path: at, tags, request: { params: InProject } },
      shapes.Care,
    ),
    async (c) => {
      const { project, role } = allowed(c, 'ticket')
      const [member, now] = [person(c).id, house.now()]
      const manages = may(role, 'project')
      const tired = manages ? await listTired(db, project.id, now) : null
      return c.json(
        {
          limit: await findLimit(db, project.id),
          mine: await exposureOf(db, { member, project: project.id, now }),
          everywhere: await exposureOf(db, { member, project: null, now }),
          team: manages ? await exposureOfTeam(db, project.id, now) : null,
          tired: tired?.map(({ name, at: when }) => ({ name, at: when.toISOString() })) ?? null,
        },
        200,
      )
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Set how many toxic texts a shift may hold', ru: 'Задать, сколько тяжёлых текстов может быть в смене' },
      { method: 'put', path: at, tags, request: { params: InProject, body: body(z.object({ limit: shapes.Limit })) } },
    ),
    async (c) => {
      const { limit } = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      await inTransaction(db, async (tx) => {
        await setLimit(tx, project.id, limit)
        await audit(tx, { project: project.id, who, action: 'desk-changed', details: { toxicTextsPerShift: limit } })
      })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'How I want to be spared', ru: 'Как меня беречь' },
      { method: 'get', path: '/api/me/care', tags },
      shapes.OwnCare,
    ),
    async (c) => c.json(await findOwnCare(db, person(c).id), 200),
  )

  api.openapi(
    silentOperation(
      { en: 'Say how I want to be spared', ru: 'Указать, как меня беречь' },
      { method: 'put', path: '/api/me/care', tags, request: { body: body(shapes.OwnCare) } },
    ),
    async (c) => {
      const own = c.req.valid('json')
      await setOwnCare(db, person(c).id, own)
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'I uncovered a toxic text to read it', ru: 'Я открыл тяжёлый текст, чтобы прочитать' },
      {
        method: 'post',
        path: '/api/projects/{project}/toxic-reads',
        tags,
        request: { params: InProject, body: body(z.object({ mention: z.string().min(1).max(500) })) },
      },
      shapes.ToxicRead,
    ),
    async (c) => {
      const { mention: id } = c.req.valid('json')
      const { project } = allowed(c, 'ticket')
      const [mention] = await findMentions(house.clickhouse, project.id, [id])
      if (mention?.toxic !== true) throw new NotFound()
      const read = { member: person(c).id, project: project.id, mention: id, now: house.now() }
      return c.json(await countRead(db, read), 200)
    },
  )
}
