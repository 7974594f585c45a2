import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { bringIn } from '../../listen/bring-in.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { barePost, type Post } from '../../listen/posts/post.ts'
import { addTopic, listTopics } from '../../listen/topics/topic.ts'
import { forgetPerson } from '../people/forget.ts'
import { saveCalendar } from '../clocks/calendar.ts'
import { noteHappening } from '../happenings/happening.ts'
import { listAlarms } from '../playbooks/alarm.ts'
import { listPlays } from '../playbooks/play.ts'
import { approvePlaybook, savePlaybook } from '../playbooks/playbook.ts'
import { readyMade } from '../playbooks/ready-made.ts'
import { changeAttributes } from '../tickets/attributes.ts'
import { closeTicket, setStatus } from '../tickets/change.ts'
import { addField } from '../tickets/fields.ts'
import { listHistory } from '../tickets/history.ts'
import { openTicket } from '../tickets/open.ts'
import { deliverOutbox } from '../tickets/outbox.ts'
import { addQueue } from '../tickets/queues.ts'
import { getTicket, listTickets, type Ticket } from '../tickets/ticket.ts'
import { dryRun } from './dry-run.ts'
import { listRuns } from './history.ts'
import { addRule, changeRule, getRule, listRules, orderRules, retireRule, switchOn, type RuleInput } from './rule.ts'
import { runRules, type RuleWorld } from './run-rules.ts'

let house: TestHouse
let db: Database
let world: RuleWorld
let project = 0
let now = new Date()
const anna = { id: 'm1', name: 'Anna' }

beforeAll(async () => {
  house = await openTestHouse()
  db = house.postgres.db
  world = { db, clickhouse: house.clickhouse, events: house.events, publicUrl: 'http://heed.test', now: () => now }
  await sql`insert into member (id, name, email, locale) values ('m1', 'Anna', 'anna@heed.test', 'en')`.execute(db)
})
afterAll(() => house[Symbol.asyncDispose]())
beforeEach(async () => {
  const [added] = await list(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)
  project = must(added).id
  await sql`insert into membership (member_id, project_id, role) values ('m1', ${project}, 'manager')`.execute(db)
  house.topics.set(await addTopic(db, project, { name: 'Банк', group: null, query: 'банк' }, null))
  now = new Date()
})

const base: RuleInput = { name: 'Жалобы', trigger: 'mention-arrived', query: '', conditions: [], actions: [] }

async function rule(input: Partial<RuleInput>): Promise<number> {
  const { id } = await addRule(db, project, { ...base, ...input }, 'Boris')
  await switchOn(db, project, id, new Date(now.getTime() - 5_000))
  return id
}

let posts = 0
function post(text: string, more: Partial<Post> & { by?: string } = {}): Post {
  const { by = `author${posts}`, ...rest } = more
  const author = { id: `vk:${by}`, name: by, handle: by, bio: null, followers: 10, verified: null }
  return { ...barePost({ id: `vk:${project}-${posts++}`, platform: 'vk', text, author }), postedAt: now, ...rest }
}

async function arrive(...arrived: Post[]): Promise<void> {
  const flow = { clickhouse: house.clickhouse, topics: house.topics, clusters: house.clusters }
  await bringIn(arrived, { ...flow, project, sourceId: null, keepAll: true, collectedAt: now })
}

const tickets = async (): Promise<Ticket[]> =>
  (await listTickets(db, project, { status: null, assignee: null }, { before: null, limit: 50 })).items
const runs = async () => (await listRuns(db, project, { rule: null, before: null, limit: 100 })).items.toReversed()
const outcomes = async () => (await runs()).map(({ ruleName, outcome }) => `${ruleName}: ${outcome}`)
const bare = (mention: Post) => ({ ...mention, postedAt: must(mention.postedAt) })

