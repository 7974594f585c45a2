/**
 * How surprising it is that something occurs `here` times in `allHere` and `there` times in `allThere`, were it equally
 * frequent in both: the log-likelihood ratio (Dunning 1993), 3.84 at 5 %, 10.83 at 0.1 %. Below zero: rarer here.
 */
export function logLikelihood(here: number, allHere: number, there: number, allThere: number): number {
  const expectedHere = (allHere * (here + there)) / (allHere + allThere)
  const expectedThere = (allThere * (here + there)) / (allHere + allThere)
  const cells: [number, number][] = [
    [here, expectedHere],
    [there, expectedThere],
    [allHere - here, allHere - expectedHere],
    [allThere - there, allThere - expectedThere],
  ]
  const ratio = 2 * cells.reduce((sum, [seen, expected]) => sum + (seen > 0 ? seen * Math.log(seen / expected) : 0), 0)
  return here < expectedHere ? -ratio : ratio
}
