import { seeded } from '../../base/learn/random.ts'

/** An estimate with the ends of its 95 % interval. */
export type Interval = { estimate: number; low: number; high: number }

/** One kind of mentions: what was said of them, and how often each answer was given for each truth when that was checked. */
export type Checked = {
  /** By answer. */
  said: number[]
  /** Of `said`, how many stand for themselves: copies of one text are right or wrong together. */
  independent: number
  /** `[truth][answer]`, counted on labelled posts; as many truths as answers. */
  confusion: number[][]
}

/**
 * What is true of mentions, by what was said of them: their numbers by truth. The shares are those under which what was said
 * is likeliest, given how often each answer is given for each truth (the EM algorithm of mixtures with known components;
 * Saerens, Latinne, Decaestecker 2002). The interval holds the smallness of the check and of the mentions: both are drawn
 * anew `draws` times from what they leave possible (Dirichlet). The same input gives the same answer.
 */
export function correctCounts(kinds: Checked[], truths: number): Interval[] {
  const likeliest = kinds.map(({ said, confusion }) => mixtureOf(said, confusion.map(expected), null))
  const best = sumOver(kinds, truths, likeliest)
  const random = seeded(1)
  const drawn = Array.from({ length: draws }, () =>
    sumOver(
      kinds,
      truths,
      kinds.map(({ said, independent, confusion }, kind) => {
        const all = Math.max(1, sum(said))
        const again = said.map((count) => (count * independent) / all)
        const chances = confusion.map((row) => row.map((count) => count + prior(row)))
        return mixtureOf(
          dirichlet(again, random),
          chances.map((row) => dirichlet(row, random)),
          likeliest[kind]!,
        )
      }),
    ),
  )
  return best.map((estimate, truth) => {
    const values = drawn.map((one) => one[truth]!).toSorted((a, b) => a - b)
    const [low, high] = [values[Math.floor(draws * 0.025)]!, values[Math.ceil(draws * 0.975) - 1]!]
    return { estimate, low: Math.min(low, estimate), high: Math.max(high, estimate) }
  })
}

const draws = 200
const steps = 300
/** What a step moves no more, as a share of all mentions. */
const enough = 1e-4

function sumOver(kinds: Checked[], truths: number, shares: number[][]): number[] {
  return Array.from({ length: truths }, (_, truth) =>
    kinds.reduce((total, { said }, kind) => total + shares[kind]![truth]! * sum(said), 0),
  )
}

/** The shares of the truths that make these answers likeliest; `near` is where to begin. */
function mixtureOf(said: number[], chances: number[][], near: number[] | null): number[] {
  const all = sum(said)
  // A share that begins at nothing stays there.
  const shares = chances.map(
    (_, truth) => (near === null ? 0 : near[truth]! * 0.9) + (near === null ? 1 : 0.1) / chances.length,
  )
  if (all === 0) return shares.map(() => 0)
  const next = shares.map(() => 0)
  // Plain loops: a draw takes thousands of them.
  for (let step = 0; step < steps; step++) {
    next.fill(0)
    for (let answer = 0; answer < said.length; answer++) {
      if (said[answer] === 0) continue
      let whole = 0
      for (let truth = 0; truth < shares.length; truth++) whole += shares[truth]! * chances[truth]![answer]!
      const weight = said[answer]! / all / whole
      for (let truth = 0; truth < shares.length; truth++)
        next[truth]! += weight * shares[truth]! * chances[truth]![answer]!
    }
    let moved = 0
    for (let truth = 0; truth < shares.length; truth++) {
      moved += Math.abs(next[truth]! - shares[truth]!)
      shares[truth] = next[truth]!
    }
    if (moved < enough) break
  }
  return shares
}

/** One post more, spread evenly: an answer that was never given is rare, not impossible (Perks' prior). */
function prior(row: number[]): number {
  return 1 / row.length
}

function expected(row: number[]): number[] {
  const all = sum(row) + 1
  return row.map((count) => (count + prior(row)) / all)
}

function dirichlet(weights: number[], random: () => number): number[] {
  const drawn = weights.map((weight) => (weight === 0 ? 0 : gamma(weight, random)))
  const all = sum(drawn)
  return drawn.map((one) => (all === 0 ? 0 : one / all))
}

/** Marsaglia and Tsang, “A simple method for generating gamma variables”, 2000. */
function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * random() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
