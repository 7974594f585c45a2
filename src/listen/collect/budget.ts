import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Charge, Micros, Paid, Pay } from '../connectors/connector.ts'
import { why } from '../connectors/answers.ts'
import { dayOf, dayMs, monthOf, nextMonth } from './month.ts'

/** Who pays for what is asked: a project, at a platform, with the mark of a credential. */
export type Payer = { project: number | null; platform: string; credential: string }

/**
 * Pays from the budget of a project. The most that a request may cost is taken before it is made, under a lock, so that
 * neither two processes nor a restart spend more than the budget; afterwards what it did cost takes its place. What a process
 * that died had reserved stays spent: the platform may have billed it.
 */
export function payer(db: Database, who: Payer, now: () => Date): Pay {
  return async (most) => {
    const at = now()
    const refused = await reserve(db, who, most, at)
    if (refused !== null) return refused
    let open = true
    return {
      kind: 'reserved',
      async settle(charged) {
        if (!open) throw new Error('What was reserved is settled once')
        open = false
        await settle(db, who, { most, at }, charged, now())
      },
    }
  }
}

async function reserve(
  db: Database,
  who: Payer,
  most: Micros,
  now: Date,
): Promise<Extract<Paid, { kind: 'refused' }> | null> {
  return inTransaction(db, async (tx) => {
    const monthly = await lockBudget(tx, who)
    const until = nextMonth(now)
    if (monthly === null) return { kind: 'refused', until, ...told('budget.none') }
    if ((await spentSince(tx, who, monthOf(now))) + most > monthly)
      return { kind: 'refused', until, ...told('budget.spent', { until: until.toISOString().slice(0, 10) }) }
    await addExpense(tx, who, dayOf(now), most)
    return null
  })
}

async function settle(
  db: Database,
  who: Payer,
  reserved: { most: Micros; at: Date },
  charged: Charge[],
  now: Date,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    // Others wait here, so that nobody counts a reservation that is being given back.
    if ((await lockBudget(tx, who)) === null) return
    const fresh = await newlyBilled(tx, who, charged, dayOf(now))
    const cost = fresh.reduce((sum, { micros }) => sum + micros, 0)
    await addExpense(tx, who, dayOf(reserved.at), cost - reserved.most)
  })
}

/** Without what the platform billed today already. */
async function newlyBilled(
  tx: Database,
  { credential, platform }: Payer,
  charged: Charge[],
  day: string,
): Promise<Charge[]> {
  const named = new Map(
    charged.flatMap((one) => (one.once === null ? [] : [[markOf(platform, one.once), one] as const])),
  )
  const always = charged.filter(({ once }) => once === null)
  if (named.size === 0) return always
  await sql`delete from billed_once where credential = ${credential} and day < ${day}::date`.execute(tx)
  const fresh = await list(
    tx,
    sql<{ mark: string }>`
      insert into billed_once (credential, day, mark)
      select ${credential}, ${day}::date, mark from unnest(${[...named.keys()].toSorted()}::text[]) mark
      on conflict do nothing
      returning mark`,
  )
  return [...always, ...fresh.flatMap(({ mark }) => named.get(mark) ?? [])]
}

function markOf(platform: string, once: string): string {
  return createHash('sha256').update(`${platform} ${once}`).digest('base64url').slice(0, 22)
}

async function addExpense(tx: Database, who: Payer, day: string, micros: Micros): Promise<void> {
  await sql`
    insert into expense (project_id, platform, day, credential, micros)
    values (${who.project}, ${who.platform}, ${day}::date, ${who.credential}, ${micros})
    on conflict (project_id, platform, day, credential) do update set micros = expense.micros + excluded.micros`.execute(
    tx,
  )
}

async function lockBudget(
  tx: Database,
  { project, platform }: Pick<Payer, 'project' | 'platform'>,
): Promise<Micros | null> {
  const row = await first(
    tx,
    sql<{ monthly: number }>`
      select monthly_micros::float8 as monthly from budget
      where project_id = ${project} and platform = ${platform}
      for update`,
  )
  return row?.monthly ?? null
}

async function spentSince(
  db: Database,
  { project, platform }: Pick<Payer, 'project' | 'platform'>,
  day: string,
): Promise<Micros> {
  const row = await first(
    db,
    sql<{ spent: number }>`
      select coalesce(sum(micros), 0)::float8 as spent from expense
      where project_id = ${project} and platform = ${platform} and day >= ${day}::date`,
  )
  return row?.spent ?? 0
}

/**
 * What a budget is and how long it lasts. `forecast` is what the month would cost if it went on like the last seven days, null
 * before a day of them has passed; the budget ends it earlier.
 */
export type BudgetState = {
  platform: string
  monthly: Micros
  spent: Micros
  forecast: Micros | null
  state: 'fine' | 'near' | 'spent'
  until: Date
}

const nearFrom = 0.8

/** The budgets of a project with what this month has cost so far. */
export async function listBudgets(db: Database, project: number, now: Date): Promise<BudgetState[]> {
  const from = dayOf(new Date(now.getTime() - 6 * dayMs))
  const rows = await list(
    db,
    sql<{ platform: string; monthly: number; spent: number; week: number; since: string | null; rests: boolean }>`
      select b.platform, b.monthly_micros::float8 as monthly,
        coalesce(sum(e.micros) filter (where e.day >= ${monthOf(now)}::date), 0)::float8 as spent,
        coalesce(sum(e.micros) filter (where e.day >= ${from}::date), 0)::float8 as week,
        min(e.day) filter (where e.day >= ${from}::date)::text as since,
        exists (
          select 1 from source s
          where s.project_id = b.project_id and s.platform = b.platform and s.error->>'key' = 'budget.spent'
        ) as rests
      from budget b
      left join expense e using (project_id, platform)
      where b.project_id = ${project}
      group by b.project_id, b.platform
      order by b.platform`,
  )
  return rows.map(({ platform, monthly, spent, week, since, rests }) => {
    const until = nextMonth(now)
    const days = since === null ? 0 : (now.getTime() - Date.parse(since)) / dayMs
    const forecast = days < 1 ? null : spent + (week / days) * ((until.getTime() - now.getTime()) / dayMs)
    const state = rests || spent >= monthly ? 'spent' : spent >= monthly * nearFrom ? 'near' : 'fine'
    return { platform, monthly, spent, forecast: forecast === null ? null : Math.round(forecast), state, until }
  })
}

/** Sources that rest because of their budget are asked again at once. A lower budget than what is spent stops them at their next request. */
export async function setBudget(
  db: Database,
  { project, platform }: { project: number; platform: string },
  monthly: Micros,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sql`
      insert into budget (project_id, platform, monthly_micros) values (${project}, ${platform}, ${monthly})
      on conflict (project_id, platform) do update set monthly_micros = excluded.monthly_micros`.execute(tx)
    await sql`
      update source set next_check_at = ${now}
      where project_id = ${project} and platform = ${platform} and error->>'key' in ('budget.spent', 'budget.none')`.execute(
      tx,
    )
  })
}

function told(...given: Parameters<typeof why>): Pick<Extract<Paid, { kind: 'refused' }>, 'problem'> {
  return { problem: why(...given).problem }
}
