/** The part of JSON Schema that our document uses. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  format?: string
  description?: string
  items?: Schema
  properties?: { [name: string]: Schema }
  required?: string[]
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

/** A schema as people write types: `{ name: string; topic?: Topic | null }`. */
export function printSchema(schema: Schema, indent = ''): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? ''
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const parts = schema.anyOf ?? schema.oneOf
  if (parts) return parts.map((part) => printSchema(part, indent)).join(' | ')
  if (schema.allOf) return schema.allOf.map((part) => printSchema(part, indent)).join(' & ')
  const kinds = [schema.type ?? 'unknown'].flat()
  return kinds.map((kind) => printKind(kind, schema, indent)).join(' | ')
}

function printKind(kind: string, schema: Schema, indent: string): string {
  if (kind === 'array') {
    const inner = printSchema(schema.items ?? {}, indent)
    return / [|&] /.test(inner) && !inner.startsWith('{') ? `(${inner})[]` : `${inner}[]`
  }
  if (kind === 'object') return printObject(schema, indent)
  return schema.format === 'date-time' ? 'moment' : kind
}

function printObject(schema: Schema, indent: string): string {
  const properties = Object.entries(schema.properties ?? {})
  if (properties.length === 0)
    return typeof schema.additionalProperties === 'object'
      ? `{ [name]: ${printSchema(schema.additionalProperties, indent)} }`
      : '{}'
  const inner = `${indent}  `
  const lines = properties.map(([name, property]) => {
    const optional = schema.required?.includes(name) ? '' : '?'
    return `${inner}${name}${optional}: ${printSchema(property, inner)}${property.description ? `  // ${property.description}` : ''}`
  })
  return `{\n${lines.join('\n')}\n${indent}}`
}