test('a mention that a rule waits for becomes a ticket with everything the rule says, once', async () => {
  const queue = await addQueue(db, project, 'Карты')
  const field = await addField(db, project, { name: 'Продукт', kind: 'text', choices: [] })
  await rule({
    query: 'банк AND platform:vk',
    actions: [
      { do: 'open-ticket' },
      { do: 'priority', priority: 'high' },
      { do: 'queue', queue },
      { do: 'assign', member: 'm1' },
      { do: 'tags', add: ['vip'], remove: [] },
      { do: 'field', field: field.id, value: 'карта' },
      { do: 'note', text: 'Ответить сегодня' },
      { do: 'mark', tags: ['от правила'] },
      { do: 'tell', members: ['m1'], text: 'Посмотрите' },
    ],
  })
  const wanted = post('Банк не отвечает')
  await arrive(wanted, post('Погода хорошая'))
  await runRules(world, project)
  await runRules(world, project)
  await arrive(wanted)
  await runRules(world, project)

  const [ticket, ...others] = await tickets()
  expect(others).toEqual([])
  expect(ticket).toMatchObject({
    priority: 'high',
    queueId: queue,
    assigneeId: 'm1',
    tags: ['vip'],
    fields: { [field.id]: 'карта' },
  })
  expect(await outcomes()).toEqual(['Жалобы: done'])
  const [mention] = await findMentions(house.clickhouse, project, [wanted.id])
  expect(mention).toMatchObject({ tags: ['от правила'], ticket: must(ticket).id, assignee: 'm1' })
  const history = await listHistory(db, project, must(ticket).id)
  expect(history.filter(({ kind }) => kind === 'rule-applied').map(({ about }) => about)).toEqual(['Жалобы'])
  expect(new Set(history.map(({ actor }) => actor))).toEqual(new Set(['Жалобы', null]))
  const letters = await list(db, sql<{ recipient: string }>`select recipient from letter where project_id = ${project}`)
  expect(letters).toEqual([{ recipient: 'anna@heed.test' }])
  const told = await list(
    db,
    sql<{ kind: string; about: object }>`select kind, about from happening where project_id = ${project}`,
  )
  expect(told).toEqual([
    { kind: 'rule.told', about: { ticket: must(ticket).id, mention: wanted.id, text: 'Жалобы: Посмотрите' } },
  ])
})

test('a rule that tells two things tells both, to people and to channels, each once', async () => {
  await sql`insert into member (id, name, email, locale) values ('m2', 'Boris', 'boris@heed.test', 'en') on conflict do nothing`.execute(
    db,
  )
  await sql`insert into membership (member_id, project_id, role) values ('m2', ${project}, 'moderator')`.execute(db)
  await rule({
    actions: [
      { do: 'tell', members: ['m1'], text: 'Посмотрите' },
      { do: 'tell', members: ['m1', 'm2'], text: 'И соберите доказательства' },
    ],
  })
  await arrive(post('Банк не отвечает'))
  await runRules(world, project)
  await runRules(world, project)
  const letters = await list(
    db,
    sql<{ recipient: string; said: string }>`
      select recipient, substring(text from 'Посмотрите|И соберите доказательства') as said
      from letter where project_id = ${project} order by id`,
  )
  expect(letters.map(({ recipient, said }) => `${recipient}: ${said}`)).toEqual([
    'anna@heed.test: Посмотрите',
    'anna@heed.test: И соберите доказательства',
    'boris@heed.test: И соберите доказательства',
  ])
  const alarms = await list(
    db,
    sql<{ text: string }>`select about ->> 'text' as text from happening where project_id = ${project} order by id`,
  )
  expect(alarms.map(({ text }) => text)).toEqual(['Жалобы: Посмотрите', 'Жалобы: И соберите доказательства'])
})

async function playbook(): Promise<number> {
  const scheme = must(readyMade('ru')[1])
  const { id } = await savePlaybook(db, project, null, scheme, 'Boris')
  await approvePlaybook(db, project, id, { by: 'Boris', now })
  return id
}

async function spike(topic: number, kind: 'spike.volume' | 'spike.negative' = 'spike.volume'): Promise<number> {
  const about = { topic, figures: { hours: 1, mentions: 20, expected: 2, once: 1_000_000 } }
  const happening = { project, kind, key: `${kind} ${topic} ${now.toISOString()}`, at: now, about }
  return inTransaction(db, async (tx) => must(await noteHappening(tx, happening)))
}

