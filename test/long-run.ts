/** How often a law is tried: a moment's worth by default, and in the longer run of CI (`HEED_LONG=1`) often enough to trust it. */
export function tries(quick: number, long: number): number {
  return process.env['HEED_LONG'] === '1' ? long : quick
}

/**
 * How often a process is killed: a fifth of it on servers, where a killed client leaves nothing half written of the engines
 * themselves, and what is ours to keep is the same code.
 */
export function kills(often: number): number {
  return process.env['DATABASE_URL'] ? Math.ceil(often / 5) : often
}

/** Laws of the longer run take minutes. */
export const longTimeout = 600_000
