/** Wilson's interval for a share, 95 %: where the true share lies when `right` of `all` were right. */
export function wilson(right: number, all: number): { low: number; high: number } {
  if (all === 0) return { low: 0, high: 1 }
  const z = 1.96
  const share = right / all
  const middle = share + (z * z) / (2 * all)
  const reach = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all))
  const whole = 1 + (z * z) / all
  return { low: (middle - reach) / whole, high: (middle + reach) / whole }
}

/** “81 [77, 85]”: percent of `all` that are right, with the interval; “–” of none. */
export function percent(right: number, all: number): string {
  if (all === 0) return '–'
  const { low, high } = wilson(right, all)
  const round = (share: number) => Math.round(share * 100)
  return `${round(right / all)} [${round(low)}, ${round(high)}]`
}
