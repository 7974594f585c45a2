import { parentPort, workerData } from 'node:worker_threads'
import type { AnalysisMode } from '../../base/text/analyse.ts'
import { createLineMatcher, type QueryLine } from './match-lines.ts'

// One thread of `heed match --threads N`: lines come in, answers go out, in any order.
const { queries, mode } = workerData as { queries: QueryLine[]; mode: AnalysisMode }
const match = createLineMatcher(queries, mode)

parentPort?.on('message', ({ turn, first, lines }: { turn: number; first: number; lines: string[] }) => {
  parentPort?.postMessage({ turn, ...match(first, lines) })
})
