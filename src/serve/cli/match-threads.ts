import { Worker } from 'node:worker_threads'
import type { AnalysisMode } from '../../base/text/analyse.ts'
import { createLineMatcher, registerQueries, type Matched, type QueryLine } from './match-lines.ts'

/** Matches batches of lines on so many threads; answers may come in another order than the batches were given. */
export type Threads = Disposable & { match(bytes: Uint8Array<ArrayBuffer>): Promise<Matched> }

export function startThreads(count: number, queries: QueryLine[], mode: AnalysisMode): Threads {
  const { matcher, registered } = registerQueries(queries, mode)
  if (count === 1) {
    const match = createLineMatcher(matcher, registered)
    return { match: async (bytes) => match(bytes), [Symbol.dispose]: () => {} }
  }
  const waiting = new Map<number, { resolve: (matched: Matched) => void; reject: (error: Error) => void }>()
  const workers = Array.from({ length: count }, () => {
    const worker = new Worker(new URL('./match-worker.ts', import.meta.url), { workerData: registered })
    worker.on('message', ({ turn, matched }: Answer) => {
      matcher.learn(matched.lines)
      waiting.get(turn)?.resolve(matched)
      waiting.delete(turn)
    })
    worker.on('error', (error: Error) => {
      for (const { reject } of waiting.values()) reject(error)
    })
    return worker
  })
  let turns = 0
  return {
    match: (bytes) => {
      const turn = turns
      turns += 1
      return new Promise((resolve, reject) => {
        waiting.set(turn, { resolve, reject })
        workers[turn % workers.length]?.postMessage({ turn, bytes }, [bytes.buffer])
      })
    },
    [Symbol.dispose]: () => {
      for (const worker of workers) void worker.terminate()
    },
  }
}

type Answer = { turn: number; matched: Matched }
