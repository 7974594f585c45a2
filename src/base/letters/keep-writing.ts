import type { Logger } from 'pino'
import { every } from '../time/every.ts'
import { deliverLetters, type LetterWorld } from './deliver.ts'

/** Letters leave within seconds of being due, until it is disposed. */
export function keepWriting(world: LetterWorld & { log: Logger }): AsyncDisposable {
  const work = (signal: AbortSignal) => deliverLetters(world, signal)
  return every({ everyMs: 5_000, log: world.log, what: 'sending letters', work })
}
