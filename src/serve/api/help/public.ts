import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NotFound } from '../../../base/errors.ts'
import { networkOf } from '../../../respond/help/limits.ts'
import { listListedPages, type HelpPage } from '../../../respond/help/page.ts'
import { listBeneath, listTopics, topicKinds, topicStatuses, type TopicFilter } from '../../../respond/help/post.ts'
import { findSimilar, type HelpIndex, type Similar } from '../../../respond/help/similar.ts'
import { addressOf } from '../../../respond/help/tell-subscribers.ts'
import { hasVoted } from '../../../respond/help/vote.ts'
import { getArticle, listArticles, type Article } from '../../../respond/knowledge/article.ts'
import type { House } from '../../house.ts'
import type { Api } from '../door.ts'
import { openHelpDoor } from './door.ts'
import { drawFeed, drawSitemap } from './feed.ts'
import { Flood } from './flood.ts'
import { idOf, readKind, readTitle, tidy } from './forms.ts'
import { scriptAddress } from './frame.ts'
import { drawTopic, drawWrite } from './topic.ts'
import { drawArticle, drawHome, drawLive, drawSearchPage } from './views.ts'
import { serveHelpLetters } from './letters.ts'
import { serveHelpWriting } from './writing.ts'

const perPage = 20
const mostPages = 500
const shownArticles = 12
const shownLive = 5
const shownFound = 15
const longestQuery = 300
/** What a sitemap takes (sitemaps.org). */
const mostAddresses = 50_000

/**
 * The public help pages. Nobody signs in here: whoever comes has the rights of everybody. Reading, searching and writing work
 * without a script.
 */
export function serveHelpPages(api: Api, house: House, index: HelpIndex): void {
  const { db } = house.postgres
  const { publicUrl } = house.config
  const flood = new Flood()
  const door = openHelpDoor(api, house, flood)
  const script = readFileSync(join(import.meta.dirname, 'script.js'), 'utf8')

  api.get(scriptAddress, (c) =>
    c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=3600' }),
  )

  api.get('/robots.txt', (c) =>
    c.text(`User-agent: *\nAllow: /help/\nDisallow: /\nSitemap: ${publicUrl}/help/sitemap.xml\n`),
  )

  api.get('/help/sitemap.xml', async (c) => {
    const late = flood.read(networkOf(c.var.address), house.now().getTime())
    if (late !== null) return door.refuse(c, 429, late)
    const addresses: { url: string; changedAt: Date | null }[] = []
    for (const page of await listListedPages(db)) {
      addresses.push({ url: addressOf(house.config, page), changedAt: null })
      const { topics } = await listTopics(db, page.projectId, newest, { from: 0, limit: mostAddresses })
      for (const { id, changedAt } of topics) addresses.push({ url: addressOf(house.config, page, `${id}`), changedAt })
      for (const { id } of await articlesOf(page, 500))
        addresses.push({ url: addressOf(house.config, page, `articles/${id}`), changedAt: null })
    }
    return door.xml(c, drawSitemap(addresses.slice(0, mostAddresses)), 'application/xml')
  })

  door.read('/help/:slug', async (c, visit) => {
    const { page } = visit
    const filter: TopicFilter = {
      kind: topicKinds.find((kind) => kind === c.req.query('kind')) ?? null,
      status: topicStatuses.find((status) => status === c.req.query('status')) ?? null,
      order: c.req.query('order') === 'new' ? 'new' : 'top',
    }
    const number = Math.min(mostPages, Math.max(1, Math.floor(Number(c.req.query('page')) || 1)))
    const listed = await listTopics(db, page.projectId, filter, { from: (number - 1) * perPage, limit: perPage })
    const articles = number === 1 ? await articlesOf(page, shownArticles) : []
    return door.show(c, visit, drawHome(visit, { filter, number, ...listed, articles }))
  })

  door.read('/help/:slug/search', async (c, visit) => {
    const text = tidy(c.req.query('q') ?? '').slice(0, longestQuery)
    if (text === '') return c.redirect(visit.at, 303)
    const late = flood.search(house.now().getTime())
    if (late !== null) return door.tooOften(c, visit, late)
    return door.show(c, visit, drawSearchPage(visit, text, await search(visit.page, text, shownFound)))
  })

  door.read('/help/:slug/similar', async (c, visit) => {
    const text = tidy(c.req.query('q') ?? '').slice(0, longestQuery)
    const late = flood.search(house.now().getTime())
    if (late !== null) return c.body(null, 429, { 'retry-after': String(Math.ceil(late / 1000)) })
    return c.html(drawLive(visit, text.length < 3 ? [] : await search(visit.page, text, shownLive)))
  })

  door.read('/help/:slug/write', async (c, visit) => {
    const written = {
      kind: readKind(c.req.query('kind')),
      title: readTitle({ title: tidy(c.req.query('title') ?? '') }),
    }
    return door.show(c, visit, drawWrite(visit, { ...written, text: '', name: '', email: '' }))
  })

  door.read('/help/:slug/feed.atom', async (c, visit) => {
    const { topics } = await listTopics(db, visit.page.projectId, newest, { from: 0, limit: 30 })
    return door.xml(c, drawFeed(visit, topics), 'application/atom+xml')
  })

  door.read('/help/:slug/articles/:id{[1-9][0-9]*}', async (c, visit) => {
    const article = await getArticle(db, visit.page.projectId, idOf(c))
    if (!article.isPublic || article.state !== 'ready' || article.kind !== 'article') throw new NotFound()
    return door.show(c, visit, drawArticle(visit, article))
  })

  door.read('/help/:slug/:id{[1-9][0-9]*}', async (c, visit) => {
    const topic = await door.readTopic(visit, idOf(c))
    const { words } = visit.say
    if (topic.mergedInto !== null) return c.redirect(`${visit.at}/${topic.mergedInto}?done=merged`, 301)
    const said = new Map([
      ['sent', topic.state === 'public' ? words.sent : words.sentHeld],
      ['comment', words.sent],
      ['asked', words.askedMail],
      ['subscribed', words.subscribed],
      ['merged', words.merged],
      ['mail', `${words.sent} ${words.askedMail}`],
    ])
    const beneath = await listBeneath(db, topic.id, visit.visitor?.id ?? null)
    const voted = visit.visitor !== null && (await hasVoted(db, topic.id, visit.visitor.id))
    return door.show(
      c,
      visit,
      drawTopic(visit, { topic, beneath, hasVoted: voted, done: said.get(c.req.query('done') ?? '') ?? null }),
    )
  })

  serveHelpWriting(house, door)
  serveHelpLetters(house, door)
  api.all('/help/*', (c) => door.refuse(c, 404))

  async function search(page: HelpPage, text: string, limit: number): Promise<Similar[]> {
    const began = performance.now()
    const found = await findSimilar(index, page.projectId, text, limit)
    flood.searched(performance.now() - began)
    return found
  }

  async function articlesOf(page: HelpPage, limit: number): Promise<Article[]> {
    const filter = { kind: 'article', state: 'ready', publicOnly: true, reviewBy: null } as const
    return (await listArticles(db, page.projectId, filter, { before: null, limit })).items
  }
}

const newest: TopicFilter = { kind: null, status: null, order: 'new' }
