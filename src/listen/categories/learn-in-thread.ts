import { Worker } from 'node:worker_threads'
import type { Labelled, Measured } from '../../base/learn/classifier.ts'

export type Lesson = {
  rows: Labelled[]
  /** Points of the learning curve that are not there yet: how good the first so many rows make it. */
  sizes: number[]
}

export type Learnt = {
  model: Uint8Array
  measured: Measured | null
  curve: { labels: number; accuracy: number; macroF1: number }[]
  tookMs: number
}

/** Learns in a thread of its own. Aborting ends it without an answer. */
export async function learnInThread(lesson: Lesson, signal: AbortSignal): Promise<Learnt> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./learn-worker.ts', import.meta.url), { workerData: lesson })
  const end = () => void worker.terminate()
  signal.addEventListener('abort', end, { once: true })
  try {
    return await new Promise<Learnt>((resolve, reject) => {
      worker.on('message', resolve)
      worker.on('error', reject)
      worker.on('exit', () => reject(new Error('The thread that learns has ended')))
    })
  } finally {
    signal.removeEventListener('abort', end)
  }
}
