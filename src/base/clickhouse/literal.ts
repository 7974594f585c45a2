import type { SqlParams } from './clickhouse.ts'

// A server takes parameters in the address: 128 KiB for each (http_max_field_value_size), 1 MiB for all (http_max_uri_size).
const longest = 30_000

/**
 * Moves parameters that are too long for the address of a request into the body of the query, as literals of their
 * declared type. Short ones stay parameters.
 */
export function inlineLongParams(query: string, params: SqlParams): { query: string; params: SqlParams } {
  const long: SqlParams = {}
  const short: SqlParams = {}
  for (const [name, value] of Object.entries(params))
    if (literal(value).length > longest) long[name] = value
    else short[name] = value
  return { query: inlineParams(query, long), params: short }
}

/** The query with these parameters as literals of their declared type; the others stay as they stand. */
export function inlineParams(query: string, params: SqlParams): string {
  const written = new Map(Object.entries(params).map(([name, value]) => [name, literal(value)]))
  if (written.size === 0) return query
  return query.replace(/\{(\w+):([^{}]+)\}/g, (placeholder, name: string, type: string) => {
    const value = written.get(name)
    return value === undefined ? placeholder : `cast(${value}, ${quote(type)})`
  })
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
