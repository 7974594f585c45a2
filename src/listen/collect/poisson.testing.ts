/** How often what comes at a mean rate came (Knuth, The Art of Computer Programming 2, 3.4.1 F); the same draws in every run. */
export function poissonDraw(mean: number): number {
  const least = Math.exp(-mean)
  let count = 0
  for (let left = random(); left > least; left *= random()) count += 1
  return count
}

let seed = 7
/** From 0 to 1, without either. */
export function random(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return (seed + 0.5) / 2 ** 32
}

/** From here the same draws come again. */
export function beginDraws(at: number): void {
  seed = at
}
