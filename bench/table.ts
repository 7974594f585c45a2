import { cpus, totalmem } from 'node:os'

/** One figure: what we want of it, and what came out. Null: it could not be measured, and `note` says why. */
export type Row = { what: string; wanted: string; measured: number | null; unit: string; ok: boolean; note?: string }

/** Prints a part's figures when it runs alone, or hands them to `npm run bench`. */
export async function tell(part: () => Promise<Row[]>): Promise<void> {
  const rows = await part()
  if (process.send) process.send(rows)
  else printTable(rows)
}

export function printTable(rows: Row[]): void {
  const lines = rows.map(({ what, wanted, measured, unit, ok, note }) => [
    what,
    `${wanted} ${unit}`,
    measured === null ? '–' : `${round(measured)} ${unit}`,
    measured === null ? `not measured: ${note}` : ok ? 'ok' : 'short',
  ])
  const table = [['what', 'wanted', 'measured', ''], ...lines]
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((line) => line[column]!.length)))
  for (const line of table)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

/** Milliseconds of all threads' processor time that the work takes; of so many rounds 95 in a hundred took less. */
export async function processorRow(
  what: string,
  most: number,
  rounds: number,
  work: () => Promise<unknown>,
): Promise<Row> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const begun = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(begun)
    times.push((user + system) / 1000)
  }
  const measured = quantile(times, 0.95)
  return { what: `${what}, p95`, wanted: `≤ ${most}`, measured, unit: 'ms', ok: measured <= most }
}

export function machine(): string {
  const [cpu] = cpus()
  return `${cpu?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
}

// Of the machine that the wanted figures were set on, while nothing else ran on it.
const referenceMs = 200

/** How much slower than the reference this machine is right now, by a fixed piece of work; 1 is equal. */
export function calibrate(): number {
  return Math.min(...Array.from({ length: 3 }, timeOfFixedWork)) / referenceMs
}

// By processor time, as what else runs on the machine takes turns with us.
function timeOfFixedWork(): number {
  const begun = process.cpuUsage()
  const counts = new Map<string, number>()
  let state = 1
  for (let i = 0; i < 1_000_000; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    const word = (state >>> 16).toString(36)
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  if (sorted.length < 1000) throw new Error('The fixed work is not what it was')
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

/** The value below which this share of the values lies. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
