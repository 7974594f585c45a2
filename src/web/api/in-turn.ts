type Line = { last: Promise<unknown>; waiting: number }

const lines = new Map<string, Line>()

/**
 * What a person does to one thing reaches the server in the order they did it: each step goes out when the one before it
 * is answered. Two requests on their way at once may overtake each other, and then what holds is not what was said last.
 *   await inTurn(`ticket ${id}`, () => send('PATCH', …))
 * A step that fails stops none of those behind it.
 */
export async function inTurn<T>(name: string, step: () => Promise<T>): Promise<T> {
  const line = lines.get(name) ?? { last: Promise.resolve(), waiting: 0 }
  lines.set(name, line)
  line.waiting += 1
  const done = line.last.then(step, step)
  line.last = done
  try {
    return await done
  } finally {
    line.waiting -= 1
    if (line.waiting === 0) lines.delete(name)
  }
}

/** Nothing further is on its way, so an answer that came knows of every step. */
export function nothingWaits(name: string): boolean {
  return !lines.has(name)
}
