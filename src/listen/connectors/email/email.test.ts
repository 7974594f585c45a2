import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createRequest } from '../../../base/http/request.ts'
import { must } from '../../../base/errors.ts'
import { expectSound, expectTold } from '../bad-input.contract.ts'
import { plainIo } from '../reader.testing.ts'
import { emailConnector } from './email.ts'
import { readMail } from './mail.ts'
import { messageToPost } from './message-to-post.ts'

// What a real mail server does is tried in test/peers/email.test.ts; here it is everything that none should do.

const now = new Date('2026-11-22T12:00:00Z')
const read = async (raw: string | Uint8Array) =>
  messageToPost(await readMail(typeof raw === 'string' ? Buffer.from(raw.replaceAll('\n', '\r\n')) : raw), {
    mailbox: 'help@bank.test',
    receivedAt: null,
    now,
  })
const whole = `Message-ID: <a1@mail.test>
Date: Sun, 22 Nov 2026 10:00:00 +0300
From: =?utf-8?B?0JjQstCw0L0g0J/QtdGC0YDQvtCy?= <Ivan@mail.test>
To: help@bank.test
Subject: =?utf-8?B?0JrQsNGA0YLQsA==?=
References: <r1@bank.test> <r2@bank.test>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

${Buffer.from('Карта не работает, смотрите https://bank.test/a').toString('base64')}
--b
Content-Type: image/png; name="shot.png"
Content-Disposition: attachment; filename="shot.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b--
`

describe('a message', () => {
  test('cut anywhere is what there is of it, and nothing that was never said', async () => {
    const bytes = Buffer.from(whole.replaceAll('\n', '\r\n'))
    for (let at = 0; at < bytes.length; at += 23) {
      const { post } = await read(bytes.subarray(0, at))
      if (post !== null) expectSound(post, now, `cut at ${at}`)
    }
    expect((await read(whole)).post).toMatchObject({
      id: 'email:a1@mail.test',
      title: 'Карта',
      root: 'email:r1@bank.test',
    })
  })

  test('of 1970, of the far future or of no time has no date, and says so', async () => {
    for (const date of ['Thu, 01 Jan 1970 00:00:00 +0000', 'Tue, 01 Jan 2075 00:00:00 +0000']) {
      const { post, problems } = await read(whole.replace(/^Date: .*$/m, `Date: ${date}`))
      expect([post?.postedAt, problems.map(({ key }) => key)]).toEqual([null, ['entry.date']])
    }
    expect((await read(whole.replace(/^Date: .*$/m, 'Date: soon'))).post?.postedAt).toBeNull()
  })

  test('without an id has one of its own that stays, and ids that are none lead nowhere', async () => {
    const nameless = whole.replace(/^Message-ID: .*\n/m, '')
    const [first, again] = [await read(nameless), await read(nameless)]
    expect(first.post?.id).toMatch(/^email:.+/)
    expect(again.post?.id).toBe(first.post?.id)
    const odd = whole.replace('<a1@mail.test>', '<>').replace(/^References: .*$/m, 'References: < > <a b> x<y')
    const { post } = await read(odd)
    if (post === null) throw new Error('It says something')
    expectSound(post, now, 'odd ids')
  })

  test('that claims another form than it has is read or left out', async () => {
    const claims: [RegExp, string][] = [
      [/multipart\/mixed; boundary="b"/, 'multipart/mixed'],
      [/charset=utf-8/, 'charset=x-klingon'],
      [/Transfer-Encoding: base64/, 'Transfer-Encoding: uuencode'],
      [/text\/plain/, 'message/rfc822'],
      [/=\?utf-8\?B\?0JrQsNGA0YLQsA==\?=/, '=?utf-8?B?////?='],
      [/Ivan@mail.test/, 'nobody'],
    ]
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256))
    const claimed = [...claims.map(([from, to]) => whole.replace(from, to)), noise]
    for (const one of claimed) {
      const { post, problems } = await read(one)
      expect(post !== null || problems.length > 0).toBe(true)
      if (post !== null) expectSound(post, now, String(one).slice(0, 600))
    }
  })
})

describe('a mail server', () => {
  const closers: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0)) await close()
  })
  const gigabyte = 1024 ** 3

  /** What the connector makes of a server that does this with whoever comes. */
  async function ask(serves: (socket: Socket) => void, signal = new AbortController().signal) {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      serves(socket)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const request = createRequest({ allowPrivate: true })
    closers.push(
      () => server.close(),
      () => request.close(),
    )
    const { port } = server.address() as AddressInfo
    const config = emailConnector.parseConfig({ url: `imap://help@bank.test@127.0.0.1:${port}/INBOX` })
    const io = { ...plainIo({ request, now: () => now, signal }), allows: () => true }
    return must(emailConnector.fetch)({ id: 1, config, secrets: { password: 'secret-7' }, cursor: null }, io)
  }
  /** A server that greets and answers each command by its name. */
  const speaks = (answers: { [command: string]: (tag: string, socket: Socket) => void }) => (socket: Socket) => {
    socket.write('* OK IMAP4rev1\r\n')
    socket.on('data', (chunk) => {
      for (const line of String(chunk).split('\r\n').filter(Boolean)) {
        const [tag = '', command = ''] = line.split(' ')
        const answer = answers[command.toUpperCase()]
        if (answer) answer(tag, socket)
        else socket.write(`${tag} OK done\r\n`)
      }
    })
  }
  const capable = (tag: string, socket: Socket) => socket.write(`* CAPABILITY IMAP4rev1\r\n${tag} OK done\r\n`)

  test('that is none, breaks off, or signs us out in the middle is told with what to do', async () => {
    const bad: [string, (socket: Socket) => void, string][] = [
      ['a web page', (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n<!doctype html>Sign in'), 'failed'],
      ['nothing', (socket) => socket.end(), 'failed'],
      ['cut', speaks({ CAPABILITY: (_tag, socket) => socket.end('* CAPABIL') }), 'failed'],
      [
        'a password that ended',
        speaks({
          CAPABILITY: capable,
          LOGIN: (tag, socket) => socket.write(`${tag} NO [AUTHENTICATIONFAILED] no\r\n`),
        }),
        'signed-out',
      ],
      [
        'a goodbye in the middle',
        speaks({ CAPABILITY: capable, EXAMINE: (_tag, socket) => socket.end('* BYE\r\n') }),
        'failed',
      ],
      [
        'another form',
        speaks({ CAPABILITY: capable, EXAMINE: (tag, socket) => socket.write(`* (((\r\n${tag} OK\r\n`) }),
        'failed',
      ],
    ]
    for (const [what, serves, kind] of bad) {
      const fetched = await ask(serves)
      expect(fetched.kind, `${what}: ${JSON.stringify(fetched)}`).toBe(kind)
      expectTold(fetched, what)
      expect(JSON.stringify(fetched)).not.toContain('secret-7')
    }
  })

  test('that sends a gigabyte without an end is let go of', { timeout: 120_000 }, async () => {
    let sent = 0
    const endless = (socket: Socket) => {
      const chunk = Buffer.alloc(1024 * 1024, 0x61)
      const go = (): void => {
        while (!socket.destroyed && sent < gigabyte) {
          sent += chunk.length
          if (!socket.write(chunk)) return void socket.once('drain', go)
        }
      }
      go()
    }
    const fetched = await ask(endless)
    expect(fetched.kind).toBe('failed')
    expectTold(fetched, 'a gigabyte')
    expect(sent).toBeLessThan(256 * 1024 * 1024)
  })
})
