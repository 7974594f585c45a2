import type { SqlParams } from './clickhouse.ts'

// A server takes parameters in the address: 128 KiB for each (http_max_field_value_size), 1 MiB for all (http_max_uri_size).
const longest = 30_000

/**
 * Moves parameters that are too long for the address of a request into the body of the query, as literals of their
 * declared type. Short ones stay parameters.
 */
export function inlineLongParams(query: string, params: SqlParams): { query: string; params: SqlParams } {
  const long = new Map<string, string>()
  const short: SqlParams = {}
  for (const [name, value] of Object.entries(params)) {
    const written = literal(value)
    if (written.length > longest) long.set(name, written)
    else short[name] = value
  }
  if (long.size === 0) return { query, params }
  return {
    query: query.replace(/\{(\w+):([^{}]+)\}/g, (placeholder, name: string, type: string) => {
      const written = long.get(name)
      return written === undefined ? placeholder : `cast(${written}, ${quote(type)})`
    }),
    params: short,
  }
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (Array.isArray(value)) return `[${value.map(literal).join(',')}]`
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  return quote(String(value))
}

// Within single quotes ClickHouse gives a meaning to the backslash and the quote only.
function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`
}
