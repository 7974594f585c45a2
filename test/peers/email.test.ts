import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../src/base/errors.ts'
import { createRequest } from '../../src/base/http/request.ts'
import type { Cursor, Fetched, SourceIo } from '../../src/listen/connectors/connector.ts'
import { emailConnector } from '../../src/listen/connectors/email/email.ts'
import { emailReplies } from '../../src/listen/connectors/email/reply.ts'
import type { OutgoingReply } from '../../src/listen/connectors/reply-channel.ts'
import type { Post } from '../../src/listen/posts/post.ts'
import { password, startMail, withoutMail, type MailServers } from './mail-server.ts'

let mail: MailServers
const request = createRequest({ allowPrivate: true })
const io = (signal = new AbortController().signal): SourceIo => ({
  request,
  allows: () => true,
  now: () => new Date(),
  signal,
  connect: () => Promise.reject(new Error('mail has no web socket')),
  stream: () => Promise.reject(new Error('mail is not asked over HTTP')),
  spend: async () => ({ kind: 'spent' }),
  pay: async () => ({ kind: 'reserved', settle: async () => {} }),
})

beforeAll(async () => {
  if (withoutMail === null) mail = await startMail()
})
afterAll(async () => {
  await request.close()
  await mail?.[Symbol.asyncDispose]()
})

const source = (cursor: Cursor | null, user = 'help@bank.test') => ({
  id: 1,
  config: emailConnector.parseConfig({ url: `imap://${user}@127.0.0.1:${mail.imap}/INBOX` }),
  secrets: { password },
  cursor,
})

async function read(cursor: Cursor | null, user?: string): Promise<{ items: Post[]; cursor: Cursor }> {
  const items: Post[] = []
  for (let at = cursor; ;) {
    const fetched = await must(emailConnector.fetch)(source(at, user), io())
    if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') throw new Error(JSON.stringify(fetched))
    if (fetched.kind === 'page') items.push(...fetched.items)
    at = fetched.next
    if (fetched.kind === 'unchanged' || !fetched.more) return { items, cursor: at }
  }
}

const message = (id: string, headers: string, body: string) =>
  `Message-ID: <${id}>\nDate: Sun, 22 Nov 2026 10:00:00 +0300\nTo: help@bank.test\nMIME-Version: 1.0\n${headers}\n\n${body}\n`
const ivan = 'From: =?utf-8?B?0JjQstCw0L0g0J/QtdGC0YDQvtCy?= <Ivan@mail.test>'
const plain = 'Content-Type: text/plain; charset=utf-8'

function account() {
  return emailReplies.parseAccount({
    smtp: `smtp://127.0.0.1:${mail.smtp}`,
    imap: `imap://127.0.0.1:${mail.imap}`,
    user: 'help@bank.test',
    password,
    name: 'Банк «Филин»',
  })
}

function replyTo(post: Post, text: string): OutgoingReply {
  return { key: crypto.randomUUID(), text, lang: 'ru', to: post, begunAt: new Date() }
}

