import type { Calendar } from '../../serve/api/shapes/clock.ts'

type Block = Calendar['week'][number][number]

/** `9-13, 14:00–18:30` as minutes of the day; empty is a day off. Null: it cannot be read. */
export function parseBlocks(text: string): Block[] | null {
  const blocks = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [from, to, ...more] = part.split(/\s*[-–—]\s*/).map(minuteOf)
      return from == null || to == null || more.length > 0 || from >= to ? null : { from, to }
    })
  return blocks.includes(null) ? null : blocks.filter((block) => block !== null)
}

export function printBlocks(blocks: readonly Block[]): string {
  return blocks.map(({ from, to }) => `${printMinute(from)}–${printMinute(to)}`).join(', ')
}

function minuteOf(text: string): number | null {
  const found = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text)
  if (found === null) return null
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)]
  const minute = hours * 60 + minutes
  return minutes < 60 && minute <= 1440 ? minute : null
}

function printMinute(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
}
