/**
 * Markdown as elements, never as HTML: what looks like HTML is shown as text, links lead outside in a new window and only
 * to addresses of the web or of mail, pictures are links to them.
 *   <Markdown text={article.body} />
 */
import { Lexer, type Token, type Tokens } from 'marked'
import { Fragment, type ReactNode } from 'react'
import styles from './Markdown.module.css'

export function Markdown({ text }: { text: string }) {
  return (
    <div className={styles.text} dir="auto">
      {draw(Lexer.lex(text))}
    </div>
  )
}

function draw(tokens: readonly Token[] | undefined): ReactNode {
  return tokens?.map((token, at) => <Fragment key={`${at} ${token.type}`}>{drawOne(token)}</Fragment>)
}

function drawOne(token: Token): ReactNode {
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'paragraph':
      return <p>{draw(token.tokens)}</p>
    case 'heading':
      // The page has headings of its own above.
      return <h3 data-depth={(token as Tokens.Heading).depth}>{draw(token.tokens)}</h3>
    case 'blockquote':
      return <blockquote>{draw(token.tokens)}</blockquote>
    case 'list':
      return drawList(token as Tokens.List)
    case 'code':
      return (
        <pre>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      )
    case 'hr':
      return <hr />
    case 'table':
      return drawTable(token as Tokens.Table)
    case 'strong':
      return <strong>{draw(token.tokens)}</strong>
    case 'em':
      return <em>{draw(token.tokens)}</em>
    case 'del':
      return <del>{draw(token.tokens)}</del>
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>
    case 'br':
      return <br />
    case 'link':
      return drawLink((token as Tokens.Link).href, draw(token.tokens))
    case 'image':
      return drawLink((token as Tokens.Image).href, (token as Tokens.Image).text || (token as Tokens.Image).href)
    case 'html':
      return (token as Tokens.HTML).raw
    default: {
      const { tokens, text, raw } = token as { tokens?: Token[]; text?: string; raw: string }
      return tokens ? draw(tokens) : (text ?? raw)
    }
  }
}

function drawList({ ordered, start, items }: Tokens.List): ReactNode {
  const all = items.map((item, at) => <li key={`${at} ${item.raw}`}>{draw(item.tokens)}</li>)
  return ordered ? <ol start={start === '' ? 1 : start}>{all}</ol> : <ul>{all}</ul>
}

function drawTable({ header, rows }: Tokens.Table): ReactNode {
  return (
    <div className={styles.table}>
      <table>
        <thead>
          <tr>
            {header.map((cell, at) => (
              <th key={`${at} ${cell.text}`}>{draw(cell.tokens)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={`${line} ${row[0]?.text}`}>
              {row.map((cell, at) => (
                <td key={`${at} ${cell.text}`}>{draw(cell.tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function drawLink(href: string, words: ReactNode): ReactNode {
  if (!isSafe(href)) return words
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {words}
    </a>
  )
}

function isSafe(href: string): boolean {
  return /^(https?:\/\/|mailto:)/i.test(href) && URL.canParse(href)
}
