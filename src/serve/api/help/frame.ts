import { html, raw } from 'hono/html'
import type { HelpPage } from '../../../respond/help/page.ts'
import type { Visitor } from '../../../respond/help/visitor.ts'
import { helpLook } from './look.ts'
import type { Html } from './text.ts'
import type { Speaking } from './words.ts'

/** What every part of a page is drawn with. */
export type Visit = {
  page: HelpPage
  say: Speaking
  /** Null: somebody who has only read so far. */
  visitor: Visitor | null
  /** Where the page stands: /help/acme. */
  at: string
  /** The same with our host, for whoever reads from elsewhere. */
  home: string
  nonce: string
  /** Goes along with every form: that it is ours, and since when it is open. */
  token: string
}

export type Drawn = {
  title: string
  main: Html
  /** Never kept by search engines, whatever the page says: what is private, or made of a search. */
  hidden?: boolean
  /** Schema.org, as an object. */
  data?: object
  canonical?: string
}

/** The policy of these pages: our own script, our own styles, no frame around, no form to elsewhere. */
export function helpPolicy(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'nonce-${nonce}'`,
    `img-src 'self'`,
    `connect-src 'self'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
  ].join('; ')
}

export function drawFrame(
  { page, say, at, nonce }: Pick<Visit, 'page' | 'say' | 'at' | 'nonce'>,
  { title, main, hidden = false, data, canonical }: Drawn,
): Html {
  const { words, lang } = say
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title === page.title ? title : `${title} · ${page.title}`}</title>
        ${hidden || !page.isListed ? html`<meta name="robots" content="noindex" />` : ''}
        ${canonical === undefined ? '' : html`<link rel="canonical" href="${canonical}" />`}
        <link rel="alternate" type="application/atom+xml" title="${words.feed}" href="${at}/feed.atom" />
        <style nonce="${nonce}">
          ${raw(helpLook)}
        </style>
        ${
          data === undefined
            ? ''
            : html`<script type="application/ld+json">
                ${raw(asScript(data))}
              </script>`
        }
        <script src="${scriptAddress}" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        <header>
          <div class="in top">
            <a href="${at}">${page.title}</a>
            <a class="feed" href="${at}/feed.atom">${words.feed}</a>
          </div>
        </header>
        <main id="main">${main}</main>
      </body>
    </html>`
}

/** A page of no project: there is none here, or it cannot be looked up now. */
export function drawAlone(lang: string, nonce: string, { title, text }: { title: string; text: string }): Html {
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${raw(helpLook)}
        </style>
      </head>
      <body>
        <main class="in one-column">
          <h1>${title}</h1>
          <p class="text">${text}</p>
        </main>
      </body>
    </html>`
}

export const scriptAddress = '/help/assets/help.js'

/** Nothing in it can end the element that it stands in. */
function asScript(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c')
}
