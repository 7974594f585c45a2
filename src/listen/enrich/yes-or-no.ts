import { join } from 'node:path'
import { chancesOf, loadChances, type Chances } from '../../base/learn/chances.ts'
import { readBag } from '../../base/learn/read-bag.ts'
import type { Analysis } from '../../base/text/analyse.ts'

export type YesOrNo = {
  label: boolean
  /** Calibrated, of the label: of the answers with 0.8, about 80 of 100 are right. */
  confidence: number
}

/** The answer to the one question of a task's model for a language. `known`: what it was learnt with besides words. */
export function askYesOrNo(task: string, lang: string, analysis: Analysis, known: readonly number[] = []): YesOrNo {
  const model = yesOrNoModel(task, lang)
  const chance = chancesOf(model, readBag(analysis), known)[0]!
  const label = chance >= model.questions[0]!.from
  return { label, confidence: label ? chance : 1 - chance }
}

/** Loaded once, when first asked for. Throws `BrokenModel`. */
export function yesOrNoModel(task: string, lang: string): Chances {
  const name = `${task}.${lang}`
  let model = models.get(name)
  if (!model) models.set(name, (model = loadChances(yesOrNoModelFile(task, lang), task)))
  return model
}

const models = new Map<string, Chances>()

export function yesOrNoModelFile(task: string, lang: string): string {
  return join(import.meta.dirname, `../../../models/${task}.${lang}.model`)
}

/** Which of the measured languages it is, "pt-BR" being "pt"; null when none, or unknown. */
export function measuredLanguage<Measured extends string>(
  lang: string | null,
  measured: readonly Measured[],
): Measured | null {
  const code = lang?.slice(0, 2).toLowerCase()
  return measured.find((one) => one === code) ?? null
}
