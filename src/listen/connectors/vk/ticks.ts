import { setTimeout as sleep } from 'node:timers/promises'

/** What comes, and null whenever nothing came for so long. Ends with what comes, or when the signal aborts. */
export async function* withTicks<T>(
  coming: AsyncIterable<T>,
  everyMs: number,
  signal: AbortSignal,
): AsyncGenerator<T | null> {
  const iterator = coming[Symbol.asyncIterator]()
  let next = iterator.next()
  try {
    while (!signal.aborted) {
      const quiet = new AbortController()
      const tick = sleep(everyMs, null, { signal: AbortSignal.any([signal, quiet.signal]) }).catch(() => null)
      const came = await Promise.race([next, tick])
      quiet.abort()
      if (came === null) {
        if (!signal.aborted) yield null
        continue
      }
      if (came.done === true) return
      yield came.value
      next = iterator.next()
    }
  } finally {
    // The frames end when the socket is closed, which whoever opened it does.
    void iterator.return?.()?.catch(() => {})
  }
}
