import { sql } from 'kysely'
import type { Events } from '../../base/events/events.ts'
import { classify, unpackClassifier, type Classifier } from '../../base/learn/classifier.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Analysis } from '../../base/text/analyse.ts'

/** A category that a project's own model gives a post. */
export type FoundCategory = {
  set: number
  category: number
  name: string
  /** Calibrated: of those with 0.8, about 80 of 100 are right, among mentions like the labelled ones. */
  chance: number
}

/** What every project has taught, in memory. */
export type ProjectCategories = {
  /** At most one category of each set of the project, the likeliest when it is at least as likely as all others together. */
  find(project: number, analysis: Analysis): FoundCategory[]
  /** Tells all that was taught, and from then on each change, until it is stopped. */
  follow(tell: (change: CategoryChange) => void): () => void
  /** What another one tells. */
  take(change: CategoryChange): void
}

/** What was taught of a set from now on; `taught` null: nothing. */
export type CategoryChange = { set: number; taught: PackedSet | null }

/** Less likely categories are not shown as a fact: a person is asked. */
const sureFrom = 0.5

export function createCategories(): ProjectCategories {
  const known = new Map<number, { packed: PackedSet; taught: Taught }>()
  const followers = new Set<(change: CategoryChange) => void>()
  return {
    find: (project, analysis) =>
      [...known.values()].flatMap(({ taught }) => {
        if (taught.projectId !== project) return []
        return sureCategory(taught, analysis) ?? []
      }),
    take: (change) => {
      if (change.taught) known.set(change.set, { packed: change.taught, taught: unpack(change.taught) })
      else known.delete(change.set)
      for (const tell of followers) tell(change)
    },
    follow: (tell) => {
      for (const [set, { packed }] of known) tell({ set, taught: packed })
      followers.add(tell)
      return () => followers.delete(tell)
    },
  }
}

/** Follows what is learnt, also by another process. */
export async function watchCategories(db: Database, events: Events): Promise<ProjectCategories & Disposable> {
  const categories = createCategories()
  for (const taught of await read(db, null)) categories.take({ set: taught.id, taught })
  const stop = events.subscribe((event) => {
    if (event.kind === 'category')
      void read(db, event.set).then(([taught = null]) => categories.take({ set: event.set, taught }))
  })
  return { ...categories, [Symbol.dispose]: stop }
}

/** A set and what was learnt of it. */
export type Taught = { id: number; projectId: number; names: Map<number, string>; classifier: Classifier }
/** The same as it travels between threads. */
type PackedSet = Omit<Taught, 'classifier'> & { model: Uint8Array }

/** The sets that have been learnt: one of them, or all. */
async function read(db: Database, only: number | null): Promise<PackedSet[]> {
  const rows = await list(
    db,
    sql<{ id: number; projectId: number; names: { [id: string]: string } | null; model: Buffer }>`
      select s.id, s.project_id, m.model,
        (select json_object_agg(c.id, c.name) from category c where c.set_id = s.id and c.removed_at is null) as names
      from category_set s
      join category_model m on m.set_id = s.id
      where ${only}::int is null or s.id = ${only}
      order by s.id`,
  )
  return rows.map(({ id, projectId, names, model }) => ({
    id,
    projectId,
    names: new Map(Object.entries(names ?? {}).map(([category, name]) => [Number(category), name])),
    model: new Uint8Array(model),
  }))
}

function unpack({ model, ...set }: PackedSet): Taught {
  return { ...set, classifier: unpackClassifier(Buffer.from(model), `the model of category set ${set.id}`) }
}

export async function findTaught(db: Database, set: number): Promise<Taught | null> {
  const [taught] = await read(db, set)
  return taught ? unpack(taught) : null
}

/** The likeliest category when it is at least as likely as all others together; else null. */
export function sureCategory(taught: Taught, analysis: Analysis): FoundCategory | null {
  const guess = guessCategory(taught, analysis)
  return guess && guess.chance >= sureFrom ? guess : null
}

/** The likeliest category that is still there; null without words. */
export function guessCategory({ id, names, classifier }: Taught, analysis: Analysis): FoundCategory | null {
  const found = classify(classifier, analysis)
  if (!found) return null
  let best: FoundCategory | null = null
  for (const [i, label] of classifier.labels.entries()) {
    const name = names.get(Number(label))
    const chance = found.probabilities[i]!
    if (name !== undefined && chance > (best?.chance ?? -1)) best = { set: id, category: Number(label), name, chance }
  }
  return best
}
