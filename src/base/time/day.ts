/** The calendar day of a moment in a time zone, as 2026-03-12. */
export function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
}
