import { describe, expect, test } from 'vitest'
import { connectorContract } from '../connector.contract.ts'
import { readerOf } from '../reader.testing.ts'
import { countOf } from './preview.ts'
import { readChannel } from './channel-address.ts'
import { telegramConnector } from './telegram.ts'

const channelPage = (messages: string): string => `<!DOCTYPE html><html><head><title>Филин – Telegram</title></head>
<body class="widget_frame_base tgme_webpreview"><main class="tgme_main"><section class="tgme_right_column"><div class="tgme_channel_info">
<div class="tgme_channel_info_header"><i class="tgme_page_photo_image"><img src="https://cdn.example/a.jpg"></i>
<div class="tgme_channel_info_header_title_wrap"><div class="tgme_channel_info_header_title"><span dir="auto">Банк «Филин» &amp; друзья</span></div><div class="tgme_channel_info_header_labels"><i class="verified-icon"> ✔</i></div></div>
<div class="tgme_channel_info_header_username"><a href="https://t.me/Filin_Bank">@Filin_Bank</a></div></div>
<div class="tgme_channel_info_counters"><div class="tgme_channel_info_counter"><span class="counter_value">12.3K</span> <span class="counter_type">subscribers</span></div><div class="tgme_channel_info_counter"><span class="counter_value">847</span> <span class="counter_type">photos</span></div></div>
<div class="tgme_channel_info_description">Новости банка</div></div></section>
<section class="tgme_channel_history js-message_history">${messages}</section></main></body></html>`

type Written = { text?: string; before?: string; footer?: string; meta?: string; datetime?: string; service?: boolean }
const message = (
  number: number | string,
  written: Written = {},
): string => `<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message text_not_supported_wrap js-widget_message${written.service ? ' service_message' : ''}" data-post="${typeof number === 'number' ? `Filin_Bank/${number}` : number}" data-view="x">
<div class="tgme_widget_message_user"><a href="https://t.me/Filin_Bank"><i class="tgme_widget_message_user_photo"></i></a></div>
<div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/Filin_Bank"><span dir="auto">Банк «Филин»</span></a></div>
${written.before ?? ''}${written.text === '' ? '' : `<div class="tgme_widget_message_text js-message_text" dir="auto">${written.text ?? `Запись ${number}`}</div>`}
${written.footer ?? ''}<div class="tgme_widget_message_footer compact js-message_footer"><div class="tgme_widget_message_info short js-message_info">
<span class="tgme_widget_message_views">1.2K</span><span class="copyonly"> views</span><span class="tgme_widget_message_meta">${written.meta ?? ''}<a class="tgme_widget_message_date" href="https://t.me/Filin_Bank/${number}"><time datetime="${written.datetime ?? '2026-11-22T07:00:00+00:00'}" class="time">07:00</time></a></span></div></div></div></div></div>`

const card = (extra: string): string =>
  `<!DOCTYPE html><html><body><div class="tgme_page_wrap"><div class="tgme_page"><div class="tgme_page_title"><span>Филин</span></div>${extra}<div class="tgme_page_action"><a href="tg://resolve?domain=filin">View</a></div></div></div></body></html>`

/** Twenty posts before a number, as the preview pages them. */
const pageBefore = (before: string | null, last: number): string => {
  const newest = before === null ? last : Math.min(last, Number(before) - 1)
  const numbers = Array.from({ length: 20 }, (_, index) => newest - 19 + index).filter((number) => number > 0)
  return channelPage(numbers.map((number) => message(number)).join(''))
}

connectorContract('telegram', {
  connector: telegramConnector,
  origin: 'https://t.me',
  settings: () => ({ url: '@Filin_Bank' }),
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://example.org/channel' }, field: 'url' },
    { input: { url: 'https://t.me/+AbCdEf123' }, field: 'url' },
    { input: { url: '@a' }, field: 'url' },
  ],
  answer: (request, base) => ({
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: pageBefore(new URL(request.url ?? '', base).searchParams.get('before'), 45),
  }),
  posts: 45,
})

