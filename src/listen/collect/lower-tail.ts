/**
 * The chance of `count` or fewer under the negative binomial with this mean and variance mean + alpha · mean²; Poisson
 * when alpha is 0. Summed down from `count` in logarithms, so that it holds for means of a million. 1 where count ≥ mean,
 * which nobody has to ask.
 */
export function lowerTail(count: number, mean: number, alpha: number): number {
  if (count >= mean) return 1
  let log = logChance(count, mean, alpha)
  let total = 0
  for (let k = count; k >= 0; k -= 1) {
    const term = Math.exp(log)
    total += term
    if (term < total * 1e-12) break
    // From the chance of k to that of k − 1.
    log += alpha > 0 ? Math.log((k * (1 + alpha * mean)) / (mean * (1 + alpha * (k - 1)))) : Math.log(k / mean)
  }
  return Math.min(1, total)
}

/** The chance of `count` or more under the same law, summed up from `count`. 1 where count ≤ mean, which nobody has to ask. */
export function upperTail(count: number, mean: number, alpha: number): number {
  if (count <= mean) return 1
  let log = logChance(count, mean, alpha)
  let total = 0
  for (let k = count; ; k += 1) {
    const term = Math.exp(log)
    total += term
    if (term < total * 1e-12 || term === 0) return Math.min(1, total)
    // From the chance of k to that of k + 1.
    log += alpha > 0 ? Math.log((mean * (1 + alpha * k)) / ((k + 1) * (1 + alpha * mean))) : Math.log(mean / (k + 1))
  }
}

function logChance(count: number, mean: number, alpha: number): number {
  return alpha > 0 ? logNegativeBinomial(count, mean, alpha) : count * Math.log(mean) - mean - logFactorial(count)
}

function logNegativeBinomial(count: number, mean: number, alpha: number): number {
  const size = 1 / alpha
  const spread = alpha * mean
  return (
    logGamma(count + size) -
    logGamma(size) -
    logFactorial(count) +
    count * Math.log(spread / (1 + spread)) -
    size * Math.log1p(spread)
  )
}

function logFactorial(count: number): number {
  return logGamma(count + 1)
}

/** Stirling's series after moving the argument above 10 (Abramowitz and Stegun 6.1.41); right to some 1e-11. */
function logGamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < 10; at += 1) shift += Math.log(at)
  const inverse = 1 / at
  const square = inverse * inverse
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift
}
