import { z } from '@hono/zod-openapi'
import { answerIncident } from '../../respond/replies/answer-incident.ts'
import { longestText } from '../../respond/replies/draft.ts'
import { checkReply } from '../../respond/replies/read-draft.ts'
import type { House } from '../house.ts'
import { allowed, body, items, operation, WithId, type Api } from './door.ts'
import { showReply, showWarning } from './reply-shape.ts'
import { IncidentAnswer } from './shapes/incident-answer.ts'

/** One answer to everybody of an incident, each worded for its person. */
export function serveIncidentAnswers(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      {
        en: 'Draft one answer in every open ticket of an incident, its variables filled for each person',
        ru: 'Подготовить ответ во всех открытых обращениях инцидента, подставив данные каждого человека',
      },
      {
        method: 'post',
        path: '/api/projects/{project}/incidents/{id}/drafts',
        tags: ['replies'],
        request: {
          params: WithId,
          body: body(z.object({ text: z.string().trim().min(1).max(longestText) })),
        },
      },
      items(IncidentAnswer),
    ),
    async (c) => {
      const { project, who } = allowed(c, 'ticket')
      const by = { id: who.kind === 'key' ? `key:${who.id}` : who.id, name: who.name }
      const asked = { incident: c.req.valid('param').id, text: c.req.valid('json').text }
      const drafts = await answerIncident({ ...house, db }, project, asked, by)
      const shown: IncidentAnswer[] = []
      for (const reply of drafts) {
        const warnings = await checkReply({ ...house, db }, reply, reply.text)
        shown.push({
          reply: await showReply(db, reply, c.var.locale),
          author: reply.answers.author?.name ?? reply.answers.author?.handle ?? null,
          warnings: warnings.map((warning) => showWarning(warning, c.var.locale)),
        })
      }
      return c.json({ items: shown }, 200)
    },
  )
}
