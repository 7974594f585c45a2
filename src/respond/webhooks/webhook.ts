import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { followProject, holdHappenings, newestHappening, type HappeningKind } from '../happenings/happening.ts'
import { newSecret, type SigningSecrets } from './sign.ts'

/** An address that wants to hear of these kinds. */
export type Webhook = {
  id: number
  projectId: number
  name: string
  url: string
  kinds: HappeningKind[]
  topics: number[]
  isOn: boolean
  /** Why Heed switched it off; null: it is on, or a person did. */
  offBecause: 'gone' | 'failing' | null
  madeAt: Date
  lastSuccessAt: Date | null
  /** How many wait to be delivered. */
  waiting: number
}
export type WebhookInput = Pick<Webhook, 'name' | 'url' | 'kinds' | 'topics'>

type World = { db: Database; secrets: Secrets }

/** How long the secret before the last rotation still signs. */
const bothMs = 24 * 3_600_000
export const mostWebhooks = 50

/** Hears from now on what happens. The secret is told here, and again by whoever may change it. Throws UserError. */
export async function addWebhook(
  { db, secrets }: World,
  project: number,
  input: WebhookInput,
  by: string,
): Promise<{ webhook: Webhook; secret: string }> {
  refuseOddUrl(input.url)
  return inTransaction(db, async (tx) => {
    const there = await list(tx, sql`select id from webhook where project_id = ${project}`)
    if (there.length >= mostWebhooks)
      throw new UserError('The project has webhooks enough', { key: 'webhooks-enough', values: { most: mostWebhooks } })
    await holdHappenings(tx, project)
    const { id } = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into webhook (project_id, name, url, kinds, topics, sealed, made_by, after_id)
          values (${project}, ${input.name}, ${input.url}, ${input.kinds}::text[], ${input.topics}::int[], '', ${by},
            ${await newestHappening(tx, project)})
          returning id`,
      ),
    )
    const secret = newSecret()
    await seal(tx, secrets, id, { current: secret, previous: null, previousUntil: null })
    await followItsTopics(tx, project)
    return { webhook: await getWebhook(tx, project, id), secret }
  })
}

/** A webhook that is switched on again is tried at once. Throws NotFound and UserError. */
export async function changeWebhook(
  db: Database,
  project: number,
  id: number,
  change: Partial<WebhookInput & { isOn: boolean }>,
  now: Date,
): Promise<Webhook> {
  if (change.url !== undefined) refuseOddUrl(change.url)
  return inTransaction(db, async (tx) => {
    const was = await getWebhook(tx, project, id)
    const { name, url, kinds, topics, isOn } = { ...was, ...change }
    await sql`
      update webhook
      set name = ${name}, url = ${url}, kinds = ${kinds}::text[], topics = ${topics}::int[], is_on = ${isOn},
        off_because = case when ${isOn} then null else off_because end
      where id = ${id}`.execute(tx)
    if (isOn && (!was.isOn || url !== was.url))
      await sql`
        update webhook_delivery set due_at = ${now}, tries = 0, first_at = null
        where webhook_id = ${id} and state = 'waiting'`.execute(tx)
    await followItsTopics(tx, project)
    return getWebhook(tx, project, id)
  })
}

export async function removeWebhook(db: Database, project: number, id: number): Promise<void> {
  await getWebhook(db, project, id)
  await sql`delete from webhook where id = ${id}`.execute(db)
  await followItsTopics(db, project)
}

/** A new secret; for a day the old one signs beside it. */
export async function rotateSecret({ db, secrets }: World, project: number, id: number, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    await sql`select id from webhook where id = ${id} for update`.execute(tx)
    const previous = await signingSecrets({ db: tx, secrets }, project, id)
    const current = newSecret()
    const until = new Date(now.getTime() + bothMs).toISOString()
    await seal(tx, secrets, id, { current, previous: previous?.current ?? null, previousUntil: until })
    return current
  })
}

/** Null: sealed with another key; a rotation makes a new one. Throws NotFound. */
export async function signingSecrets(
  { db, secrets }: World,
  project: number,
  id: number,
): Promise<SigningSecrets | null> {
  const row = await first(
    db,
    sql<{ sealed: string }>`select sealed from webhook where project_id = ${project} and id = ${id}`,
  )
  if (!row) throw new NotFound()
  const opened = secrets.open(ownerOf(id), row.sealed)
  return opened.kind === 'opened' ? (JSON.parse(opened.text) as SigningSecrets) : null
}

export async function listWebhooks(db: Database, project: number): Promise<Webhook[]> {
  return list(db, sql<Webhook>`${whole} where w.project_id = ${project} order by w.id`)
}

export async function getWebhook(db: Database, project: number, id: number): Promise<Webhook> {
  const webhook = await first(db, sql<Webhook>`${whole} where w.project_id = ${project} and w.id = ${id}`)
  if (!webhook) throw new NotFound()
  return webhook
}

/** Every mention of these topics is noted, because some webhook wants to hear of each. */
async function followItsTopics(tx: Database, project: number): Promise<void> {
  const wanted = await list(
    tx,
    sql<{ topic: number }>`
      select distinct unnest(topics) as topic
      from webhook
      where project_id = ${project} and 'mention.arrived' = any(kinds)`,
  )
  await followProject(
    tx,
    project,
    wanted.map(({ topic }) => topic),
  )
}

async function seal(tx: Database, secrets: Secrets, id: number, signing: SigningSecrets): Promise<void> {
  await sql`
    update webhook set sealed = ${secrets.seal(ownerOf(id), JSON.stringify(signing))} where id = ${id}`.execute(tx)
}

function ownerOf(id: number): string {
  return `webhook:${id}`
}

/** Whether the address is a public one is asked at each delivery: a name may mean another address by then. */
function refuseOddUrl(url: string): void {
  const read = URL.canParse(url) ? new URL(url) : null
  if (read === null || !/^https?:$/.test(read.protocol) || read.username !== '')
    throw new UserError('Write the whole address, beginning with https://', { key: 'webhook-url', field: 'url' })
}

const whole = sql`
  select w.id, w.project_id, w.name, w.url, w.kinds, w.topics, w.is_on, w.off_because, w.made_at, w.last_success_at,
    (select count(*)::int from webhook_delivery d where d.webhook_id = w.id and d.state = 'waiting') as waiting
  from webhook w`
