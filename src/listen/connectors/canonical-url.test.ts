import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalizeUrl } from './canonical-url.ts'

test.each([
  ['HTTPS://WWW.Example.COM:443/News?utm_source=tg&b=2&a=1&fbclid=x#top', 'https://example.com/News?a=1&b=2'],
  ['http://example.com:80', 'http://example.com/'],
  ['https://example.com:8443/a', 'https://example.com:8443/a'],
  ['https://example.com/a?yclid=1&gclid=2&UTM_Campaign=x&_openstat=1', 'https://example.com/a'],
  ['https://example.com/t;jsessionid=A1B2?PHPSESSID=0123456789abcdef0123', 'https://example.com/t'],
  ['https://example.com/section?sid=12', 'https://example.com/section?sid=12'],
  ['https://example.com/a#!/page/2', 'https://example.com/a#!/page/2'],
  ['https://example.com/a#comment-55', 'https://example.com/a#comment-55'],
  ['https://example.com/a#comments', 'https://example.com/a#comments'],
  ['https://example.com/a#section-two', 'https://example.com/a'],
  ['https://example.com/news/1/amp/', 'https://example.com/news/1/'],
  ['https://example.com/news/1/amp', 'https://example.com/news/1'],
  ['https://example.com/amp', 'https://example.com/amp'],
  ['https://example.com/news/1?amp=1', 'https://example.com/news/1'],
  ['https://www.google.com/amp/s/example.com/news/1/amp/', 'https://example.com/news/1/'],
  ['https://example-com.cdn.ampproject.org/c/s/example.com/news/1', 'https://example.com/news/1'],
  ['https://m.vk.com/wall-1_2?reply=3', 'https://vk.com/wall-1_2?reply=3'],
  ['https://mobile.twitter.com/a/status/1', 'https://x.com/a/status/1'],
  ['https://m.example.com/a', 'https://m.example.com/a'],
  ['https://www.ru/a', 'https://www.ru/a'],
  ['https://user:pw@example.com./a', 'https://example.com/a'],
  ['https://example.com/a?list=2&list=1', 'https://example.com/a?list=2&list=1'],
  [
    'https://пример.рф/новость?q=а б',
    'https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C?q=%D0%B0+%D0%B1',
  ],
])('%s is %s', (given, canonical) => {
  expect(canonicalizeUrl(given)).toBe(canonical)
})

test('what is not an http address has no canonical form', () => {
  for (const text of [
    '',
    'example.com',
    'javascript:alert(1)',
    'ftp://example.com/',
    'http://',
    'http://[',
    'mailto:a@b.c',
    '  ',
    'https://exa mple.com',
  ])
    expect(canonicalizeUrl(text)).toBeNull()
})

test('a canonical address is its own canonical address', () => {
  const part = fc.constantFrom('a', 'amp', 'AMP', 'news', '1', ';jsessionid=x', 'www.', 's', '%2F', '', 'я', '.', '..')
  const query = fc.constantFrom(
    'utm_source=x',
    'a=1',
    'b',
    'amp',
    'sid=0123456789abcdef',
    'q=%20+%2B',
    '=',
    '&',
    'a=2',
    '%',
    'outputType=amp',
  )
  const made = fc
    .tuple(
      fc.constantFrom('http', 'HTTPS'),
      fc.constantFrom(
        'www.www.example.com',
        'm.vk.com',
        'www.m.vk.com',
        'google.com',
        'www.google.ru',
        'a.cdn.ampproject.org',
        'x.y',
        'www.ru',
        'example.com..',
        '1.2.3.4',
      ),
      fc.array(part),
      fc.array(query),
      fc.constantFrom('', '#', '#!x', '#comment-1', '#x', '#c1'),
    )
    .map(([scheme, host, path, search, hash]) => `${scheme}://${host}/${path.join('/')}?${search.join('&')}${hash}`)
  fc.assert(
    fc.property(fc.oneof(made, fc.webUrl({ withFragments: true, withQueryParameters: true })), (text) => {
      const once = canonicalizeUrl(text)
      if (once !== null) expect(canonicalizeUrl(once)).toBe(once)
    }),
    { numRuns: 3000 },
  )
})
