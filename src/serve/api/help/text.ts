import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { Lexer, type Token, type Tokens } from 'marked'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** What a visitor or our desk wrote, as it was written: paragraphs, line breaks, and addresses as links that pass nothing on. */
export function drawPlain(text: string): Html {
  const paragraphs = text.split(/\n\s*\n/)
  return html`${paragraphs.map(
    (paragraph) =>
      html`<p>${paragraph.split('\n').map((line, at) => html`${at > 0 ? raw('<br>') : ''}${linked(line)}`)}</p>`,
  )}`
}

function linked(line: string): Html[] {
  return line
    .split(/(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]»])/g)
    .map((part, at) =>
      at % 2 === 1 && URL.canParse(part)
        ? html`<a href="${part}" rel="nofollow ugc noopener noreferrer">${part}</a>`
        : html`${part}`,
    )
}

/** The places that are lit; they come in order and do not overlap. */
export function drawLit(text: string, places: { start: number; end: number }[]): Html {
  let from = 0
  const parts = places.map(({ start, end }) => {
    const before = text.slice(from, start)
    from = end
    return html`${before}<mark>${text.slice(start, end)}</mark>`
  })
  return html`${parts}${text.slice(from)}`
}

/** Markdown of the team as elements; HTML in it is shown as text, and links lead only to addresses of the web or of mail. */
export function drawMarkdown(markdown: string): Html {
  return drawAll(Lexer.lex(markdown))
}

function drawAll(tokens: readonly Token[] | undefined): Html {
  return html`${tokens?.map(drawOne)}`
}

function drawOne(token: Token): Html {
  const inside = () => drawAll((token as Tokens.Generic).tokens)
  switch (token.type) {
    case 'space':
    case 'def':
      return html``
    case 'paragraph':
      return html`<p>${inside()}</p>`
    case 'heading':
      return html`<h2>${inside()}</h2>`
    case 'blockquote':
      return html`<blockquote>${inside()}</blockquote>`
    case 'list': {
      const { ordered, start, items } = token as Tokens.List
      const all = items.map((item) => html`<li>${drawAll(item.tokens)}</li>`)
      return ordered
        ? html`<ol start="${start === '' ? 1 : start}">
            ${all}
          </ol>`
        : html`<ul>
            ${all}
          </ul>`
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table
      const row = (cells: Tokens.TableCell[], name: 'th' | 'td') =>
        html`<tr>
          ${cells.map((cell) => (name === 'th' ? html`<th>${drawAll(cell.tokens)}</th>` : html`<td>${drawAll(cell.tokens)}</td>`))}
        </tr>`
      return html`<table>
        ${row(header, 'th')}${rows.map((cells) => row(cells, 'td'))}
      </table>`
    }
    case 'code':
      return html`<pre><code>${(token as Tokens.Code).text}</code></pre>`
    case 'hr':
      return html`<hr />`
    case 'br':
      return html`<br />`
    case 'strong':
      return html`<strong>${inside()}</strong>`
    case 'em':
      return html`<em>${inside()}</em>`
    case 'del':
      return html`<del>${inside()}</del>`
    case 'codespan':
      return html`<code>${(token as Tokens.Codespan).text}</code>`
    case 'link':
      return link((token as Tokens.Link).href, inside())
    case 'image':
      return link((token as Tokens.Image).href, html`${(token as Tokens.Image).text || (token as Tokens.Image).href}`)
    case 'html':
      return html`${(token as Tokens.HTML).raw}`
    default: {
      const { tokens, text, raw: written } = token as { tokens?: Token[]; text?: string; raw: string }
      return tokens ? drawAll(tokens) : html`${text ?? written}`
    }
  }
}

function link(href: string, words: Html): Html {
  const isSafe = /^(https?:\/\/|mailto:)/i.test(href) && URL.canParse(href)
  return isSafe ? html`<a href="${href}" rel="noopener noreferrer">${words}</a>` : words
}
