import { z } from '@hono/zod-openapi'
import { NotFound } from '../../base/errors.ts'
import { audit } from '../../base/team/audit.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { admit } from '../../respond/knowledge/admit.ts'
import {
  addApprover,
  addressOfRequest,
  findApproval,
  listApprovers,
  removeApprover,
  requestsFor,
  settleByLink,
  type Approval,
  type Approver,
} from '../../respond/replies/approver.ts'
import { getReply } from '../../respond/replies/reply.ts'
import { announceTicket } from '../../respond/tickets/outbox.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import { Refused } from './problem.ts'
import * as shapes from './shapes/reply.ts'

const tags = ['replies']
const at = '/api/projects/{project}/reply-approvers'
/** A person opens a link and presses once or twice; more is a machine. */
const perAddress = { tries: 30, perMs: 60_000 }

/** Clients who approve replies behind a signed link, without an account. */
export function serveReplyApprovers(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Clients who approve by link', ru: 'Клиенты, которые согласуют по ссылке' },
      { method: 'get', path: at, tags, request: { params: InProject } },
      items(shapes.Approver),
    ),
    async (c) => c.json({ items: (await listApprovers(db, allowed(c, 'project').project.id)).map(show) }, 200),
  )

  api.openapi(
    operation(
      { en: 'Add a client who approves by link', ru: 'Добавить клиента, который согласует по ссылке' },
      { method: 'post', path: at, tags, request: { params: InProject, body: body(shapes.NewApprover) } },
      shapes.Approver,
    ),
    async (c) => {
      const { project, who } = allowed(c, 'project')
      const added = await addApprover(db, project.id, c.req.valid('json'), who.name, house.now())
      await audit(db, { project: project.id, who, action: 'approver-added', subject: added.name })
      return c.json(show(added), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Remove a client: their links end', ru: 'Убрать клиента: его ссылки перестают действовать' },
      { method: 'delete', path: `${at}/{id}`, tags, request: { params: WithId } },
    ),
    async (c) => {
      const { project, who } = allowed(c, 'project')
      const { id } = c.req.valid('param')
      await removeApprover(db, project.id, id, house.now())
      await audit(db, { project: project.id, who, action: 'approver-removed', subject: `#${id}` })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      {
        en: 'The links by which clients approve a reply that waits for them',
        ru: 'Ссылки, по которым клиенты согласуют ожидающий их ответ',
      },
      { method: 'get', path: '/api/projects/{project}/replies/{id}/approval-links', tags, request: { params: WithId } },
      items(shapes.ApprovalRequest),
    ),
    async (c) => {
      const { project, who } = allowed(c, 'project')
      const reply = await getReply(db, project.id, c.req.valid('param').id)
      // Nobody approves what they wrote, also not behind the link of somebody else.
      const isOwn = (who.kind === 'key' ? `key:${who.id}` : who.id) === reply.writerId
      const requests = isOwn ? [] : await requestsFor(db, project.id, reply, house.now())
      return c.json(
        {
          items: requests.map(({ id, approver, email }) => ({
            approver,
            email,
            link: addressOfRequest(house.secrets, house.config.publicUrl, id),
          })),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'What the link of a client asks them to approve; without an account',
        ru: 'Что просит согласовать ссылка клиента; без учётной записи',
      },
      { method: 'post', path: '/api/public/reply-approval', tags, request: { body: body(shapes.ApprovalLink) } },
      shapes.AskedApproval,
    ),
    async (c) => {
      await admitAddress(c.var.address)
      return c.json(await ask(await behindLink(c.req.valid('json').link)), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Approve one of the replies, in own words if need be, or give it back; without an account',
        ru: 'Согласовать один из ответов, при желании поправив, или вернуть его; без учётной записи',
      },
      { method: 'post', path: '/api/public/reply-settlement', tags, request: { body: body(shapes.LinkSettlement) } },
      shapes.AskedApproval,
    ),
    async (c) => {
      await admitAddress(c.var.address)
      const { link, ...settlement } = c.req.valid('json')
      const settled = await settleByLink(db, await behindLink(link), settlement)
      await announceTicket({ ...house, db }, { id: settled.ticketId, projectId: settled.projectId })
      return c.json(await ask(await behindLink(link)), 200)
    },
  )

  async function admitAddress(address: string): Promise<void> {
    const admission = await admit(db, `approval ${address}`, perAddress, house.now())
    if (admission.kind === 'admitted') return
    const seconds = Math.max(1, Math.ceil((admission.retryAt.getTime() - house.now().getTime()) / 1000))
    throw new Refused(429, 'public-too-often', { values: { seconds }, headers: { 'retry-after': String(seconds) } })
  }

  /** A link that is not ours, or has ended, is like an address that names nothing. */
  async function behindLink(link: string): Promise<Approval> {
    const approval = await findApproval(db, house.secrets, link, house.now())
    if (!approval) throw new NotFound()
    return approval
  }

  async function ask(approval: Approval): Promise<shapes.AskedApproval> {
    const { approver, projectName, platform, mentionId, replies, endsAt } = approval
    const [mention] = await findMentions(house.clickhouse, approver.projectId, [mentionId])
    return {
      ...{ project: projectName, approver: approver.name, platform, endsAt: endsAt.toISOString() },
      mention: mention ? { title: mention.title, text: mention.text, url: mention.url, lang: mention.lang } : null,
      replies: replies.map(({ id, version, text, writer }) => ({ id, version, text, writer })),
    }
  }
}

function show({ id, name, email, lang }: Approver): z.infer<typeof shapes.Approver> {
  return { id, name, email, lang }
}