test('what arrives in a mailbox is a mention once: text, thread, files by name, over a restart of the server', async ({
  skip,
}) => {
  skip(withoutMail !== null, withoutMail ?? '')
  await mail.deliver(
    message('a1@mail.test', `${ivan}\nSubject: =?utf-8?B?0JrQsNGA0YLQsA==?=\n${plain}`, 'Карта не работает.'),
  )
  const html = [
    '--b\nContent-Type: text/html; charset=koi8-r\nContent-Transfer-Encoding: 8bit\n',
    '<p>See <a href="https://bank.test/x">this page</a></p><script>alert(1)</script><p>Second</p>',
    '--b\nContent-Type: image/png; name="shot.png"\nContent-Disposition: attachment; filename="shot.png"\nContent-Transfer-Encoding: base64\n',
    'iVBORw0KGgo=',
    '--b--',
  ].join('\n')
  await mail.deliver(
    message('a2@mail.test', `From: eve@mail.test\nSubject: Broken\nContent-Type: multipart/mixed; boundary=b`, html),
  )
  const first = await read(null)
  expect(first.items).toMatchObject([
    {
      id: 'email:a1@mail.test',
      platform: 'email',
      source: 'help@bank.test',
      kind: 'message',
      title: 'Карта',
      text: 'Карта не работает.',
      postedAt: new Date('2026-11-22T07:00:00Z'),
      author: { id: 'ivan@mail.test', name: 'Иван Петров', handle: 'ivan@mail.test' },
      parent: null,
      tags: [],
    },
    {
      id: 'email:a2@mail.test',
      text: 'See this page\n\nSecond\n\n📎 shot.png',
      links: ['https://bank.test/x'],
      has: ['image', 'link'],
    },
  ])
  await mail.stop()
  await expect(read(first.cursor)).rejects.toThrow('failed')
  await mail.start()
  const quoting = 'Спасибо, но всё ещё нет.\n\n22.11.2026, 12:00, Банк пишет:\n> Карта работает?\n> Проверьте.'
  await mail.deliver(
    message(
      'a3@mail.test',
      `${ivan}\nSubject: Re: Карта\nIn-Reply-To: <r1@bank.test>\nReferences: <a1@mail.test> <r1@bank.test>\n${plain}`,
      quoting,
    ),
  )
  const second = await read(first.cursor)
  expect(second.items).toMatchObject([
    {
      id: 'email:a3@mail.test',
      text: 'Спасибо, но всё ещё нет.',
      parent: 'email:r1@bank.test',
      root: 'email:a1@mail.test',
    },
  ])
  expect((await read(second.cursor)).items).toEqual([])
})

test('bounces and answers of machines are told from people', async ({ skip }) => {
  skip(withoutMail !== null, withoutMail ?? '')
  const { cursor } = await read(null)
  const bounce = [
    '--b\nContent-Type: text/plain\n\nYour message could not be delivered.',
    '--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.test\n\nFinal-Recipient: rfc822; gone@mail.test\nAction: failed\nStatus: 5.1.1',
    '--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <heed.7@bank.test>\nSubject: Re: Карта',
    '--b--',
  ].join('\n')
  await mail.deliver(
    message(
      'b1@mail.test',
      'From: MAILER-DAEMON@mail.test\nSubject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; boundary=b',
      bounce,
    ),
  )
  await mail.deliver(
    message(
      'b2@mail.test',
      `${ivan}\nSubject: Автоответ: отпуск\nAuto-Submitted: auto-replied\n${plain}`,
      'Я в отпуске.',
    ),
  )
  await mail.deliver(
    message('b3@mail.test', `From: news@shop.test\nSubject: Sale\nPrecedence: bulk\n${plain}`, 'Sale today'),
  )
  await mail.deliver(message('b4@mail.test', `${ivan}\nSubject: Вопрос\nAuto-Submitted: no\n${plain}`, 'Сам пишу.'))
  const told = (await read(cursor)).items.map(({ id, tags, parent }) => [id, tags, parent])
  expect(told).toEqual([
    ['email:b1@mail.test', ['bounce'], 'email:heed.7@bank.test'],
    ['email:b2@mail.test', ['auto-reply'], null],
    ['email:b3@mail.test', ['bulk'], null],
    ['email:b4@mail.test', [], null],
  ])
})

test('a reply arrives once in the thread of the message, and its copy proves it', async ({ skip }) => {
  skip(withoutMail !== null, withoutMail ?? '')
  const post = must((await read(null)).items.find(({ id }) => id === 'email:a3@mail.test'))
  expect(await emailReplies.greet(account(), io())).toMatchObject({ kind: 'ready', name: 'help@bank.test' })
  const reply = replyTo(post, 'Иван, карта снова работает.\n\nЖдём вас!')
  expect(await emailReplies.find(reply, account(), io())).toMatchObject({
    kind: 'unknown',
    problem: { key: 'email.no-copy' },
  })
  const sent = await emailReplies.send(reply, account(), io())
  if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent))
  expect(await emailReplies.find(reply, account(), io())).toEqual(sent)
  const theirs = (await read(null, 'ivan@mail.test')).items
  expect(theirs).toMatchObject([
    {
      id: sent.mention,
      title: 'Re: Карта',
      text: 'Иван, карта снова работает.\n\nЖдём вас!',
      author: { id: 'help@bank.test', name: 'Банк «Филин»' },
      parent: 'email:a3@mail.test',
      root: 'email:a1@mail.test',
    },
  ])
  expect((await read(null)).items.map(({ id }) => id)).not.toContain(sent.mention)
})