describe('telegram', () => {
  const { read, page, asked } = readerOf(telegramConnector, { url: 't.me/filin_bank' })
  const only = async (written: Written) => (await page(() => ({ body: channelPage(message(7, written)) }))).items[0]

  test('a post has its text, counts, links, marks of media and the channel as its author', async () => {
    const post = await only({
      text: 'Приложение <b>не открывается</b><br><br><i class="emoji" style="background:url()"><b>😡</b></i> <a href="https://bank.example/a">подробнее</a> <a href="?q=%23%D1%81%D0%B1%D0%BE%D0%B9">#сбой</a>',
      before:
        '<a class="tgme_widget_message_photo_wrap" href="https://t.me/Filin_Bank/7" style="width:800px;background-image:url(\'https://cdn4.telesco.pe/file/a.jpg\')"></a><i class="tgme_widget_message_video_thumb" style="background-image:url()"></i>',
      footer:
        '<div class="tgme_widget_message_reactions"><span class="tgme_reaction"><i class="emoji"><b>👍</b></i>1.5K</span><span class="tgme_reaction"><tg-emoji><i class="emoji"><b>😡</b></i></tg-emoji>27</span></div>',
      meta: 'edited&nbsp; ',
    })
    expect(post).toMatchObject({
      id: 'https://t.me/Filin_Bank/7',
      platform: 'telegram',
      source: 'Банк «Филин» & друзья',
      media: 'messenger',
      kind: 'post',
      url: 'https://t.me/Filin_Bank/7',
      text: 'Приложение не открывается\n\n😡 подробнее #сбой',
      postedAt: new Date('2026-11-22T07:00:00Z'),
      author: {
        id: 'filin_bank',
        name: 'Банк «Филин» & друзья',
        handle: 'Filin_Bank',
        bio: 'Новости банка',
        followers: 12_300,
        verified: true,
      },
      likes: 1527,
      views: 1200,
      shares: null,
      comments: null,
      parent: null,
      links: ['https://bank.example/a'],
      has: ['image', 'link'],
      images: [{ url: 'https://cdn4.telesco.pe/file/a.jpg', alt: null }],
      tags: ['сбой'],
    })
  })

  test('a forwarded post is a repost of its origin, an answer names what it answers', async () => {
    const forwarded = `<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from <a class="tgme_widget_message_forwarded_from_name" href="https://t.me/other/55"><span dir="auto">Другой</span></a></div>`
    expect(await only({ before: forwarded })).toMatchObject({ kind: 'repost', parent: 'https://t.me/other/55' })
    const fromPerson = `<div class="tgme_widget_message_forwarded_from">Forwarded from <span class="tgme_widget_message_forwarded_from_name">Анна</span></div>`
    expect(await only({ before: fromPerson })).toMatchObject({ kind: 'repost', parent: null })
    const answer = `<a class="tgme_widget_message_reply" href="https://t.me/Filin_Bank/3"><div class="tgme_widget_message_author"><span>Филин</span></div><div class="tgme_widget_message_metatext js-message_reply_text">Старое</div></a>`
    expect(await only({ before: answer, text: 'Новое' })).toMatchObject({
      kind: 'reply',
      parent: 'https://t.me/Filin_Bank/3',
      text: 'Новое',
    })
  })

  test('polls and files speak by their words; a photo alone and Telegram’s own messages are no posts', async () => {
    const poll = `<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_question">Как вам?</div><div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_text">Хорошо</div></div></div>`
    expect((await only({ text: '', footer: poll }))?.text).toBe('Как вам?\n– Хорошо')
    const file = '<div class="tgme_widget_message_document_title" dir="auto">тарифы.pdf</div>'
    expect((await only({ text: '', footer: file }))?.text).toBe('тарифы.pdf')
    const quiet = channelPage(message(1, { text: '' }) + message(2, { service: true, text: 'Channel created' }))
    expect((await read(() => ({ body: quiet }))).kind).toBe('unchanged')
  })

  test('after a pause it pages back until it meets what it knows, and not further', async () => {
    const first = await page(() => ({ body: pageBefore(null, 20) }))
    expect(first.more).toBe(false)
    asked.length = 0
    let cursor = first.next
    const numbers: string[] = []
    for (let more = true; more;) {
      const one = await page((url) => ({ body: pageBefore(url.searchParams.get('before'), 75) }), cursor)
      numbers.push(...one.items.map((post) => post.id))
      ;({ next: cursor, more } = one)
    }
    expect(asked.map((url) => url.searchParams.get('before'))).toEqual([null, '56', '36'])
    expect(new Set(numbers).size).toBe(55)
    expect(numbers).toHaveLength(55)
  })

  test('the past of a new channel is read a few pages back; a page that repeats ends the way', async () => {
    let cursor = null
    let posts = 0
    for (let more = true; more;) {
      const one = await page((url) => ({ body: pageBefore(url.searchParams.get('before'), 9000) }), cursor)
      posts += one.items.length
      ;({ next: cursor, more } = one)
    }
    expect(posts).toBe(100)
    const start = await page(() => ({ body: pageBefore(null, 100) }))
    expect(start.more).toBe(true)
    expect((await read(() => ({ body: pageBefore(null, 100) }), start.next)).kind).toBe('unchanged')
  })

  test('an edit comes again, other counts do not', async () => {
    const first = await page(() => ({ body: channelPage(message(1, { text: 'Было' })) }))
    const counted = channelPage(message(1, { text: 'Было' })).replaceAll('1.2K', '1.9K')
    expect((await read(() => ({ body: counted }), first.next)).kind).toBe('unchanged')
    const edited = await page(() => ({ body: channelPage(message(1, { text: 'Стало' })) }), first.next)
    expect(edited.items.map((post) => post.text)).toEqual(['Стало'])
  })

  test('a channel that is closed, gone or not shown is told kindly', async () => {
    expect(await read(() => ({ body: card('<div class="tgme_page_extra">12 345 subscribers</div>') }))).toMatchObject({
      kind: 'failed',
      problem: { key: 'telegram.without-preview', values: { channel: 'filin_bank' } },
    })
    expect(await read(() => ({ body: card('<div class="tgme_page_extra">@filin_bank</div>') }))).toMatchObject({
      kind: 'gone',
      problem: { key: 'telegram.gone' },
    })
    expect(await read(() => ({ body: '<html><body>Blocked by your provider' }))).toMatchObject({
      kind: 'failed',
      problem: { key: 'site.unexpected' },
    })
  })

  test('what is broken in one post is told and does not hide the others', async () => {
    const body = channelPage(
      message('nonsense') +
        message(1, { datetime: '1970-01-01T00:00:00+00:00' }) +
        message(2, { datetime: '2049-01-01T00:00:00+00:00' }) +
        message(3) +
        message(3),
    ).slice(0, -120)
    const { items, problems } = await page(() => ({ body }))
    expect(items.map((post) => post.postedAt)).toEqual([null, null, new Date('2026-11-22T07:00:00Z')])
    expect(problems.map((one) => one.problem?.key)).toEqual(['entry.unreadable', 'entry.date', 'entry.date'])
  })

  test('a channel is understood however it is written', () => {
    for (const typed of [
      '@Durov',
      'durov',
      't.me/durov',
      'https://t.me/s/Durov?before=5',
      'telegram.me/durov/12',
      'tg://resolve?domain=durov',
    ])
      expect(readChannel(typed), typed).toEqual({ kind: 'channel', name: 'durov' })
    for (const typed of ['t.me/joinchat/AAAA', 'https://t.me/+xyz', 't.me/c/123/4'])
      expect(readChannel(typed), typed).toEqual({ kind: 'private' })
    for (const typed of ['', 'канал', 'https://vk.com/durov', '@abc'])
      expect(readChannel(typed), typed).toEqual({ kind: 'none' })
  })

  test('counts are read as the preview shortens them', () => {
    expect(['956', '1.2K', '3M', '👍 1.1K', '12 345', 'нет', null].map(countOf)).toEqual([
      956,
      1200,
      3_000_000,
      1100,
      12_345,
      null,
      null,
    ])
  })
})