test('an alarm begins a playbook at a ticket about what the spike speaks of most, once, and the play says so', async () => {
  const prepared = await playbook()
  const [topic] = await listTopics(db, project)
  const other = await addTopic(db, project, { name: 'Кредиты', group: null, query: 'кредит' }, null)
  const id = await rule({
    name: 'Пожар',
    trigger: 'alarm-raised',
    query: 'мошенники',
    conditions: [
      { about: 'alarm', is: true, values: ['spike.volume', 'spike.negative'] },
      { about: 'topic', is: true, values: [String(must(topic).id)] },
    ],
    actions: [{ do: 'open-ticket' }, { do: 'playbook', playbook: prepared }],
  })
  const text = 'Банк: мошенники снова звонят от его имени, будьте осторожны и расскажите всем родным и друзьям'
  const posted = { postedAt: new Date(now.getTime() - 60_000) }
  await arrive(...Array.from({ length: 5 }, () => post(text, posted)), post('Банк открылся', posted))
  await spike(other.id)
  const alarm = await spike(must(topic).id)
  await runRules(world, project)
  await runRules(world, project)
  const [ticket, ...others] = await tickets()
  expect(others).toEqual([])
  expect(ticket?.title).toContain('мошенники')
  const plays = await listPlays(db, project, must(ticket).id)
  expect(plays.map((play) => play.alarms.map((one) => one.id))).toEqual([[alarm]])
  expect((await runs()).map(({ outcome, alarmId, ticketId }) => [outcome, alarmId, ticketId])).toEqual([
    ['done', alarm, must(ticket).id],
  ])
  const rules = await getRule(db, project, id)
  const found = await dryRun(world, project, { rule: rules, id, now: new Date(now.getTime() + 1000) })
  expect(found).toMatchObject({ acted: 1, looked: 2, opened: 1 })
})

test('what was raised before a rule was switched on does not concern it', async () => {
  const [topic] = await listTopics(db, project)
  await spike(must(topic).id)
  now = new Date(now.getTime() + 60_000)
  await rule({ trigger: 'alarm-raised', actions: [{ do: 'tell', members: ['m1'], text: 'x' }] })
  await runRules(world, project)
  expect(await runs()).toEqual([])
})

test('a playbook that begins with what a rule tells answers that', async () => {
  const prepared = await playbook()
  await rule({
    actions: [
      { do: 'tell', members: ['m1'], text: 'Посмотрите' },
      { do: 'playbook', playbook: prepared },
    ],
  })
  await arrive(post('Банк не отвечает'))
  await runRules(world, project)
  const [told] = await listAlarms(db, project)
  expect(told).toMatchObject({ kind: 'rule.told', text: 'Жалобы: Посмотрите', plays: [{ endedAt: null }] })
})

test('fields that the machine finds out decide, too', async () => {
  await rule({ query: 'complaint:yes', actions: [{ do: 'open-ticket' }] })
  const angry = post('Ужасный банк! Третий день не могу снять деньги, поддержка молчит, требую вернуть комиссию!')
  await arrive(angry, post('Банк открыл отделение на улице Ленина'))
  const complaints = (await findMentions(house.clickhouse, project, [angry.id])).filter(({ complaint }) => complaint)
  await runRules(world, project)
  expect(complaints).toHaveLength(1)
  expect((await tickets()).map(({ title }) => title)).toEqual([expect.stringContaining('Ужасный банк')])
})

test('a storm of copies opens one ticket, and another matter opens another', async () => {
  await rule({ name: 'Шторм', actions: [{ do: 'open-ticket' }, { do: 'mark', tags: ['шторм'] }] })
  const text =
    'Внимание! Банк закрывает все карты с понедельника, срочно снимайте деньги и расскажите друзьям и близким'
  const storm = Array.from({ length: 30 }, () => post(text))
  await arrive(...storm, post('Банк потерял мою заявку на ипотеку и не перезванивает уже вторую неделю подряд'))
  await runRules(world, project)
  await arrive(...Array.from({ length: 5 }, () => post(text)))
  await runRules(world, project)
  expect(await tickets()).toHaveLength(2)
  expect((await runs()).filter(({ outcome }) => outcome === 'copy')).toHaveLength(34)
  const marked = await findMentions(
    house.clickhouse,
    project,
    storm.map(({ id }) => id),
  )
  expect(marked.every(({ tags }) => tags.includes('шторм'))).toBe(true)
})

test('what a person writes more in a thread joins their ticket and wakes the rules that wait for it', async () => {
  await rule({ name: 'Открыть', query: 'банк', actions: [{ do: 'open-ticket' }] })
  await rule({
    name: 'Срочно',
    trigger: 'customer-wrote',
    query: 'суд',
    actions: [{ do: 'priority', priority: 'urgent' }],
  })
  const first = post('Банк, где мои деньги?', { by: 'ivan' })
  await arrive(first)
  await runRules(world, project)
  now = new Date(now.getTime() + 1000)
  await arrive(
    post('Банк молчит, иду в суд', { by: 'ivan', root: first.id, parent: first.id }),
    post('Этот банк всем так отвечает, поддерживаю', { by: 'oleg', root: first.id, parent: first.id }),
  )
  await runRules(world, project)
  expect((await tickets()).map(({ mentionCount, priority }) => ({ mentionCount, priority }))).toEqual([
    { mentionCount: 1, priority: 'normal' },
    { mentionCount: 2, priority: 'urgent' },
  ])
})

