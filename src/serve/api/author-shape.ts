import type { Scope } from '../../base/team/scope.ts'
import { listTopics } from '../../listen/topics/topic.ts'
import { countCopies } from '../../measure/authors/copies.ts'
import { gatherEvidence } from '../../measure/authors/evidence.ts'
import { profileOf, profileWords } from '../../measure/authors/profile.ts'
import { judgeRole, roleWords } from '../../measure/authors/role.ts'
import { listRolesSet, type RoleSet } from '../../measure/authors/set-role.ts'
import { listDecisions } from '../../respond/customers/decision.ts'
import { listCustomersOf } from '../../respond/customers/link.ts'
import type { Account } from '../../respond/customers/look-alike.ts'
import { askedWords, listAsked } from '../../respond/people/asked.ts'
import { pathOf, pathWords } from '../../respond/people/path.ts'
import type { Person } from '../../respond/people/person.ts'
import type { House } from '../house.ts'
import { showMentions } from './mention-shape.ts'
import type * as shapes from './shapes/author.ts'
import { showTicket } from './ticket-shape.ts'

const shownLatest = 10
const shownOfEach = 12

const words = { ...profileWords, role: roleWords, path: pathWords, questions: askedWords }

/** Everything that is known of a person, with the reason for whatever is concluded from it. */
export async function showAuthorCard(
  house: Pick<House, 'clickhouse' | 'postgres'>,
  { project }: Pick<Scope, 'project'>,
  person: Person,
  locale: 'en' | 'ru',
): Promise<shapes.AuthorCard> {
  const { clickhouse } = house
  const { db } = house.postgres
  const { accounts, written, latest } = person
  const ids = accounts.map(({ id }) => id)
  const customers = await listCustomersOf(db, project.id, ids)
  const ticketIds = [...new Set(written.flatMap(({ ticket }) => ticket ?? []))]
  const [topics, roles, decisions, copies, asked] = await Promise.all([
    listTopics(db, project.id),
    listRolesSet(db, project.id, ids),
    listDecisions(db, project.id, ids),
    countCopies(clickhouse, project.id, ids, written),
    listAsked({ db, clickhouse }, project.id, latest, { customers, tickets: ticketIds }),
  ])
  const nameOf = new Map(topics.map(({ id, name }) => [id, name]))
  const profile = profileOf(written, accounts.length, project.timeZone)
  const likely = judgeRole(
    gatherEvidence({
      authors: accounts,
      written,
      copies,
      topics: topics.map(({ name, topicGroup }) => ({ name, group: topicGroup })),
    }),
  )
  const questions = asked.questions
  const shown = new Map(
    (
      await showMentions(clickhouse, project.id, [
        ...latest.slice(0, shownLatest),
        ...questions.flatMap(({ mention, answers }) => [mention, ...answers]),
      ])
    ).map((mention) => [mention.id, mention]),
  )
  const show = ({ id }: { id: string }) => shown.get(id) ?? []
  const [author] = accounts
  return {
    author: showAccount(author!),
    accounts: accounts.map((account, index) => ({
      ...showAccount(account),
      mentions: account.mentions,
      firstAt: profile?.accounts[index]?.firstAt.toISOString() ?? null,
      lastAt: profile?.accounts[index]?.lastAt.toISOString() ?? null,
    })),
    decisions: decisions.map((one) => ({ ...one, at: one.at.toISOString() })),
    mentions: profile?.mentions ?? 0,
    firstAt: profile?.firstAt.toISOString() ?? null,
    lastAt: profile?.lastAt.toISOString() ?? null,
    bucket: profile?.bucket ?? 'week',
    buckets: profile?.buckets.map((start) => start.toISOString()) ?? [],
    tonality: profile?.tonality ?? { negative: [], neutral: [], positive: [], unknown: [] },
    topics: (profile?.topics ?? []).flatMap(({ value, count }) => {
      const name = nameOf.get(value)
      return name === undefined ? [] : [{ topic: value, name, count }]
    }),
    stages: (profile?.stages ?? []).map(({ value, count }) => ({ stage: value, count })),
    sources: (profile?.sources ?? [])
      .slice(0, shownOfEach)
      .map(({ platform, value, count }) => ({ platform, source: value, count })),
    languages: (profile?.languages ?? []).slice(0, shownOfEach).map(({ value, count }) => ({ lang: value, count })),
    places: (profile?.places ?? []).slice(0, shownOfEach).map(({ value, count }) => ({ ...value, count })),
    reach: profile?.reach ?? null,
    engagement: profile?.engagement ?? null,
    role: {
      set: holding(roles),
      likely: likely.role,
      points: likely.points,
      evidence: likely.evidence,
      history: roles.map((one) => ({ ...one, at: one.at.toISOString() })),
    },
    path: pathOf(written, asked.tickets.length),
    questions: questions.flatMap(({ mention, ticket, replies, answers, state }) =>
      [show(mention)].flat().map((asking) => ({
        mention: asking,
        ticket: ticket && showTicket(ticket),
        replies: replies.map(({ at, ...reply }) => ({ ...reply, at: at.toISOString() })),
        answers: answers.flatMap(show),
        state,
      })),
    ),
    tickets: asked.tickets.map(showTicket),
    latest: latest.slice(0, shownLatest).flatMap(show),
    measures: Object.fromEntries(Object.entries(words).map(([figure, said]) => [figure, said[locale]])),
  }
}

export function showAccount({ id, platform, name, handle, bio, followers, verified }: Account) {
  return { id, platform, name, handle, bio, followers, verified }
}

function holding(roles: RoleSet[]): shapes.AuthorCard['role']['set'] {
  const [newest] = roles
  return newest?.role == null ? null : { role: newest.role, at: newest.at.toISOString(), actor: newest.actor }
}
