import { BlockList, isIP, isIPv4 } from 'node:net'

/** Which addresses outside the public internet may be reached: none, all, or those of a list like `10.1.0.0/16`. */
export type AllowPrivate = boolean | string[]

/**
 * Answers for one address that was resolved, whether we may connect to it. Everything that is not plainly an
 * address of the public internet is refused: loopback, private, link-local, shared (CGNAT), multicast, reserved
 * and documentation ranges, cloud metadata, and every IPv6 form that carries an IPv4 address inside.
 */
export function createAddressRule(allowPrivate: AllowPrivate): (address: string) => boolean {
  if (allowPrivate === true) return () => true
  const allowed = listOf(allowPrivate === false ? [] : allowPrivate)
  return (address) => isPublic(address) || contains(allowed, address)
}

/** Whether an address belongs to the public internet. What is not an address at all does not. */
export function isPublic(address: string): boolean {
  const family = isIP(withoutZone(address))
  if (family === 0) return false
  if (family === 4) return !refusedIPv4.check(address, 'ipv4')
  // IPv6 is judged the other way round: only global unicast is public, whatever will be reserved later.
  return globalIPv6.check(withoutZone(address), 'ipv6') && !refusedIPv6.check(withoutZone(address), 'ipv6')
}

const refusedIPv4 = listOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Azure answers its metadata here, in the middle of public space.
  '168.63.129.16/32',
])

const globalIPv6 = listOf(['2000::/3'])

const refusedIPv6 = listOf([
  // Teredo, benchmarking, ORCHID and other special assignments.
  '2001::/23',
  '2001:db8::/32',
  // 6to4: an IPv4 address of any kind inside.
  '2002::/16',
  '3fff::/20',
])

function listOf(ranges: string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family)
  }
  return list
}

function contains(list: BlockList, address: string): boolean {
  const family = isIP(withoutZone(address))
  return family !== 0 && list.check(withoutZone(address), family === 4 ? 'ipv4' : 'ipv6')
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '')
}
