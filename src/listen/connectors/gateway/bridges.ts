import { z } from 'zod'
import { askJson, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { htmlToText } from '../html-to-text.ts'

/** What a gateway can read, as a form for people. */
export type Bridge = {
  name: string
  title: string
  /** The site it reads; null when it reads several or does not say. */
  site: string | null
  /** Ways to ask; exactly one is filled in. */
  forms: BridgeForm[]
}

export type BridgeForm = {
  title: string | null
  /** The address of the feed, in which a field stands as {name}; what is not filled in is left out. */
  address: string
  fields: BridgeField[]
}

export type BridgeField = {
  name: string
  label: string
  required: boolean
  /** What it is if nobody changes it. */
  value: string
  example: string
  /** Null: anything may be typed. `on` and nothing is a tick. */
  choices: { value: string; label: string }[] | null
}

const Text = z.union([z.string(), z.number(), z.boolean()]).nullish().catch(null)
const Parameter = z.object({
  name: Text,
  type: z.string().nullish().catch(null),
  required: z.unknown().optional(),
  values: z.unknown().optional(),
  exampleValue: Text,
  defaultValue: Text,
})
const Parameters = z.record(z.string(), z.record(z.string(), Parameter))
const RssBridge = z.object({
  bridges: z.record(
    z.string(),
    z.object({
      status: z.string().nullish(),
      name: z.string().nullish(),
      uri: z.string().nullish(),
      parameters: z.unknown().optional(),
    }),
  ),
})

const RouteParameter = z.union([
  z.string(),
  z.object({
    description: z.string().nullish(),
    default: z.string().nullish().catch(null),
    options: z
      .array(z.object({ value: z.string(), label: z.string() }))
      .nullish()
      .catch(null),
  }),
])
const RssHub = z.record(
  z.string(),
  z.object({
    name: z.string().nullish(),
    url: z.string().nullish(),
    routes: z.record(
      z.string(),
      z.object({
        name: z.string().nullish(),
        example: z.string().nullish(),
        parameters: z.record(z.string(), RouteParameter).nullish().catch(null),
      }),
    ),
  }),
)

/** Everything that an rss-bridge or an RSSHub at this address can read, by title. */
export async function listBridges(
  gateway: string,
  io: ConnectorIo,
): Promise<{ bridges: Bridge[] } | { trouble: Trouble }> {
  const base = gateway.replace(/\/+$/, '')
  const bridge = await askJson(io, `${base}/?action=list`, RssBridge)
  if ('value' in bridge) return { bridges: sorted(ofRssBridge(base, bridge.value)) }
  const hub = await askJson(io, `${base}/api/namespace`, RssHub)
  if ('value' in hub) return { bridges: sorted(ofRssHub(base, hub.value)) }
  return { trouble: bridge.trouble }
}

function sorted(bridges: Bridge[]): Bridge[] {
  return bridges.toSorted((a, b) => a.title.localeCompare(b.title))
}

function ofRssBridge(base: string, { bridges }: z.infer<typeof RssBridge>): Bridge[] {
  return Object.entries(bridges).flatMap(([name, { status, name: title, uri, parameters }]) => {
    if (status != null && status !== 'active') return []
    const contexts = Parameters.safeParse({ ...(typeof parameters === 'object' ? parameters : {}) }).data ?? {}
    const { global = {}, ...own } = contexts
    const all = Object.keys(own).length > 0 ? Object.entries(own) : [['0', {}] as const]
    const forms = all.map(([context, fields]) => {
      const merged = Object.entries({ ...fields, ...global })
      // A bridge with one way to ask has no name for it.
      const named = /^\d+$/.test(context) ? null : context
      const asked = { action: 'display', bridge: name, format: 'Atom', ...(named !== null && { context: named }) }
      const gaps = merged.map(([field]) => `&${encodeURIComponent(field)}={${field}}`).join('')
      return {
        title: named,
        address: `${base}/?${new URLSearchParams(asked)}${gaps}`,
        fields: merged.map(([field, shown]) => fieldOf(field, shown)),
      }
    })
    return [{ name, title: title || name, site: hostOf(uri), forms }]
  })
}

function fieldOf(name: string, shown: z.infer<typeof Parameter>): BridgeField {
  const label = htmlToText(String(shown.name ?? name)).text
  const isTick = shown.type === 'checkbox'
  const choices = isTick
    ? [
        { value: '', label: '–' },
        { value: 'on', label: '✓' },
      ]
    : choicesOf(shown.values)
  const given = isTick ? (shown.defaultValue === 'checked' ? 'on' : '') : String(shown.defaultValue ?? '')
  // A list names what is chosen at first by its value or by its label.
  const value =
    choices?.find((one) => one.value === given || one.label === given)?.value ?? choices?.[0]?.value ?? given
  return { name, label, required: shown.required === true, value, example: String(shown.exampleValue ?? ''), choices }
}

/** Choices stand by their labels, some in groups. */
function choicesOf(values: unknown): BridgeField['choices'] {
  if (typeof values !== 'object' || values === null) return null
  const all = Object.entries(values).flatMap(([label, value]): { value: string; label: string }[] =>
    typeof value === 'object' && value !== null
      ? (choicesOf(value) ?? [])
      : [{ value: String(value), label: htmlToText(label).text }],
  )
  return all.length > 0 ? all : null
}

function ofRssHub(base: string, namespaces: z.infer<typeof RssHub>): Bridge[] {
  return Object.entries(namespaces).map(([name, { name: title, url, routes }]) => ({
    name,
    title: title || name,
    site: hostOf(url == null ? null : /^https?:/.test(url) ? url : `https://${url}`),
    forms: Object.entries(routes).map(([path, route]) => {
      // `/user/:id/:order?` and `:rest{.+}`; what is optional stands at the end.
      const fields = [...path.matchAll(/:(\w+)(?:\{[^}]*\})?(\?)?/g)].map(([, field = '', optional]) => {
        const told = route.parameters?.[field]
        const { description, default: value, options } = typeof told === 'string' ? { description: told } : (told ?? {})
        const label = htmlToText(description ?? field).text || field
        const choices = options && options.length > 0 ? options : null
        return { name: field, label, required: optional === undefined, value: value ?? '', example: '', choices }
      })
      const gaps = path.replace(/:(\w+)(?:\{[^}]*\})?\??/g, '{$1}')
      const own = path.startsWith(`/${name}/`) || path === `/${name}` ? gaps : `/${name}${gaps}`
      const example = route.example ? ` (${route.example})` : ''
      return { title: `${route.name ?? path}${example}`, address: `${base}${own}?format=atom`, fields }
    }),
  }))
}

function hostOf(address: string | null | undefined): string | null {
  return address != null && URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : null
}
