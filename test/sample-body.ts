type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  format?: string
  minLength?: number
  minItems?: number
  minimum?: number
  items?: Schema
  properties?: { [name: string]: Schema }
  required?: string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}
export type Described = {
  paths: {
    [path: string]: {
      [method: string]: { requestBody?: { content: { [type: string]: { schema?: Schema } | undefined } } }
    }
  }
  components: { schemas: { [name: string]: Schema } }
}

/** The smallest value that a schema of the document lets through. */
export function sampleOf(schema: Schema, document: Described): unknown {
  if (schema.$ref) return sampleOf(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, document)
  if (schema.enum) return schema.enum[0]
  if (schema.allOf) {
    const samples = schema.allOf.map((part) => sampleOf(part, document))
    // A named text or number with a description of its own stands there as itself beside the description.
    return typeof samples[0] === 'object' ? Object.assign({}, ...samples) : samples[0]
  }
  const [part] = schema.anyOf ?? schema.oneOf ?? []
  if (part) return sampleOf(part, document)
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? {}, document)]),
      )
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, document))
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return schema.format === 'email'
        ? 'a@heed.test'
        : schema.format === 'date-time'
          ? '2026-03-02T10:00:00Z'
          : schema.format === 'date'
            ? '2026-03-02'
            : 'x'.repeat(Math.max(1, schema.minLength ?? 1))
  }
}