const behaviours = [
  ['break-off-after', 'unknown', 'sent'],
  ['break-off', 'unknown', 'unknown'],
  ['busy', 'later', 'unknown'],
  ['no-such-person', 'refused', 'unknown'],
] as const

test('what a mail server does while it takes a reply tells whether it may be there', async ({ skip }) => {
  skip(withoutMail !== null, withoutMail ?? '')
  const post = must((await read(null)).items[0])
  for (const [how, kind, found] of behaviours) {
    const reply = replyTo(post, `Ответ при ${how}`)
    mail.behaviour.push(how)
    expect((await emailReplies.send(reply, account(), io())).kind, how).toBe(kind)
    expect((await emailReplies.find(reply, account(), io())).kind, how).toBe(found)
  }
})

test('a reply while the mail server is stopped goes out once when it is back', async ({ skip }) => {
  skip(withoutMail !== null, withoutMail ?? '')
  const post = must((await read(null)).items.find(({ id }) => id === 'email:a3@mail.test'))
  const reply = replyTo(post, 'Ответ после перерыва.')
  await mail.stopSmtp()
  for (let tries = 0; tries < 2; tries += 1)
    expect(await emailReplies.send(reply, account(), io())).toMatchObject({ kind: 'later' })
  await mail.startSmtp()
  const sent = await emailReplies.send(reply, account(), io())
  expect(await emailReplies.find(reply, account(), io())).toEqual(sent)
  const theirs = (await read(null, 'ivan@mail.test')).items.filter(({ text }) => text === 'Ответ после перерыва.')
  expect(theirs).toHaveLength(1)
})

test('a wrong password and a server that is not there are told as such', async ({ skip }) => {
  skip(withoutMail !== null, withoutMail ?? '')
  expect(await emailReplies.greet({ ...account(), password: 'wrong' }, io())).toMatchObject({
    kind: 'refused',
    problem: { key: 'email.signed-out' },
  })
  const fetched = await must(emailConnector.fetch)({ ...source(null), secrets: { password: 'wrong' } }, io())
  expect(fetched).toMatchObject({ kind: 'signed-out' })
  const post = must((await read(null)).items[0])
  const nowhere = { ...account(), smtp: { host: '127.0.0.1', port: 1, secure: false } }
  expect(await emailReplies.send(replyTo(post, 'Ответ'), nowhere, io())).toMatchObject({ kind: 'later' })
  const closed = { ...io(), allows: (address: string) => address !== '127.0.0.1' }
  expect(await emailReplies.send(replyTo(post, 'Ответ'), account(), closed)).toMatchObject({
    kind: 'refused',
    problem: { key: 'site.private' },
  })
})

test('a mailbox that is listened to tells of a message as it arrives', async ({ skip }) => {
  skip(withoutMail !== null, withoutMail ?? '')
  const { cursor } = await read(null)
  const stopping = new AbortController()
  const heard: string[] = []
  const listening = (async () => {
    for await (const fetched of must(emailConnector.listen)(
      source(cursor),
      io(stopping.signal),
    ) as AsyncIterable<Fetched>) {
      if (fetched.kind === 'page') heard.push(...fetched.items.map(({ id }) => id))
      if (fetched.kind === 'unchanged' && heard.length === 0)
        await mail.deliver(message('l1@mail.test', `${ivan}\nSubject: Сейчас\n${plain}`, 'Прямо сейчас.'))
      if (heard.length > 0) stopping.abort()
    }
  })()
  await listening
  expect(heard).toEqual(['email:l1@mail.test'])
})
