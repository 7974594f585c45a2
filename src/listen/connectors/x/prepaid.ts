import type { Charge, Micros, Paid, Pay } from '../connector.ts'

type Refused = Extract<Paid, { kind: 'refused' }>
type Reserved = Extract<Paid, { kind: 'reserved' }>

/**
 * Pays for what comes without being asked for. Two portions are reserved: the first is used up, and the second is there
 * for what is on its way when no third can be had. Close it, so that what was not used goes back.
 */
export class Prepaid {
  readonly #pay: Pay
  readonly #portion: Micros
  readonly #now: () => Date
  #reserved: Reserved[]
  #charges: Charge[] = []
  #day: number

  /** `now` tells when a UTC day begins, which is when everything is billed anew. */
  static async open(pay: Pay, portion: Micros, now: () => Date): Promise<{ meter: Prepaid } | { refused: Refused }> {
    const first = await pay(portion)
    if (first.kind === 'refused') return { refused: first }
    const second = await pay(portion)
    if (second.kind === 'reserved') return { meter: new Prepaid(pay, portion, now, [first, second]) }
    await first.settle([])
    return { refused: second }
  }

  private constructor(pay: Pay, portion: Micros, now: () => Date, reserved: Reserved[]) {
    this.#pay = pay
    this.#portion = portion
    this.#now = now
    this.#reserved = reserved
    this.#day = dayOf(now())
  }

  /** Counts what has come. Refused: nothing more may come, and what is under way is still paid for. */
  async count(charges: Charge[]): Promise<Refused | null> {
    this.#charges.push(...charges)
    const used = this.#charges.reduce((sum, { micros }) => sum + micros, 0)
    const today = dayOf(this.#now())
    if (used < this.#portion && today === this.#day) return null
    this.#day = today
    await this.#reserved.shift()?.settle(this.#charges.splice(0))
    const next = await this.#pay(this.#portion)
    if (next.kind === 'refused') return next
    this.#reserved.push(next)
    return null
  }

  async close(): Promise<void> {
    const [last, ...rest] = this.#reserved.splice(0)
    await last?.settle(this.#charges.splice(0))
    for (const one of rest) await one.settle([])
  }
}

function dayOf(at: Date): number {
  return Math.floor(at.getTime() / 86_400_000)
}
