import { html, raw } from 'hono/html'
import { randomBytes } from 'node:crypto'
import type { ApiDocument } from './document.ts'
import type { Api } from './door.ts'
import { pagePolicy } from './headers.ts'
import { printSchema, type Schema } from './schema-text.ts'

const words = {
  en: {
    intro: 'Everything the screens do goes through this API. Programs send an API key of a project:',
    json: 'The same as an OpenAPI document',
    other: 'по-русски',
    parameters: 'Parameters',
    body: 'Body',
    answer: 'Answer',
    schemas: 'Shapes',
    nothing: 'no content',
    errors:
      'A refusal is application/problem+json: key for programs, detail as a sentence for people. Without a right the answer is 404.',
  },
  ru: {
    intro: 'Всё, что делают экраны, идёт через этот API. Программы присылают ключ проекта:',
    json: 'То же документом OpenAPI',
    other: 'in English',
    parameters: 'Параметры',
    body: 'Тело',
    answer: 'Ответ',
    schemas: 'Формы',
    nothing: 'пусто',
    errors:
      'Отказ приходит как application/problem+json: key для программ, detail — фраза для людей. Нет права — ответ 404.',
  },
}

const look = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent) }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h2 { margin-top: 2.5rem } h3 { font: 600 1rem/1.4 ui-monospace, monospace; margin: 0 }
section { border-top: 1px solid var(--line); padding: .8rem 0 } p { margin: .3rem 0 }
pre { overflow-x: auto; background: color-mix(in srgb, currentColor 6%, transparent); padding: .6rem; border-radius: 6px; font-size: 13px; margin: .4rem 0 }
b { display: inline-block; min-width: 4.2rem } nav a { margin-right: 1rem } dt { font-weight: 600; margin-top: .4rem } dd { margin: 0 }`

/** GET /api for readers, GET /api/openapi.json for programs; both are made from one document. */
export function servePage(api: Api, document: ApiDocument): void {
  api.get('/api/openapi.json', (c) => c.json(document, 200, { 'cache-control': 'no-cache' }))
  api.get('/api', (c) => {
    const asked = c.req.query('lang')
    const nonce = randomBytes(16).toString('base64')
    const page = draw(document, asked === 'ru' || asked === 'en' ? asked : c.var.locale, nonce)
    return c.html(page, 200, { 'content-security-policy': pagePolicy(nonce), 'cache-control': 'no-cache' })
  })
}

type Operation = {
  summary?: string
  'x-summary-ru'?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema; description?: string }[]
  requestBody?: { content?: { [type: string]: { schema?: Schema } } }
  responses?: { [status: string]: { content?: { [type: string]: { schema?: Schema } } } }
}

function draw(document: ApiDocument, lang: 'en' | 'ru', nonce: string) {
  const say = words[lang]
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as { [method: string]: Operation }).map(([method, operation]) => ({
      path,
      method,
      operation,
    })),
  )
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags ?? []))]
  const schemas = Object.entries((document.components?.schemas ?? {}) as { [name: string]: Schema })
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Heed API</title>
        <style nonce="${nonce}">
          ${raw(look)}
        </style>
      </head>
      <body>
        <h1>Heed API ${document.info.version}</h1>
        <p>${say.intro} <code>Authorization: Bearer heed_…</code></p>
        <p>${say.errors}</p>
        <p>
          <a href="/api/openapi.json">${say.json}</a> · <a href="?lang=${lang === 'en' ? 'ru' : 'en'}">${say.other}</a>
        </p>
        <nav>${tags.map((tag) => html`<a href="#${tag}">${tag}</a>`)}<a href="#schemas">${say.schemas}</a></nav>
        ${tags.map(
          (tag) =>
            html`<h2 id="${tag}">${tag}</h2>
              ${operations.filter(({ operation }) => operation.tags?.includes(tag)).map((one) => drawOperation(one, lang))}`,
        )}
        <h2 id="schemas">${say.schemas}</h2>
        ${schemas.map(
          ([name, schema]) =>
            html`<section id="schema-${name}">
              <h3>${name}</h3>
              <pre>${printSchema(schema)}</pre>
            </section>`,
        )}
      </body>
    </html>`
}

function drawOperation(
  { path, method, operation }: { path: string; method: string; operation: Operation },
  lang: 'en' | 'ru',
) {
  const say = words[lang]
  const answer = Object.values(operation.responses?.['200']?.content ?? {})[0]?.schema
  const sent = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  return html`<section>
    <h3><b>${method.toUpperCase()}</b> ${path}</h3>
    <p>${(lang === 'ru' ? operation['x-summary-ru'] : undefined) ?? operation.summary}</p>
    ${
      operation.parameters?.length
        ? html`<p>${say.parameters}</p>
            <pre>
${operation.parameters.map(({ name, in: where, required, schema, description }) => `${name}${required ? '' : '?'}: ${printSchema(schema ?? {})} — ${where}${description ? `. ${description}` : ''}`).join('\n')}</pre>`
        : ''
    }
    ${
      sent
        ? html`<p>${say.body}</p>
            <pre>${printSchema(sent)}</pre>`
        : ''
    }
    <p>${say.answer}</p>
    <pre>${answer ? printSchema(answer) : say.nothing}</pre>
  </section>`
}
