import { Lexer, type Token } from 'marked'

/** The words of a Markdown text, its paragraphs as lines; HTML in it is left out. */
export function plainText(markdown: string): string {
  return textOf(Lexer.lex(markdown))
    .replace(/[ \t]+/g, ' ')
    .replace(/ *\n\s*/g, '\n')
    .trim()
}

function textOf(tokens: Token[]): string {
  return tokens.map(oneText).join('')
}

function oneText(token: Token): string {
  switch (token.type) {
    case 'html':
    case 'space':
    case 'hr':
    case 'def':
      return '\n'
    case 'br':
      return '\n'
    case 'code':
      return `${token['text']}\n`
    case 'list':
      return (token['items'] as Token[]).map((item) => `${oneText(item)}\n`).join('')
    case 'table': {
      const cells = [token['header'], ...token['rows']] as { tokens: Token[] }[][]
      return cells.map((row) => `${row.map((cell) => textOf(cell.tokens)).join(' · ')}\n`).join('')
    }
    case 'paragraph':
    case 'heading':
    case 'blockquote':
      return `${textOf(token.tokens ?? [])}\n`
    case 'image':
      return String(token['text'])
    default: {
      const { tokens, text = '' } = token as { tokens?: Token[]; text?: string }
      return tokens ? textOf(tokens) : text
    }
  }
}
