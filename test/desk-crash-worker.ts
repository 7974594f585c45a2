import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'
import { openHouse, startWork } from '../src/app.ts'
import { must } from '../src/base/errors.ts'
import { first, inTransaction, list } from '../src/base/postgres/postgres.ts'
import { addProject } from '../src/base/team/project.ts'
import type { Project } from '../src/base/team/scope.ts'
import { readConfig } from '../src/config.ts'
import { bringIn } from '../src/listen/bring-in.ts'
import { barePost } from '../src/listen/posts/post.ts'
import { countRead } from '../src/respond/care/exposure.ts'
import { saveHelpPage } from '../src/respond/help/page.ts'
import { submitPost } from '../src/respond/help/submit.ts'
import { addVisitor } from '../src/respond/help/visitor.ts'
import { handOver } from '../src/respond/integrations/hand-over.ts'
import { connectIntegration, listIntegrations } from '../src/respond/integrations/integration.ts'
import { zammad } from '../src/respond/integrations/zammad/zammad.ts'
import { askExpert } from '../src/respond/knowledge/expert.ts'
import { approvePlaybook, savePlaybook } from '../src/respond/playbooks/playbook.ts'
import { addRule, switchOn } from '../src/respond/rules/rule.ts'
import { addWebhook } from '../src/respond/webhooks/webhook.ts'
import { localAdmin } from '../src/serve/local/operations.ts'

const localReader = 'reader'
const words =
  'вчера банкомат деньги перевод поддержка звонок договор курьер пароль офис очередь вклад процент кэшбэк приложение экран ошибка ответ неделя месяц утро вечер рубль счёт выписка чек касса город улица окно паспорт подпись письмо номер код дверь охрана менеджер обещание возврат комиссия лимит'.split(
    ' ',
  )

// The process that desk-crash.test.ts kills: the rooms of the desk at work. It does what it reads from its input, a line each,
// and says so; its clock may stand some hours later, so that what waits for them comes too.
const [data = '', ahead = '0', crm = '', hook = '', letters = ''] = process.argv.slice(2)
const now = () => new Date(Date.now() + Number(ahead) * 3_600_000)
const config = readConfig({ HEED_SMTP_URL: letters, HEED_SMTP_FROM: 'Heed <desk@bank.test>' }, { data })
await using opened = await openHouse({ ...config, allowPrivate: true, threads: 0, logLevel: 'fatal' })
const house = { ...opened, now }
const { db } = house.postgres
const project = await begin()
await using _work = await startWork(house)
say('ready')
for await (const line of createInterface({ input: process.stdin })) {
  const [what, n] = line.split(' ')
  say(`${line} ${await doIt(what ?? '', Number(n))}`)
}

async function doIt(what: string, n: number): Promise<string | number> {
  switch (what) {
    case 'mention':
      await bringIn(
        [{ ...barePost({ id: `vk:${n}`, platform: 'vk', text: `Карта: ${textOf(n)}` }), postedAt: now() }],
        {
          ...{
            clickhouse: house.clickhouse,
            topics: house.topics,
            categories: house.categories,
            clusters: house.clusters,
          },
          ...{ threads: null, project: project.id, sourceId: null, keepAll: true, collectedAt: now() },
        },
      )
      await house.events.publish({ project: project.id, kind: 'mentions', added: 1 })
      return 'done'
    case 'read':
      await countRead(db, { member: localReader, project: project.id, mention: `vk:${n}`, now: now() })
      return 'done'
    case 'help': {
      const visitor = await addVisitor(db, project.id, now())
      const post = {
        topic: null,
        kind: 'question' as const,
        name: null,
        title: `Вклад ${n}`,
        text: `Вопрос: ${textOf(n + 500)}`,
      }
      return (await submitPost(db, project.id, post, visitor, { lang: 'ru', heldFor: [] }, now())).id
    }
    case 'expert': {
      const ticket = await first(
        db,
        sql<{
          id: number
        }>`select min(id) as id from ticket where project_id = ${project.id} having min(id) is not null`,
      )
      if (!ticket) return 'none'
      const asking = {
        ticket: ticket.id,
        expert: 'Глеб',
        email: `expert-${n}@bank.test`,
        text: `Почему ${n}?`,
        lang: 'ru',
        days: 30,
      }
      // The day until the first reminder is over in a moment.
      const asked = new Date(now().getTime() - 86_400_000 + 2_000)
      return (await askExpert(db, project.id, asking, 'Anna', asked)).id
    }
    case 'hand-over': {
      const [integration] = await listIntegrations(db, project.id)
      const tickets = await list(
        db,
        sql<{ id: number }>`select id from ticket where project_id = ${project.id} order by id`,
      )
      for (const { id } of tickets) await handOver(db, must(integration), id, null)
      return tickets.length
    }
    case 'report':
      return JSON.stringify(await report())
    default:
      throw new Error(what)
  }
}

