/** Addresses come from strangers: only the web, never javascript: or data:. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address)
}
