import { parentPort, workerData } from 'node:worker_threads'
import { Matcher } from '../../listen/match/matcher.ts'
import { createLineMatcher, type Registered } from './match-lines.ts'

// One thread of `heed match --threads N`: lines come in, answers go out, in any order. The queries are in shared memory.
const registered = workerData as Registered
const match = createLineMatcher(new Matcher(registered.mode, registered.memory), registered)

parentPort?.on('message', ({ turn, bytes }: { turn: number; bytes: Uint8Array }) => {
  const matched = match(bytes)
  parentPort?.postMessage({ turn, matched }, [matched.answers.buffer])
})
