import type { Logger } from 'pino'

type Work = {
  everyMs: number
  log: Logger
  /** Completes “… failed” in the log. */
  what: string
  work: (signal: AbortSignal) => Promise<unknown>
}

/**
 * Works now and again `everyMs` after each end, until it is disposed, which aborts the signal and waits for what is under way. A
 * failure is logged and the next round comes all the same, so work that is not done has to stay due.
 */
export function every({ everyMs, log, what, work }: Work): AsyncDisposable {
  const stopping = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let round = Promise.resolve()
  const run = async () => {
    try {
      await work(stopping.signal)
    } catch (error) {
      log.error({ error: error instanceof Error ? error.stack : String(error) }, `${what} failed`)
    }
    if (!stopping.signal.aborted) timer = setTimeout(begin, everyMs)
  }
  const begin = () => {
    round = run()
  }
  begin()
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      clearTimeout(timer)
      await round
    },
  }
}
