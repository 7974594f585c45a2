import { Parser } from 'htmlparser2'

/** What a search found, newest first as it was asked; `error`: why it found nothing, with the number that Yandex gives the reason. */
export type YandexAnswer = { results: YandexResult[]; error: { code: string; text: string } | null }

export type YandexResult = {
  url: string
  title: string
  description: string
  extra_snippets: string[]
  page_age: string | null
  meta_url: { hostname: string }
}

/**
 * Reads the XML of a search; null when it is none or ends in the middle. Marks of found words fall away.
 * https://yandex.cloud/en/docs/search-api/concepts/response
 */
export function readYandexAnswer(xml: string): YandexAnswer | null {
  if (!/<yandexsearch[\s>]/.test(xml.slice(0, 2000)) || !/<\/yandexsearch\s*>\s*$/.test(xml.slice(-200))) return null
  const results: YandexResult[] = []
  let error: YandexAnswer['error'] = null
  let doc: YandexResult | null = null
  const inside: string[] = []
  const part = () => inside.findLast((name) => name !== 'hlword')
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        inside.push(name)
        if (name === 'doc')
          doc = { url: '', title: '', description: '', extra_snippets: [], page_age: null, meta_url: { hostname: '' } }
        else if (name === 'passage') doc?.extra_snippets.push('')
        else if (name === 'error') error = { code: attributes['code'] ?? '', text: '' }
      },
      ontext(said) {
        const name = part()
        if (name === 'error' && error !== null) error.text += said
        if (doc === null) return
        if (name === 'url') doc.url += said.trim()
        else if (name === 'title') doc.title += said
        else if (name === 'headline') doc.description += said
        else if (name === 'domain') doc.meta_url.hostname += said.trim()
        else if (name === 'modtime') doc.page_age = momentIn(said) ?? doc.page_age
        else if (name === 'passage') doc.extra_snippets[doc.extra_snippets.length - 1] += said
      },
      onclosetag(name) {
        inside.pop()
        if (name !== 'doc' || doc === null) return
        if (results.length < mostResults) results.push(doc)
        doc = null
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.write(xml)
  parser.end()
  return { results, error }
}

/** 20261122T100000 as ISO 8601; what is written otherwise stays, to be told as no moment. */
function momentIn(said: string): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/.exec(said.trim())
  return parts ? `${parts.slice(1, 4).join('-')}T${parts.slice(4).join(':')}Z` : said.trim() || null
}

const mostResults = 1000
