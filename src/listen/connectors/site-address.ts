/**
 * The address of a site as people type it, without a slash at its end, query or fragment; null when the text is no address.
 * In a network for everybody nothing is sent in the open that signs somebody in, so `secretly` takes https only, but on
 * this machine.
 */
export function readSiteAddress(text: string, { secretly = false } = {}): string | null {
  const trimmed = text.trim()
  const address = /^[\w-]+(\.[\w-]+)+(:\d+)?(\/|$)/.test(trimmed) ? `https://${trimmed}` : trimmed
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null
  const { origin, pathname, protocol, hostname } = new URL(address)
  if (secretly && protocol !== 'https:' && hostname !== 'localhost' && hostname !== '127.0.0.1') return null
  return origin + pathname.replace(/\/+$/, '')
}