test('rules run in the order a person gave them, and each meets what the earlier ones left', async () => {
  const one = await rule({ name: 'Один', actions: [{ do: 'open-ticket' }, { do: 'priority', priority: 'low' }] })
  const two = await rule({
    name: 'Два',
    conditions: [{ about: 'priority', is: true, values: ['low'] }],
    actions: [{ do: 'priority', priority: 'urgent' }],
  })
  await orderRules(db, project, [two, one])
  await arrive(post('Банк закрыт'))
  await runRules(world, project)
  expect((await tickets())[0]?.priority).toBe('low')
  await orderRules(db, project, [one, two])
  await arrive(post('Банк закрыт навсегда, увы, друзья мои дорогие'))
  await runRules(world, project)
  expect((await tickets())[0]?.priority).toBe('urgent')
})

test('a later rule sees the tags and the ticket that earlier ones gave the mention', async () => {
  await rule({ name: 'Пометить', query: 'банк', actions: [{ do: 'mark', tags: ['сбой'] }] })
  await rule({ name: 'Открыть', query: 'tag:сбой AND ticket:none', actions: [{ do: 'open-ticket' }] })
  await rule({ name: 'Поднять', query: 'ticket:any', actions: [{ do: 'priority', priority: 'high' }] })
  await arrive(post('Банк лежит'))
  await runRules(world, project)
  expect((await tickets())[0]?.priority).toBe('high')
})

test('a rule that would start itself stops, and the history says so', async () => {
  await rule({
    name: 'Вверх',
    trigger: 'ticket-changed',
    conditions: [{ about: 'priority', is: false, values: ['urgent'] }],
    actions: [{ do: 'priority', priority: 'high' }],
  })
  await rule({
    name: 'Вниз',
    trigger: 'ticket-changed',
    conditions: [{ about: 'priority', is: true, values: ['high'] }],
    actions: [{ do: 'priority', priority: 'low' }],
  })
  const ticket = await openTicket(db, project, { mentions: [bare(post('Банк'))] }, anna)
  await runRules(world, project)
  await changeAttributes(db, project, ticket.id, { title: 'Другое имя' }, anna)
  await runRules(world, project)
  await runRules(world, project)
  const each = (await outcomes()).toSorted()
  expect(each).toEqual(['Вверх: done', 'Вверх: stopped', 'Вниз: done'])
  expect((await runs()).find(({ outcome }) => outcome === 'stopped')?.byRule).toBe(true)
  expect((await getTicket(db, project, ticket.id)).priority).toBe('low')

  // What a person does next is another chain.
  await changeAttributes(db, project, ticket.id, { title: 'Третье имя' }, anna)
  await runRules(world, project)
  expect((await outcomes()).filter((run) => run === 'Вверх: done')).toHaveLength(2)
})

test('a chain goes from an arrival over the opened ticket to further rules', async () => {
  await rule({ name: 'Открыть', actions: [{ do: 'open-ticket' }] })
  await rule({ name: 'Назначить', trigger: 'ticket-opened', actions: [{ do: 'assign', member: 'm1' }] })
  await rule({ name: 'Отметить', trigger: 'ticket-changed', actions: [{ do: 'tags', add: ['занят'], remove: [] }] })
  await arrive(post('Банк'))
  await runRules(world, project)
  expect(await outcomes()).toEqual(['Открыть: done', 'Назначить: done', 'Отметить: done', 'Отметить: stopped'])
  expect((await tickets())[0]).toMatchObject({ assigneeId: 'm1', tags: ['занят'] })
})

test('what cannot be done is told in a sentence, and nothing of that rule is done', async () => {
  await rule({
    name: 'Без обращения',
    query: 'банк',
    actions: [
      { do: 'mark', tags: ['a'] },
      { do: 'priority', priority: 'high' },
    ],
  })
  await rule({ name: 'Ушедший', query: 'банк', actions: [{ do: 'open-ticket' }, { do: 'assign', member: 'gone' }] })
  await rule({
    name: 'Нет инцидента',
    query: 'банк',
    actions: [{ do: 'open-ticket' }, { do: 'incident', incident: 2_000_000 }],
  })
  const mention = post('Банк')
  await arrive(mention)
  await runRules(world, project)
  expect(await tickets()).toEqual([])
  expect((await findMentions(house.clickhouse, project, [mention.id]))[0]?.tags).toEqual([])
  expect((await runs()).map(({ outcome, problem }) => [outcome, problem?.key])).toEqual([
    ['failed', 'rule-no-ticket'],
    ['failed', 'ticket-assignee-unknown'],
    ['failed', 'rule-thing-gone'],
  ])
})

