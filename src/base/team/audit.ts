import { sql } from 'kysely'
import { list, type Database } from '../postgres/postgres.ts'
import type { Who } from './scope.ts'

export type AuditAction =
  | 'sign-in'
  | 'sign-in-failed'
  | 'sign-out'
  | 'password-set'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'second-factor-removed'
  | 'recovery-codes-made'
  | 'email-changed'
  | 'member-invited'
  | 'member-removed'
  | 'role-changed'
  | 'link-made'
  | 'key-made'
  | 'key-removed'
  | 'project-created'
  | 'project-changed'
  | 'project-removed'
  | 'topic-saved'
  | 'topic-removed'
  | 'list-saved'
  | 'list-removed'
  | 'categories-saved'
  | 'categories-removed'
  | 'export'
  | 'import'
  | 'source-added'
  | 'budget-set'
  | 'source-changed'
  | 'source-removed'
  /** Queues, fields, working hours, promises or rules. */
  | 'desk-changed'
  | 'account-connected'
  | 'account-disconnected'
  | 'reply-policy-set'
  | 'reply-voice-set'
  | 'approver-added'
  | 'approver-removed'
  | 'integration-connected'
  | 'integration-changed'
  | 'integration-removed'
  | 'reply-sent'
  | 'reply-edited'
  | 'reply-removed'
  | 'accounts-joined'
  | 'accounts-separated'
  | 'consent-noted'
  | 'person-forgotten'
  | 'help-page-changed'
  /** The account that letters of the installation go out from. */
  | 'letters-changed'
  | 'webhook-changed'
  | 'alarm-changed'

export type AuditEntry = {
  /** Null: it concerns the installation. */
  project: number | null
  /** Null: nobody we know. */
  who: Who | null
  action: AuditAction
  /** What it was done to, in words that stay readable after the thing is gone. */
  subject?: string
  details?: { [name: string]: unknown }
}

/** Written in the transaction of the change when there is one, so that neither exists without the other. */
export async function audit(db: Database, entry: AuditEntry): Promise<void> {
  const actorId = entry.who && (entry.who.kind === 'key' ? `key:${entry.who.id}` : entry.who.id)
  await sql`
    insert into audit_event (project_id, actor_id, actor, action, subject, details)
    values (${entry.project}, ${actorId}, ${entry.who?.name ?? null}, ${entry.action}, ${entry.subject ?? null},
      ${JSON.stringify(entry.details ?? {})}::jsonb)`.execute(db)
}

export type AuditEvent = {
  id: number
  at: Date
  actor: string | null
  action: string
  subject: string | null
  details: { [name: string]: unknown }
}

/**
 * Newest first, older than the event `before`: what happened in the project, and how its members came in,
 * also when somebody failed with the email of one. `installation` adds what concerns no project, for heads.
 */
export async function listAudit(
  db: Database,
  project: number,
  page: { before: number | null; limit: number; installation: boolean },
): Promise<AuditEvent[]> {
  return list(
    db,
    sql<AuditEvent>`
      select id, at, actor, action, subject, details
      from audit_event
      where (
          project_id = ${project}
          or project_id is null and (
            ${page.installation}
            or actor_id in (select member_id from membership where project_id = ${project})
            or subject in (select email from membership join member on member.id = member_id where project_id = ${project})
          )
        )
        and (${page.before}::bigint is null or id < ${page.before})
      order by id desc
      limit ${page.limit}`,
  )
}
