import fc from 'fast-check'
import { expect, test } from 'vitest'
import { htmlToText } from './html-to-text.ts'

test('paragraphs, lines and lists stay apart, words stay together', () => {
  const html =
    '<h1>Сбой</h1><p>Филин <b>не</b>&nbsp;открывается.\n  Совсем.</p><div>Москва<br>Казань</div><ul><li>раз<li>два</ul>'
  expect(htmlToText(html).text).toBe('Сбой\n\nФилин не открывается. Совсем.\n\nМосква\nКазань\n\n– раз\n– два')
})

test.each([
  ['<script>alert(1)</script>текст', 'текст'],
  ['<scr<script>ipt>alert(1)</scr</script>ipt>', 'ipt>alert(1)ipt>'],
  ['a<SCRIPT src=x>evil</SCRIPT >b', 'ab'],
  ['a<script>evil', 'a'],
  ['a<script/>evil</script>b', 'ab'],
  ['a<style>p{}</style><!-- <p>evil -->b', 'ab'],
  ['a<!--><script>evil</script>-->b', 'a-->b'],
  ['<svg><script>evil</script></svg>b', 'b'],
  ['<noscript><p>evil</p></noscript><template>evil</template>b', 'b'],
  ['<img src=x onerror="evil">b', 'b'],
  ['<textarea><script>evil</script></textarea>b', 'b'],
  ['<p title="</p><script>evil</script>">b', 'b'],
  ['a\u0000b\u0007c', 'abc'],
])('%s leaves %j', (html, text) => {
  expect(htmlToText(html).text).toBe(text)
})

test('escaped markup is text that people wrote', () => {
  expect(htmlToText('5 &lt; 6 &amp;&amp; &lt;script&gt;').text).toBe('5 < 6 && <script>')
})

test('links lead out, pictures and videos are noticed', () => {
  const html =
    '<a href="/a">1</a><a href="https://b.example/x">2</a><a href="javascript:evil()">3</a><a href="mailto:a@b.c">4</a><img src=1><iframe src="https://www.youtube.com/embed/x"></iframe>'
  expect(htmlToText(html, 'https://site.example/post/')).toEqual({
    text: '1234',
    links: ['https://site.example/a', 'https://b.example/x'],
    has: ['image', 'video', 'link'],
    images: [{ url: 'https://site.example/post/1', alt: null }],
  })
  expect(htmlToText('<a href="/a">1</a>').links).toEqual([])
})

test('pictures are those of the text, wherever a page keeps their addresses', () => {
  const html = `<picture><source srcset="/x.webp"><img src="/1.jpg" alt="Чек &quot;за кофе&quot;"></picture>
    <img src="data:image/gif;base64,R0" data-src="/2.jpg"><img src="/smile.png" class="wp-smiley">
    <img src="/face.png" class="avatar photo"><img src="/dot.gif" width="1" height="1"><img src="/1.jpg">
    <noscript><img src="/2.jpg?again"></noscript><img alt="nothing"><img src="javascript:evil()">`
  expect(htmlToText(html, 'https://site.example/').images).toEqual([
    { url: 'https://site.example/1.jpg', alt: 'Чек "за кофе"' },
    { url: 'https://site.example/2.jpg', alt: null },
  ])
})

// The time limit of the runner tells when the time grows with the square of the length.
test('hostile nesting is read to its end', () => {
  expect(htmlToText('<i>'.repeat(300_000) + '</b>'.repeat(300_000)).text).toBe('')
  expect(htmlToText('<b>x</b>'.repeat(100_000) + '<a '.repeat(100_000)).text.startsWith('xxx')).toBe(true)
})

test('any text can be read', () => {
  const markup = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<',
          '>',
          '</',
          'script',
          '<script>',
          '</script>',
          '<p>',
          '&',
          '&#0;',
          '&#xD800;',
          '"',
          '=',
          '<!--',
          '-->',
          '<![CDATA[',
          'x',
        ),
        fc.string(),
      ),
    )
    .map((parts) => parts.join(''))
  fc.assert(fc.property(markup, (html) => htmlToText(html).text.isWellFormed()))
})