/** Everything that stays: the rooms as somebody would set them up on the first day, each once. */
async function begin(): Promise<Project> {
  const there = await first(
    db,
    sql<Project>`select id, name, time_zone, is_sample, created_at from project where exists (select from integration)`,
  )
  if (there) return there
  await sql`delete from project`.execute(db)
  const made = await addProject(db, localAdmin, { name: 'Crash', timeZone: 'UTC' })
  await inTransaction(db, async (tx) => {
    await sql`insert into member (id, name, email) values (${localReader}, 'Anna', 'anna@bank.test') on conflict do nothing`.execute(
      tx,
    )
    await sql`insert into membership (project_id, member_id, role) values (${made.id}, ${localReader}, 'moderator')`.execute(
      tx,
    )
    const step = {
      title: 'Ответить',
      help: '',
      minutes: 60,
      aroundTheClock: true,
      role: null,
      member: null,
      text: null,
    }
    const { id: playbook } = await savePlaybook(
      tx,
      made.id,
      null,
      { name: 'Спокойно', kind: 'natural', steps: [step] },
      'Anna',
    )
    await approvePlaybook(tx, made.id, playbook, { by: 'Anna', now: now() })
    const actions = [
      { do: 'open-ticket' as const },
      { do: 'note' as const, text: 'Правило' },
      { do: 'playbook' as const, playbook },
    ]
    const rule = await addRule(
      tx,
      made.id,
      { name: 'Карты', trigger: 'mention-arrived', query: 'карта', conditions: [], actions },
      'Anna',
    )
    await switchOn(tx, made.id, rule.id, now())
    const page = {
      slug: 'crash',
      isOn: true,
      isListed: false,
      lang: 'ru' as const,
      title: 'Помощь',
      intro: '',
      moderation: 'none' as const,
    }
    await saveHelpPage(tx, made.id, page)
  })
  const kinds = ['ticket.opened' as const]
  await addWebhook({ db, secrets: house.secrets }, made.id, { name: 'Hook', url: hook, kinds, topics: [] }, 'Anna')
  const io = { request: house.request, allows: house.allows, now, signal: AbortSignal.timeout(20_000) }
  await connectIntegration(
    db,
    house.secrets,
    made.id,
    { system: zammad, settings: { address: crm, token: 'right' }, by: 'Anna' },
    io,
  )
  return made
}

async function report() {
  const rows = <T>(query: ReturnType<typeof sql<T>>) => list(db, query)
  return {
    mentions: (await house.clickhouse.rows<{ id: string }>('select id from mention')).map(({ id }) => id),
    inTickets: await rows(
      sql<{
        mention: string
        tickets: number
      }>`select mention_id as mention, count(*)::int as tickets from ticket_mention group by 1`,
    ),
    runs: await rows(sql<{ mention: string; outcome: string }>`select mention_id as mention, outcome from rule_run`),
    plays: await rows(
      sql<{ ticket: number; count: number }>`select ticket_id as ticket, count(*)::int as count from play group by 1`,
    ),
    notes: await rows(
      sql<{
        ticket: number
        count: number
      }>`select ticket_id as ticket, count(*)::int as count from note where text = 'Правило' group by 1`,
    ),
    helpPosts: (await rows(sql<{ id: number }>`select id from help_post`)).map(({ id }) => id),
    reads: (await rows(sql<{ mentionId: string }>`select distinct mention_id from toxic_read`)).map(
      ({ mentionId }) => mentionId,
    ),
    questions: (await rows(sql<{ id: number }>`select id from expert_question`)).map(({ id }) => id),
    letters: await rows(
      sql<{ key: string; to: string; state: string }>`select key, recipient as "to", state from letter`,
    ),
    reminders: await rows(sql<{ question: number; reminded: number; letters: number }>`
      select q.id as question, q.reminded, (select count(*)::int from expert_letter l where l.question_id = q.id) as letters
      from expert_question q`),
    records: await rows(
      sql<{ ticket: number; record: string | null }>`select ticket_id as ticket, record from integration_link`,
    ),
    tickets: await rows(sql<{ id: number; opened: number }>`
      select id, (select count(*)::int from ticket_event e where e.ticket_id = t.id and kind = 'opened') as opened from ticket t`),
    happenings: await rows(sql<{ ticket: number; count: number }>`
      select (about->>'ticket')::int as ticket, count(*)::int as count from happening where kind = 'ticket.opened' group by 1`),
  }
}

/** Texts that are no copies of each other. */
function textOf(n: number): string {
  const hash = createHash('sha256').update(String(n)).digest('hex')
  return hash.replace(/[0-9a-f]{4}/g, (part) => `${words[parseInt(part, 16) % words.length]} `)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
