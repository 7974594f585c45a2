/** Keeps the readers of public pages from taking the machine: counts in memory, because a count in the database would be work too. */
export class Flood {
  private began = 0
  private readonly reads = new Map<string, number>()
  private all = 0
  private searchedMs = 0

  /** Null: go on. Else the milliseconds until it is worth trying again. */
  read(network: string, now: number): number | null {
    this.begin(now)
    const count = (this.reads.get(network) ?? 0) + 1
    // Whoever comes from more networks than we can remember shares one count.
    if (this.reads.size < mostNetworks || this.reads.has(network)) this.reads.set(network, count)
    // What one network asks too often must not use up what is for all.
    if (count > mostReads) return this.left(now)
    this.all += 1
    return this.all > mostReadsOfAll ? this.left(now) : null
  }

  /** The same for a search, which costs more: all of them together get a fifth of the time. */
  search(now: number): number | null {
    this.begin(now)
    return this.searchedMs > mostSearchMs ? this.left(now) : null
  }

  /** A slow machine is no flood, so one search counts as a fifth of a second at most. */
  searched(tookMs: number): void {
    this.searchedMs += Math.min(200, tookMs)
  }

  private begin(now: number): void {
    if (now - this.began < windowMs) return
    this.began = now
    this.reads.clear()
    this.all = 0
    this.searchedMs = 0
  }

  private left(now: number): number {
    return Math.max(1000, windowMs - (now - this.began))
  }
}

const windowMs = 10_000
/** Of one network in a window: some fast typing and many pages. */
const mostReads = 150
/** A page takes some 10 ms of the processor with the embedded database, so all of them together get less than half of a core. */
const mostReadsOfAll = 400
const mostSearchMs = windowMs / 5
const mostNetworks = 20_000