test('what happened before a rule was switched on, old posts and another project do not concern it', async () => {
  await arrive(post('Банк раньше'))
  now = new Date(Date.now() + 1000)
  await new Promise((resolve) => setTimeout(resolve, 10))
  const { id } = await addRule(db, project, { ...base, actions: [{ do: 'open-ticket' }] }, null)
  await switchOn(db, project, id, new Date())
  await new Promise((resolve) => setTimeout(resolve, 10))
  await arrive(post('Банк давно', { postedAt: new Date(now.getTime() - 8 * 86_400_000) }))
  await runRules(world, project)
  expect(await tickets()).toEqual([])
  await arrive(post('Банк теперь'))
  await runRules(world, project)
  expect(await tickets()).toHaveLength(1)
})

test('a process that died in the middle leaves nothing undone and nothing done twice', async () => {
  await rule({ name: 'Открыть', actions: [{ do: 'open-ticket' }, { do: 'mark', tags: ['да'] }] })
  const arrived = Array.from({ length: 8 }, (_, i) => post(`Банк номер ${i} ${'слово'.repeat(i)} ${i * 7919}`))
  await arrive(...arrived)
  // The engine of mentions goes away behind the commits; the cursor was not moved.
  const failing = new Proxy(house.clickhouse, {
    get: (target, name) => {
      const value = Reflect.get(target, name, target) as unknown
      if (name === 'command') return () => Promise.reject(new Error('went away'))
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  await expect(runRules({ ...world, clickhouse: failing }, project)).rejects.toThrow('went away')
  await runRules(world, project)
  await sql`update rule_cursor set saved_ms = saved_ms - 60000, event_id = 0 where project_id = ${project}`.execute(db)
  await sql`delete from rule_seen where project_id = ${project}`.execute(db)
  await runRules(world, project)
  const each = await runs()
  expect(new Set(each.map(({ mentionId }) => mentionId))).toEqual(new Set(arrived.map(({ id }) => id)))
  expect(each).toHaveLength(8)
  expect(each.every(({ outcome }) => outcome === 'done' || outcome === 'copy')).toBe(true)
  expect(await tickets()).toHaveLength(each.filter(({ outcome }) => outcome === 'done').length)
  const marked = await findMentions(
    house.clickhouse,
    project,
    arrived.map(({ id }) => id),
  )
  expect(marked.map(({ tags }) => tags)).toEqual(arrived.map(() => ['да']))
})

test('conditions ask about the work: working hours, returning customers, status, fields', async () => {
  const week = Array.from({ length: 7 }, () => [{ from: 0, to: 1 }])
  await saveCalendar(db, project, { timeZone: 'UTC', week, exceptions: [] })
  await rule({
    name: 'Ночь',
    conditions: [{ about: 'hours', is: true, values: ['outside'] }],
    actions: [{ do: 'open-ticket' }],
  })
  await rule({
    name: 'Вернулся',
    conditions: [{ about: 'customer', is: true, values: ['returning'] }],
    actions: [{ do: 'tags', add: ['снова'], remove: [] }],
  })
  const isNight = now.getUTCHours() * 60 + now.getUTCMinutes() >= 2
  await arrive(post('Банк раз два три', { by: 'olga' }))
  await runRules(world, project)
  expect(await tickets()).toHaveLength(isNight ? 1 : 0)
  const [before] = await tickets()
  if (before) await closeTicket(db, project, before.id, anna)
  await deliverOutbox(db, house.clickhouse)
  await arrive(post('Банк, у меня совсем другой вопрос про вклад', { by: 'olga' }))
  await runRules(world, project)
  if (isNight) expect((await tickets())[0]?.tags).toEqual(['снова'])
})

test('a dry run says what a rule would have touched, changes nothing and points out who undoes whom', async () => {
  const other = await rule({
    name: 'Прежнее',
    query: 'банк',
    actions: [{ do: 'open-ticket' }, { do: 'priority', priority: 'low' }],
  })
  const text =
    'Внимание! Банк закрывает все карты с понедельника, срочно снимайте деньги и расскажите друзьям и близким'
  await arrive(
    post(text),
    post(text),
    post('Банк потерял заявку на ипотеку, вторую неделю не перезванивает никто'),
    post('Погода'),
  )
  const tried = await dryRun(world, project, {
    rule: {
      ...base,
      name: 'Новое',
      query: 'банк',
      actions: [{ do: 'open-ticket' }, { do: 'priority', priority: 'high' }],
    },
    id: null,
    now: new Date(now.getTime() + 1000),
  })
  expect(tried).toMatchObject({
    acted: 3,
    opened: 2,
    isAll: true,
    conflicts: [
      { earlier: { id: other, name: 'Прежнее' }, later: { id: 0, name: 'Новое' }, about: 'priority', times: 3 },
    ],
  })
  expect(tried.sample[0]?.places.length).toBeGreaterThan(0)
  expect(await tickets()).toEqual([])
  expect(await runs()).toEqual([])
})

test('a dry run of a rule about tickets asks them as they were', async () => {
  const queue = await addQueue(db, project, 'Карты')
  const opened = await openTicket(db, project, { mentions: [bare(post('Банк'))] }, anna, now)
  await changeAttributes(db, project, opened.id, { priority: 'urgent', queue, addTags: ['a', 'b'] }, anna)
  await changeAttributes(db, project, opened.id, { priority: 'low', queue: null, removeTags: ['a'] }, anna)
  await setStatus(db, project, opened.id, 'solved', anna)
  const tryIt = (conditions: RuleInput['conditions'], trigger: RuleInput['trigger'] = 'ticket-changed') =>
    dryRun(world, project, {
      rule: { ...base, trigger, conditions, actions: [{ do: 'note', text: 'x' }] },
      id: null,
      now: new Date(Date.now() + 60_000),
    })
  expect((await tryIt([])).acted).toBe(3)
  expect((await tryIt([{ about: 'priority', is: true, values: ['urgent'] }])).acted).toBe(1)
  expect((await tryIt([{ about: 'queue', is: true, values: [String(queue)] }])).acted).toBe(1)
  expect((await tryIt([{ about: 'tag', is: true, values: ['a'] }])).acted).toBe(1)
  expect((await tryIt([{ about: 'tag', is: true, values: ['b'] }])).acted).toBe(3)
  expect((await tryIt([{ about: 'status', is: true, values: ['solved'] }])).acted).toBe(1)
  expect((await tryIt([{ about: 'status', is: true, values: ['open'] }], 'ticket-opened')).acted).toBe(1)
})

test('a rule that is changed is off until a person switches it on; one that is taken out comes back off', async () => {
  const id = await rule({ query: 'банк', actions: [{ do: 'open-ticket' }] })
  const input = { ...base, query: 'банк', actions: [{ do: 'open-ticket' as const }] }
  expect((await changeRule(db, project, id, { ...input, name: 'Иначе' }, 'Anna')).onSince).not.toBeNull()
  expect((await changeRule(db, project, id, { ...input, query: 'банка' }, 'Anna')).onSince).toBeNull()
  await retireRule(db, project, id, true)
  expect(await listRules(db, project)).toEqual([])
  await expect(getRule(db, project, id)).rejects.toThrow(NotFound)
  await retireRule(db, project, id, false)
  expect((await getRule(db, project, id)).onSince).toBeNull()
})

test('a rule that cannot mean anything is refused with a reason', async () => {
  const add = (input: Partial<RuleInput>) => addRule(db, project, { ...base, ...input }, null)
  await expect(add({})).rejects.toThrow(UserError)
  await expect(add({ query: '(банк', actions: [{ do: 'open-ticket' }] })).rejects.toThrow(UserError)
  await expect(add({ trigger: 'ticket-opened', actions: [{ do: 'open-ticket' }] })).rejects.toThrow('ticket already')
  expect(await listRules(db, project)).toEqual([])
})

test('whoever is forgotten leaves the history of rules', async () => {
  await rule({ name: 'Открыть', actions: [{ do: 'open-ticket' }] })
  const mention = post('Банк', { by: 'petr' })
  await arrive(mention)
  await runRules(world, project)
  const who = { kind: 'member', ...anna, email: 'a@x', locale: 'en', isHead: true } as const
  await forgetPerson({ db, clickhouse: house.clickhouse }, project, ['vk:petr'], who)
  const rows = await list(
    db,
    sql<{ row: string }>`
      select to_jsonb(r)::text as row from rule_run r where project_id = ${project}
      union all select to_jsonb(s)::text from rule_seen s where project_id = ${project}`,
  )
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain(mention.id)
})
