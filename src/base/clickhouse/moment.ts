/** A moment as ClickHouse's DateTime64(3, 'UTC') reads it. */
export function moment(at: Date): string {
  return at.toISOString().slice(0, 23).replace('T', ' ')
}

/** The moment behind a DateTime64(3, 'UTC') as JSONEachRow writes it. */
export function readMoment(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`)
}
