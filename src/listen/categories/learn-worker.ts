import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../../base/errors.ts'
import { learnClassifier, packClassifier } from '../../base/learn/classifier.ts'
import type { Learnt, Lesson } from './learn-in-thread.ts'

// Learning takes seconds of a processor, and screens are served meanwhile.
const { rows, sizes } = workerData as Lesson
const begun = performance.now()
const classifier = learnClassifier(rows)
const curve = sizes.flatMap((size) => {
  const first = rows.slice(0, size)
  if (new Set(first.map(({ label }) => label)).size < 2) return []
  const { measured } = learnClassifier(first)
  return measured ? [{ labels: size, accuracy: measured.accuracy, macroF1: measured.macroF1 }] : []
})
const learnt: Learnt = {
  model: packClassifier(classifier),
  measured: classifier.measured,
  curve,
  tookMs: Math.round(performance.now() - begun),
}
must(parentPort).postMessage(learnt)
