type Line = { last: Promise<unknown>; waiting: number; steps: number }

const lines = new Map<string, Line>()

// A step whose answer does not come must not keep everything else from being read.
const longestMs = 3000

/**
 * What a person does to one thing reaches the server in the order they did it: each step goes out when the one before it
 * is answered. Two requests on their way at once may overtake each other, and then what holds is not what was said last.
 *   await inTurn(`ticket ${id}`, () => send('PATCH', …))
 * A step that fails stops none of those behind it.
 */
export async function inTurn<T>(name: string, step: () => Promise<T>): Promise<T> {
  const line = lines.get(name) ?? { last: Promise.resolve(), waiting: 0, steps: 0 }
  lines.set(name, line)
  line.waiting += 1
  line.steps += 1
  const done = line.last.then(step, step)
  line.last = done
  try {
    return await done
  } finally {
    line.waiting -= 1
    // What was answered is not kept.
    if (line.waiting === 0) line.last = Promise.resolve()
  }
}

/** Nothing further is on its way, so an answer that came knows of every step. */
export function nothingWaits(name: string): boolean {
  return (lines.get(name)?.waiting ?? 0) === 0
}

/**
 * An answer that knows of every step: asked when nothing of the line is on its way, and asked again when somebody stepped
 * while it was. An older one would take back for a moment what a person has done and sees done. `isFirst`: nothing is shown
 * yet that could be taken back, so it is asked at once.
 */
export async function afterSteps<T>(name: string, isFirst: boolean, ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + longestMs
  if (!isFirst) await quiet(name, until)
  for (;;) {
    const [wasQuiet, steps] = [nothingWaits(name), lines.get(name)?.steps]
    const answer = await ask()
    if ((wasQuiet && lines.get(name)?.steps === steps) || performance.now() >= until) return answer
    await quiet(name, until)
  }
}

async function quiet(name: string, until: number): Promise<void> {
  while (!nothingWaits(name) && performance.now() < until) {
    const over = new Promise((done) => setTimeout(done, until - performance.now()))
    await Promise.race([lines.get(name)?.last.catch(() => undefined), over])
  }
}
