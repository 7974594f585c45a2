import { audit } from '../../base/team/audit.ts'
import { getVoice, setVoice } from '../../respond/replies/voice.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, operation, type Api } from './door.ts'
import { Voice } from './shapes/voice.ts'

const tags = ['replies']
const path = '/api/projects/{project}/reply-voice'

/** How a client speaks and is called; drafts are read by it before they go out. */
export function serveReplyVoice(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'How the client speaks and is called', ru: 'Как говорит клиент и как его называют' },
      { method: 'get', path, tags, request: { params: InProject } },
      Voice,
    ),
    async (c) => c.json(await getVoice(db, allowed(c, 'ticket').project.id), 200),
  )

  api.openapi(
    operation(
      {
        en: 'Set how the client speaks and is called; replies that differ are stopped',
        ru: 'Задать, как говорит клиент и как его называют; другие ответы не уйдут',
      },
      {
        method: 'put',
        path,
        tags,
        request: { params: InProject, body: body(Voice) },
      },
      Voice,
    ),
    async (c) => {
      const voice = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      await setVoice(db, project.id, voice)
      await audit(db, { project: project.id, who, action: 'reply-voice-set', details: voice })
      return c.json(voice, 200)
    },
  )
}
