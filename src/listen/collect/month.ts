export const dayMs = 24 * 3_600_000

/** The day of a moment in UTC, as `2026-11-22`. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** The first day of its month. */
export function monthOf(at: Date): string {
  return `${at.toISOString().slice(0, 7)}-01`
}

/** When the next month begins. */
export function nextMonth(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))
}
