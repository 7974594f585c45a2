import { sql } from 'kysely'
import type { Events } from '../../base/events/events.ts'
import { classify, unpackClassifier, type Classifier } from '../../base/learn/classifier.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Analysis } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'

/** A category that a project's own model gives a post. */
export type FoundCategory = {
  set: number
  category: number
  name: string
  /** Calibrated: of those with 0.8, about 80 of 100 are right, among mentions like the labelled ones. */
  chance: number
}

/** What every project has taught, in memory; follows what is learnt, also by another process. */
export type ProjectCategories = Disposable & {
  /** At most one category of each set of the project, the likeliest when it is at least as likely as all others together. */
  find(project: number, analysis: Analysis): FoundCategory[]
}

/** Less likely categories are not shown as a fact: a person is asked. */
const sureFrom = 0.5

export async function watchCategories(db: Database, events: Events): Promise<ProjectCategories> {
  const taught = new Map<number, Taught>()
  for (const set of await read(db, null)) taught.set(set.id, set)
  const stop = events.subscribe((event) => {
    if (event.kind === 'category')
      void read(db, event.set).then(([set]) => (set ? taught.set(set.id, set) : taught.delete(event.set)))
  })
  return {
    find: (project, analysis) =>
      [...taught.values()].flatMap((set) => {
        if (set.projectId !== project) return []
        const guess = guessCategory(set, analysis)
        return guess && guess.chance >= sureFrom ? [guess] : []
      }),
    [Symbol.dispose]: stop,
  }
}

/** The names of the categories that `project` has taught for such a post, as its mention is saved with them. */
export function classifyForProject(
  categories: ProjectCategories,
  project: number,
  _post: Post,
  analysis: Analysis,
): string[] {
  return categories.find(project, analysis).map(({ name }) => name)
}

/** A set and what was learnt of it. */
export type Taught = { id: number; projectId: number; names: Map<number, string>; classifier: Classifier }

/** The sets that have been learnt: one of them, or all. */
async function read(db: Database, only: number | null): Promise<Taught[]> {
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
    classifier: unpackClassifier(Buffer.from(model), `the model of category set ${id}`),
  }))
}

export async function findTaught(db: Database, set: number): Promise<Taught | null> {
  return (await read(db, set))[0] ?? null
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
