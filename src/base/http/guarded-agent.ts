import { lookup as resolve, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'

/** Finds all addresses of a name; the system's resolver unless a test brings another. */
export type Resolve = (
  hostname: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** Says that a name leads where we do not go. */
export class AddressRefused extends Error {
  readonly address: string
  constructor(address: string) {
    super(`The address ${address} is not on the public internet`)
    this.address = address
  }
}

/**
 * An undici agent that connects only to addresses the rule allows. The rule judges the resolved addresses inside
 * the very lookup the socket connects with, so a name cannot resolve differently between the check and the
 * connection. A host written as an address skips the lookup, so it is judged before.
 */
export function createGuardedAgent(options: {
  allows: (address: string) => boolean
  resolve?: Resolve
  connectTimeoutMs: number
  /** One request a connection; kept open and used again unless said. */
  once?: boolean
}): Agent {
  const { allows, once = false } = options
  const connect = buildConnector({
    lookup: createGuardedLookup(allows, options.resolve),
    timeout: options.connectTimeoutMs,
  })
  return new Agent({
    connect(target, callback) {
      const host = target.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) !== 0 && !allows(host)) return callback(new AddressRefused(host), null)
      connect(target, callback)
    },
    // A server that is asked every few minutes does not need an idle connection in between.
    keepAliveTimeout: 10_000,
    connections: 8,
    ...(once && { pipelining: 0 }),
  })
}

/** Resolves a name to the addresses that the rule allows, inside the lookup that a socket connects with. */
export function createGuardedLookup(allows: (address: string) => boolean, find: Resolve = resolve): LookupFunction {
  return (hostname, asked, callback) => {
    find(hostname, { all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const family =
        asked.family === 4 || asked.family === 'IPv4' ? 4 : asked.family === 6 || asked.family === 'IPv6' ? 6 : 0
      const fitting = addresses.filter((one) => family === 0 || one.family === family)
      const open = fitting.filter((one) => allows(one.address))
      const first = open[0]
      if (first === undefined) return callback(new AddressRefused(fitting[0]?.address ?? hostname), [])
      if (asked.all) callback(null, open)
      else callback(null, first.address, first.family)
    })
  }
}
