/**
 * Lets many threads read while none writes, and one thread write while none reads: readers pass for one post at a time, so a
 * change waits no longer than the posts in hand take.
 */
export class Gate {
  // Whether somebody writes or is about to; how many read.
  readonly #state: Int32Array

  constructor(memory: SharedArrayBuffer) {
    this.#state = new Int32Array(memory, 0, 2)
  }

  enter(): void {
    for (;;) {
      if (Atomics.load(this.#state, 0) === 1) Atomics.wait(this.#state, 0, 1)
      Atomics.add(this.#state, 1, 1)
      if (Atomics.load(this.#state, 0) === 0) return
      this.leave()
    }
  }

  leave(): void {
    if (Atomics.sub(this.#state, 1, 1) === 1 && Atomics.load(this.#state, 0) === 1) Atomics.notify(this.#state, 1)
  }

  /** Runs the change alone. */
  write(change: () => void): void {
    Atomics.store(this.#state, 0, 1)
    for (let readers = Atomics.load(this.#state, 1); readers > 0; readers = Atomics.load(this.#state, 1))
      Atomics.wait(this.#state, 1, readers)
    try {
      change()
    } finally {
      Atomics.store(this.#state, 0, 0)
      Atomics.notify(this.#state, 0)
    }
  }
}

export const gateBytes = 8
