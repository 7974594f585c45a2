import type { ClickHouseClient } from '@clickhouse/client'
import { availableParallelism } from 'node:os'

/** So many questions the embedded engine answers at once. Each keeps one of the four threads busy that Node has, also for files and names. */
export const atOnce = Math.min(3, Math.max(2, availableParallelism()))

/**
 * The ways into the embedded engine, which does one thing after the other in each connection and as many at once as there
 * are connections. Whoever finds none free waits here, in turn.
 */
export class Connections {
  readonly #all: ClickHouseClient[]
  readonly #free: ClickHouseClient[]
  readonly #waiting: ((client: ClickHouseClient) => void)[] = []
  readonly #unset: Set<ClickHouseClient>
  readonly #settings: string

  /** `settings` hold in each connection from its first use on. */
  constructor(connect: () => ClickHouseClient, settings: { [name: string]: string | number }) {
    this.#all = Array.from({ length: atOnce }, connect)
    this.#free = [...this.#all]
    this.#unset = new Set(this.#all)
    const each = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`)
    this.#settings = `set ${each.join(', ')}`
  }

  async use<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    const client = this.#free.pop() ?? (await new Promise<ClickHouseClient>((resolve) => this.#waiting.push(resolve)))
    try {
      if (this.#unset.has(client)) {
        await client.command({ query: this.#settings })
        this.#unset.delete(client)
      }
      return await work(client)
    } finally {
      const next = this.#waiting.shift()
      if (next) next(client)
      else this.#free.push(client)
    }
  }

  async close(): Promise<void> {
    for (const client of this.#all) await client.close()
  }
}
