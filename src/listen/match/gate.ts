import { threadId } from 'node:worker_threads'

/**
 * Lets many threads read while none writes, and one thread write while none reads: readers pass for one post at a time, so a
 * change waits no longer than the posts in hand take. Each reader has a place of its own, so that one whose thread died on its
 * way through can be taken out.
 */
export class Gate {
  // Whether somebody writes or is about to; how many places were ever taken. Then the places: whose it is, whether it reads.
  readonly #state: Int32Array
  #place = 0

  constructor(memory: SharedArrayBuffer) {
    this.#state = new Int32Array(memory)
  }

  enter(): void {
    this.#place ||= this.#takePlace()
    for (;;) {
      if (Atomics.load(this.#state, 0) === 1) Atomics.wait(this.#state, 0, 1)
      Atomics.store(this.#state, this.#place + 1, 1)
      if (Atomics.load(this.#state, 0) === 0) return
      this.leave()
    }
  }

  leave(): void {
    Atomics.store(this.#state, this.#place + 1, 0)
    if (Atomics.load(this.#state, 0) === 1) Atomics.notify(this.#state, this.#place + 1)
  }

  /**
   * Runs the change alone. False when a reader did not come through within `patienceMs`: nothing was changed then, and if its
   * thread has died, the change can be made once that was noticed and told by `forget`.
   */
  write(change: () => void, patienceMs = 2_000): boolean {
    const until = performance.now() + patienceMs
    Atomics.store(this.#state, 0, 1)
    try {
      const end = first + Atomics.load(this.#state, 1) * stride
      for (let place = first; place < end; place += stride) {
        while (Atomics.load(this.#state, place + 1) === 1) {
          const left = until - performance.now()
          if (left <= 0 || Atomics.wait(this.#state, place + 1, 1, left) === 'timed-out') return false
        }
      }
      change()
      return true
    } finally {
      Atomics.store(this.#state, 0, 0)
      Atomics.notify(this.#state, 0)
    }
  }

  /** A thread is no more: whatever it held is free. */
  forget(thread: number): void {
    const end = first + Atomics.load(this.#state, 1) * stride
    for (let place = first; place < end; place += stride) {
      if (Atomics.load(this.#state, place) !== thread + 1) continue
      Atomics.store(this.#state, place + 1, 0)
      Atomics.store(this.#state, place, 0)
    }
  }

  #takePlace(): number {
    for (let i = 0; i < mostReaders; i++) {
      const place = first + i * stride
      if (Atomics.compareExchange(this.#state, place, 0, threadId + 1) !== 0) continue
      for (let taken = Atomics.load(this.#state, 1); taken <= i;)
        taken = Atomics.compareExchange(this.#state, 1, taken, i + 1)
      return place
    }
    throw new Error(`More than ${mostReaders} readers of one matcher`)
  }
}

const mostReaders = 256
// Each place has a line of the processor's cache to itself.
const stride = 16
const first = stride

export const gateBytes = (first + mostReaders * stride) * 4
