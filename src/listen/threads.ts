import { Worker } from 'node:worker_threads'
import { must } from '../base/errors.ts'
import type { Post } from './posts/post.ts'
import type { ProjectCategories } from './categories/project-categories.ts'
import type { Circumstances, Understood } from './pipeline.ts'
import type { TopicMatcher } from './topics/topic-matcher.ts'

/**
 * Threads that take pages through the steps while this one saves them. They match with the queries of `topics` and know the
 * categories of the projects.
 */
export type Threads = AsyncDisposable & {
  /** How many pages may be understood at once. */
  count: number
  understand(posts: Post[], circumstances: Circumstances): Promise<{ understood: Understood; kept: () => void }>
}

/** Starts none until a page comes, and ends them when none has come for a while: each needs some 150 MB. */
export function createThreads(count: number, topics: TopicMatcher, categories: ProjectCategories): Threads {
  let running: Running[] = []
  let turns = 0
  let resting: NodeJS.Timeout | undefined

  function start(): Running {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: topics.memory })
    const one: Running = { worker, waiting: new Map(), stopFollowing: () => {} }
    const stops = [
      topics.follow((change) => worker.postMessage({ change })),
      categories.follow((learnt) => worker.postMessage({ learnt })),
    ]
    one.stopFollowing = () => stops.forEach((stop) => stop())
    worker.on('message', ({ turn, understood, error }: Answer) => {
      const waiting = must(one.waiting.get(turn))
      one.waiting.delete(turn)
      if (one.waiting.size === 0) worker.unref()
      if (understood) waiting.resolve({ understood, kept: () => worker.postMessage({ kept: turn }) })
      else waiting.reject(new Error(error))
    })
    // The pages it had are given up by whoever brought them, and brought again.
    worker.on('error', (error: Error) => leave(one, error))
    const { threadId } = worker
    worker.on('exit', () => {
      topics.forget(threadId)
      leave(one, new Error('A thread has ended'))
    })
    return one
  }

  function leave(one: Running, error: Error): void {
    running = running.filter((other) => other !== one)
    one.stopFollowing()
    for (const { reject } of one.waiting.values()) reject(error)
    one.waiting.clear()
  }

  function rest(): void {
    for (const one of running) if (one.waiting.size === 0) void one.worker.terminate()
  }

  return {
    count,
    understand: async (posts, circumstances) => {
      const idle = running.find(({ waiting }) => waiting.size === 0)
      if (!idle && running.length < count) running.push(start())
      const one = idle ?? running.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a))
      const turn = turns++
      clearTimeout(resting)
      resting = setTimeout(rest, restAfterMs).unref()
      return new Promise((resolve, reject) => {
        one.waiting.set(turn, { resolve, reject })
        // Only a thread that has work keeps the process from ending.
        one.worker.ref()
        one.worker.postMessage({ turn, posts, circumstances })
      })
    },
    [Symbol.asyncDispose]: async () => {
      clearTimeout(resting)
      await Promise.all(running.map(({ worker }) => worker.terminate()))
    },
  }
}

type Running = {
  worker: Worker
  waiting: Map<
    number,
    { resolve: (answer: Awaited<ReturnType<Threads['understand']>>) => void; reject: (error: Error) => void }
  >
  stopFollowing: () => void
}

type Answer = { turn: number; understood: Understood | null; error: string }

const restAfterMs = 60_000
