import { sql } from 'kysely'
import { isAddress, sendLetter } from '../../base/letters/letter.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { record } from './play.ts'

type Due = {
  playId: number
  projectId: number
  ticketId: number | null
  name: string
  position: number
  title: string
  role: string | null
  memberId: string | null
}
type Owner = { id: string; name: string; email: string; locale: 'en' | 'ru' }

const perTurn = 100

/**
 * Notes in the record each step whose time has come while it is open, and writes to its owner: the member, or everybody with
 * the role. Once for each step, also when two processes look at the same time.
 */
export async function remindOwners(db: Database, { publicUrl, now }: { publicUrl: string; now: Date }): Promise<void> {
  await inTransaction(db, async (tx) => {
    const due = await list(
      tx,
      sql<Due>`
        select s.play_id, p.project_id, p.ticket_id, p.name, s.position, s.title, s.role, s.member_id
        from play_step s
        join play p on p.id = s.play_id
        where s.due_at <= ${now} and s.state = 'open' and s.told_at is null and p.ended_at is null
        order by s.due_at
        limit ${perTurn}
        for update of s skip locked`,
    )
    for (const step of due) {
      await sql`
        update play_step set told_at = ${now} where play_id = ${step.playId} and position = ${step.position}`.execute(
        tx,
      )
      await record(tx, step.playId, { actor: null, at: now, kind: 'late', position: step.position })
      for (const owner of await ownersOf(tx, step))
        if (isAddress(owner.email))
          await sendLetter(tx, {
            key: `play:${step.playId}:${step.position}:${owner.id}`,
            to: owner.email,
            ...wordsFor(owner, step, `${publicUrl}/projects/${step.projectId}/playbooks?play=${step.playId}`),
            project: step.projectId,
            about: step.ticketId === null ? [] : [`ticket:${step.ticketId}`],
          })
    }
  })
}

async function ownersOf(tx: Database, { projectId, role, memberId }: Due): Promise<Owner[]> {
  return list(
    tx,
    sql<Owner>`
      select m.id, m.name, m.email, m.locale
      from membership s
      join member m on m.id = s.member_id
      where s.project_id = ${projectId}
        and (m.id = ${memberId} or ${memberId}::text is null and s.role = ${role})
      order by m.id`,
  )
}

function wordsFor({ name: owner, locale }: Owner, { name, title }: Due, link: string) {
  if (locale === 'ru')
    return {
      subject: `Пора: ${title}`,
      text: `Здравствуйте, ${owner}!\n\nВ сценарии «${name}» вышло время шага «${title}», а он ещё не сделан.\n\n${link}`,
    }
  return {
    subject: `Due now: ${title}`,
    text: `Hello ${owner},\n\nIn the playbook “${name}” the time of the step “${title}” is over, and it is not done yet.\n\n${link}`,
  }
}
