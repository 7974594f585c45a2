import type { Bag } from './bag.ts'
import { loadCompact, scoreBag, type CompactModel } from './compact.ts'
import { logistic } from './logistic.ts'

/** A yes-or-no question about a text. Its chance is logistic in the score of the words and in what else is known of the text. */
export type Question = {
  name: string
  /** Of the score, of each number that is known besides, and a constant. */
  weights: number[]
  /** From this chance on the answer is yes: where yes and no were told apart best. */
  from: number
}

/** Questions that are asked of a text together and answered each on its own, as emotions are. */
export type Chances = { questions: Question[]; model: CompactModel }

/** Throws `BrokenModel`. */
export function loadChances(path: string, task: string): Chances {
  const model = loadCompact(path, task)
  return { model, questions: model.meta['questions'] as Question[] }
}

/** The chance of yes for each question, good until the next call. `known`: what the questions were learnt with besides words. */
export function chancesOf({ questions, model }: Chances, bag: Bag, known: readonly number[] = []): Float64Array {
  if (chances.length !== questions.length) chances = new Float64Array(questions.length)
  scoreBag(model, bag, chances)
  const numbers = [0, ...known]
  for (let i = 0; i < questions.length; i++) {
    numbers[0] = chances[i]!
    chances[i] = logistic(questions[i]!.weights, numbers)
  }
  return chances
}

let chances = new Float64Array(0)
