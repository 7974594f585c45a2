import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// Plays any number of feeds, told apart by their host: a hundredth of them has a new entry at every look, the others have
// not changed since the first.
const looks = new Map<string, number>()
const server = createServer((asked, answer) => {
  const host = asked.headers.host ?? ''
  const changes = Number(/\d+/.exec(host)?.[0]) % 100 === 0
  const look = changes ? (looks.get(host) ?? 0) + 1 : 0
  looks.set(host, look)
  const etag = `"${look}"`
  if (asked.headers['if-none-match'] === etag) return void answer.writeHead(304, { etag }).end()
  answer.writeHead(200, { etag, 'content-type': 'application/rss+xml' }).end(feed(host, look))
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())

/** Twenty entries of some 600 letters, as feeds of news sites have. */
function feed(host: string, look: number): string {
  const items = Array.from({ length: 20 }, (_, index) => {
    const number = look + 20 - index
    const at = new Date(Date.now() - index * 3_600_000).toUTCString()
    const text = `Запись ${number}. ${'Город открыл новую линию трамвая, и жители спорят о расписании. '.repeat(9)}`
    return `<item><title>Новость ${number}</title><link>http://${host}/${number}</link><guid>${host}-${number}</guid><pubDate>${at}</pubDate><description>${text}</description></item>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${host}</title><link>http://${host}</link>${items.join('')}</channel></rss>`
}
