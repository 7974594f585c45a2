/** Work for many places at once: of each place a few things at a time, of all together some more, the others wait in line. */
export class Turns {
  readonly #most: { ofPlace: number; ofAll: number; waitMs: number }
  readonly #running = new Map<string, number>()
  readonly #waiting: { place: string; go: () => void }[] = []
  #all = 0

  /** `waitMs`: who has waited so long goes away. */
  constructor(most: { ofPlace: number; ofAll: number; waitMs: number }) {
    this.#most = most
  }

  /** Null when it was not its turn in time. */
  async take<Result>(place: string, work: () => Promise<Result>): Promise<Result | null> {
    if (this.#isFree(place)) this.#enter(place)
    else if (!(await this.#wait(place))) return null
    try {
      return await work()
    } finally {
      this.#leave(place)
    }
  }

  #wait(place: string): Promise<boolean> {
    return new Promise((resolve) => {
      const one = {
        place,
        go: () => {
          clearTimeout(timer)
          resolve(true)
        },
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(one), 1)
        resolve(false)
      }, this.#most.waitMs)
      this.#waiting.push(one)
    })
  }

  #isFree(place: string): boolean {
    return this.#all < this.#most.ofAll && (this.#running.get(place) ?? 0) < this.#most.ofPlace
  }

  #enter(place: string): void {
    this.#all += 1
    this.#running.set(place, (this.#running.get(place) ?? 0) + 1)
  }

  #leave(place: string): void {
    this.#all -= 1
    const left = (this.#running.get(place) ?? 1) - 1
    if (left === 0) this.#running.delete(place)
    else this.#running.set(place, left)
    const next = this.#waiting.findIndex((one) => this.#isFree(one.place))
    if (next < 0) return
    const [one] = this.#waiting.splice(next, 1)
    if (one === undefined) return
    this.#enter(one.place)
    one.go()
  }
}
