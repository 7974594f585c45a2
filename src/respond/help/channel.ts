import { sql } from 'kysely'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { wrong } from '../../listen/connectors/answers.ts'
import { problem } from '../../listen/connectors/problems.ts'
import type { OutgoingReply, Published, ReplyChannel } from '../../listen/connectors/reply-channel.ts'
import { findHelpPage } from './page.ts'
import { longestText } from './submit.ts'

/** The page of one project. It is connected by switching the page on, and by nothing that a person could type. */
export type HelpAccount = { project: number }

/**
 * Answers beneath what was asked on a help page, marked as official. Page and outbox share a database, where the key of a
 * reply stands once: it is never there twice, and a look-up always knows.
 */
export function helpReplies(db: Database): ReplyChannel<HelpAccount> {
  return {
    platform: 'help',
    settleMs: 30_000,
    parseAccount: () => {
      throw wrong('help.by-settings', {}, 'platform')
    },
    greet: async (account) => ({ kind: 'ready', name: 'help', account }),
    limits: () => ({ length: { most: longestText, unit: 'characters' } }),

    async send(reply, { project }, io) {
      return inTransaction(db, async (tx) => {
        const page = await findHelpPage(tx, project)
        const answered = await first(
          tx,
          sql<{ id: number; topicId: number }>`
            select p.id, coalesce(t.merged_into, t.id) as topic_id
            from help_post p
            join help_post t on t.id = coalesce(p.topic_id, p.id)
            where p.project_id = ${project} and 'help:' || p.id = ${reply.to.id} and p.state = 'public'
            for no key update of p`,
        )
        if (!page?.isOn || !answered) return { kind: 'refused', problem: problem('help.not-shown') }
        const now = io.now()
        await sql`
          insert into help_post
            (project_id, topic_id, kind, text, lang, state, reply_key, answers_id, made_at, changed_at)
          values (${project}, ${answered.topicId}, 'answer', ${reply.text}, ${reply.lang}, 'public', ${reply.key},
            ${answered.id}, ${now}, ${now})
          on conflict (reply_key) do nothing`.execute(tx)
        const published = await findAnswer(tx, project, reply)
        return published ? { kind: 'sent', ...published } : { kind: 'refused', problem: problem('help.not-shown') }
      })
    },

    async find(reply, { project }) {
      const published = await findAnswer(db, project, reply)
      return published ? { kind: 'sent', ...published } : { kind: 'absent' }
    },

    async edit({ id }, text, { project }, io) {
      const edited = await first(
        db,
        sql`
          update help_post set text = ${text}, changed_at = ${io.now()}
          where id = ${Number(id)} and project_id = ${project} and kind = 'answer'
          returning id`,
      )
      return edited ? { kind: 'done' } : { kind: 'refused', problem: problem('reply.gone') }
    },

    async remove({ id }, { project }) {
      await sql`delete from help_post where id = ${Number(id)} and project_id = ${project} and kind = 'answer'`.execute(
        db,
      )
      return { kind: 'done' }
    },
  }
}

async function findAnswer(db: Database, project: number, { key, to }: OutgoingReply): Promise<Published | null> {
  const found = await first(
    db,
    sql<{ id: number }>`select id from help_post where reply_key = ${key} and project_id = ${project}`,
  )
  return (
    found && { id: String(found.id), mention: `help:${found.id}`, url: to.url && `${to.url.split('#')[0]}#${found.id}` }
  )
}
