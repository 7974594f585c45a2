/** How often a law is tried: a moment's worth by default, and in the longer run of CI (`HEED_LONG=1`) often enough to trust it. */
export function tries(quick: number, long: number): number {
  return process.env['HEED_LONG'] === '1' ? long : quick
}

/** Laws of the longer run take minutes. */
export const longTimeout = 600_000
