/**
 * The moments of a page in unix seconds, written as ISO 8601 or as seconds. What cannot be read and what has not come
 * yet is left out: a place that is kept by a moment after now would hide everything until then.
 */
export function secondsOf(moments: unknown[], now: Date): number[] {
  const nowS = Math.floor(now.getTime() / 1000)
  return moments.flatMap((moment) => {
    const seconds =
      typeof moment === 'string' && !/^\d+$/.test(moment) ? Date.parse(moment) / 1000 : Number(moment ?? Number.NaN)
    const whole = Math.floor(seconds)
    return Number.isSafeInteger(whole) && whole > 0 && whole <= nowS ? [whole] : []
  })
}
