import { classify, unpackClassifier, type Classifier } from '../../base/learn/classifier.ts'
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

/** A set and what was learnt of it. */
export type Taught = { id: number; projectId: number; names: Map<number, string>; classifier: Classifier }
/** The same as it travels between threads. */
export type PackedSet = Omit<Taught, 'classifier'> & { model: Uint8Array }

export function unpack({ model, ...set }: PackedSet): Taught {
  return { ...set, classifier: unpackClassifier(Buffer.from(model), `the model of category set ${set.id}`) }
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
