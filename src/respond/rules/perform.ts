import { sql } from 'kysely'
import { NotFound, UserError } from '../../base/errors.ts'
import { given } from '../../base/given.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'
import { getMember } from '../../base/team/member.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import { raiseAlarm } from '../happenings/raise-alarm.ts'
import { startPlay } from '../playbooks/play.ts'
import { getPlaybook } from '../playbooks/playbook.ts'
import { changeAttributes } from '../tickets/attributes.ts'
import { giveInTurn } from '../shifts/turn.ts'
import { addNote, assignTicket } from '../tickets/change.ts'
import { printFieldValue } from '../tickets/field-value.ts'
import { getField } from '../tickets/fields.ts'
import type { Actor } from '../tickets/history.ts'
import { setIncident } from '../tickets/incident.ts'
import { addMentions, openTicket } from '../tickets/open.ts'
import { getTicket, type Ticket } from '../tickets/ticket.ts'
import { setWatching } from '../tickets/watchers.ts'
import type { Did, RuleAction } from './action.ts'
import type { Kin } from './kin.ts'
import type { Rule } from './rule.ts'
import { tellMembers } from './tell.ts'

/** One rule at work on one matter, inside the transaction that holds the tickets of the project. */
export type Work = {
  tx: Database
  rule: Pick<Rule, 'projectId' | 'name'>
  run: number
  actor: Actor
  mention: Mention | null
  ticket: Ticket | null
  /** The alarm that led here. */
  alarm: number | null
  /** What the rule itself has told before, in this run. */
  told: number | null
  kin: Kin
  publicUrl: string
  now: Date
}
export type Performed = { outcome: 'done' | 'copy'; ticket: Ticket | null; did: Did[] }

/**
 * Does what a rule says, in order. Copy: a ticket about the same text by somebody else is there, so neither it nor its people
 * are troubled again; only the mention itself is marked. Throws UserError for what cannot be done.
 */
export async function perform(work: Omit<Work, 'told'>, actions: RuleAction[]): Promise<Performed> {
  const performed: Performed = { outcome: 'done', ticket: work.ticket, did: [] }
  let told: number | null = null
  for (const [position, action] of actions.entries()) {
    if (performed.outcome === 'copy' && action.do !== 'mark') continue
    const did = await act({ ...work, ticket: performed.ticket, told }, action, position)
    told = did.told ?? told
    if (did.ticket !== undefined) performed.ticket = did.ticket
    if (did.isCopy) performed.outcome = 'copy'
    performed.did.push({ do: action.do, what: did.what })
  }
  return performed
}

type Done = { what: string; ticket?: Ticket; isCopy?: boolean; told?: number | null }

