import { decoded } from '../decoded.ts'

/** A page by its name or number, and its address; null when the text is neither. */
export function readPage(text: string): { page: string; url: string } | null {
  const line = text.trim().replace(/^@/, '')
  const isAddress = /^(https?:\/\/)?([\w-]+\.)*(facebook|fb)\.com\//i.test(line)
  const address = line.replace(/^(?!https?:\/\/)/i, 'https://')
  const page = isAddress && URL.canParse(address) ? pageIn(new URL(address)) : isAddress ? null : line
  return page !== null && /^[\p{L}\p{N}.-]{2,100}$/u.test(page)
    ? { page, url: `https://www.facebook.com/${page}` }
    : null
}

function pageIn({ pathname, searchParams }: URL): string | null {
  const [first = '', ...rest] = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded)
  if (first === 'profile.php') return searchParams.get('id')
  // Addresses of pages without a name end in their number.
  if (first === 'people' || first === 'p' || first === 'pages') return /(\d{5,})$/.exec(rest.at(-1) ?? '')?.[1] ?? null
  return /^(groups|events|watch|hashtag|search|marketplace)$/.test(first) || first === '' ? null : first
}
