import { randomInt } from 'node:crypto'

// Without letters and digits that look alike on paper.
const letters = '23456789abcdefghjkmnpqrstuvwxyz'
const amount = 10
const half = 5

/** Ten codes of 49 random bits each, to be written down: `k7q2m-x9f4t`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: amount }, () => `${word()}-${word()}`)
}

function word(): string {
  return Array.from({ length: half }, () => letters[randomInt(letters.length)]).join('')
}

/** What a person typed, in the one way codes are written. */
export function tidyCode(text: string): { kind: 'app' | 'recovery'; code: string } {
  const plain = text.replaceAll(/[\s-]/g, '').toLowerCase()
  return /^\d{6}$/.test(plain)
    ? { kind: 'app', code: plain }
    : { kind: 'recovery', code: `${plain.slice(0, half)}-${plain.slice(half)}` }
}