async function act(work: Work, action: RuleAction, position: number): Promise<Done> {
  const { tx, actor, now } = work
  const { projectId: project } = work.rule
  switch (action.do) {
    case 'open-ticket':
      return openOrJoin(work)
    case 'mark': {
      if (work.mention === null) throw noMention()
      await sql`
        insert into rule_mark (project_id, mention_id, tags) values (${project}, ${work.mention.id}, ${action.tags}::text[])`.execute(
        tx,
      )
      return { what: action.tags.join(', ') }
    }
    case 'playbook': {
      const asked = { playbook: action.playbook, ticket: work.ticket?.id ?? null, alarm: work.alarm ?? work.told }
      await startPlay(tx, project, asked, { actor: work.rule.name, now })
      return { what: (await getPlaybook(tx, project, action.playbook)).name }
    }
    case 'tell': {
      const about = { ticket: work.ticket?.id ?? null, mention: work.mention?.id ?? null }
      const told = await raiseAlarm(tx, {
        ...given({ ticket: about.ticket ?? undefined, mention: about.mention ?? undefined }),
        ...{ project, key: `run ${work.run} ${position}`, text: `${work.rule.name}: ${action.text}`, at: now },
      })
      return {
        told,
        what: await tellMembers(tx, {
          ...{ project, run: work.run, position, rule: work.rule.name, publicUrl: work.publicUrl },
          ...{ text: action.text, members: action.members },
          ...about,
          author: work.mention?.author?.id ?? null,
        }),
      }
    }
    default:
  }
  const { id } = theTicket(work)
  switch (action.do) {
    case 'priority':
      return change(work, { priority: action.priority }, () => action.priority)
    case 'queue':
      return change(work, { queue: action.queue }, (after) => after.queueName ?? '—')
    case 'tags':
      return change(work, { addTags: action.add, removeTags: action.remove }, () =>
        [...action.add.map((tag) => `+${tag}`), ...action.remove.map((tag) => `−${tag}`)].join(', '),
      )
    case 'field': {
      const field = await getField(tx, project, action.field)
      const value = action.value === null ? '—' : printFieldValue(action.value)
      return change(work, { fields: { [action.field]: action.value } }, () => `${field.name}: ${value}`)
    }
    case 'assign': {
      const to = { member: action.member, findMember: memberOf(project) }
      const ticket =
        action.member === 'turn'
          ? await giveInTurn(tx, project, id, work.mention?.lang ?? null, actor, now)
          : await assignTicket(tx, project, id, to, actor)
      return { ticket, what: ticket.assigneeName ?? '—' }
    }
    case 'watch': {
      const to = { member: action.member, watches: true, findMember: memberOf(project) }
      const ticket = await setWatching(tx, project, id, to, actor)
      return { ticket, what: (await getMember(tx, project, action.member)).name }
    }
    case 'incident': {
      const ticket = await setIncident(tx, project, id, action.incident, actor)
      return { ticket, what: ticket.incidentTitle ?? '—' }
    }
    case 'note':
      return { ticket: await addNote(tx, project, id, action.text, actor), what: '' }
  }

  async function change(
    { rule }: Work,
    to: Parameters<typeof changeAttributes>[3],
    what: (after: Ticket) => string,
  ): Promise<Done> {
    const ticket = await changeAttributes(tx, rule.projectId, id, to, actor, now)
    return { ticket, what: what(ticket) }
  }
}

/** At most one ticket for a mention, for a person in a thread, and for one text. */
async function openOrJoin({ tx, rule, actor, mention, ticket, alarm, kin, now }: Work): Promise<Done> {
  if (ticket !== null) return { ticket, what: `#${ticket.id}` }
  if (mention === null) throw noMention()
  const { projectId: project } = rule
  const thread = await findLive(tx, project, kin.ofThread(mention))
  const text = kin.ofText(mention)
  const alike = thread ?? (await findLive(tx, project, text?.ticket ?? null))
  // What everybody repeats needs no further ticket, and what is done about it belongs to the one there is.
  if (alike !== null && alarm !== null) return { ticket: alike, what: `#${alike.id}` }
  if (alike !== null && thread === null && text?.ownText === false)
    return { ticket: alike, what: `#${alike.id}`, isCopy: true }
  const mine = alike
    ? await addMentions(tx, project, alike.id, [mention], actor, now)
    : await openTicket(tx, project, { mentions: [mention] }, actor, now)
  return { ticket: mine, what: `#${mine.id}` }
}

async function findLive(tx: Database, project: number, id: number | null): Promise<Ticket | null> {
  if (id === null) return null
  const live = await first(
    tx,
    sql`select id from ticket where project_id = ${project} and id = ${id} and status <> 'closed'`,
  )
  return live === null ? null : getTicket(tx, project, id)
}

function theTicket({ ticket }: Work): Ticket {
  if (ticket === null)
    throw new UserError('The mention has no ticket; let the rule open one first', { key: 'rule-no-ticket' })
  return ticket
}

function noMention(): UserError {
  return new UserError('The ticket has no mention any more', { key: 'rule-no-mention' })
}

function memberOf(project: number): (tx: Database, id: string) => Promise<{ name: string } | null> {
  return (tx, id) =>
    getMember(tx, project, id).catch((error: unknown) => {
      if (error instanceof NotFound) return null
      throw error
    })
}
