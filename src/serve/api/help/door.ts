import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { getCookie, setCookie } from 'hono/cookie'
import { randomBytes } from 'node:crypto'
import { NotFound } from '../../../base/errors.ts'
import { networkOf } from '../../../respond/help/limits.ts'
import { findPageAt } from '../../../respond/help/page.ts'
import { findTopic, type HelpTopic } from '../../../respond/help/post.ts'
import { addressOf } from '../../../respond/help/tell-subscribers.ts'
import { cookieOf, findVisitor, type Visitor } from '../../../respond/help/visitor.ts'
import type { House } from '../../house.ts'
import type { Api, Env } from '../door.ts'
import type { Flood } from './flood.ts'
import { makeToken, readForm, readToken, type Form } from './forms.ts'
import { drawAlone, drawFrame, helpPolicy, type Drawn, type Visit } from './frame.ts'
import type { Html } from './text.ts'
import { drawNotice } from './views.ts'
import { speaking } from './words.ts'
import { isFromForeignPage } from '../same-origin.ts'

type Handle = (c: Context<Env>, visit: Visit) => Response | Promise<Response>
/** `tookMs` is how long the form was open; null: it is not ours, or was open for more than a day. */
type HandleForm = (
  c: Context<Env>,
  visit: Visit,
  sent: { form: Form; tookMs: number | null },
) => Response | Promise<Response>

export type HelpDoor = ReturnType<typeof openHelpDoor>

/** A topic of ten thousand letters of four bytes, percent-encoded. */
const largestForm = 160 * 1024
const cookieName = 'heed_help'
const cookieSeconds = 365 * 86_400

/**
 * What every address of a help page has in common: the page is on, the visitor is who their cookie says, a flood is turned away
 * before the database is asked, and every answer is a page of the project, also a refusal. No cookie of the product is read here.
 */
export function openHelpDoor(api: Api, house: House, flood: Flood) {
  const { secrets } = house
  const { db } = house.postgres
  const { publicUrl } = house.config

  api.use('/help/*', compress())
  api.use('/help/*', bodyLimit({ maxSize: largestForm, onError: (c) => refuse(c as Context<Env>, 413) }))

  return {
    read: (path: string, handle: Handle) => void api.get(path, (c) => answer(c, handle)),
    /** For links in letters: the link is the permission, whoever presses it. */
    pressed: (path: string, handle: Handle) => void api.post(path, (c) => answer(c, handle)),
    /** For forms of our pages; those of other sites are refused. */
    write: (path: string, handle: HandleForm) =>
      void api.post(path, (c) =>
        answer(c, async (_, visit) => {
          if (isFromForeignPage(c, publicUrl)) return notice(c, visit, 403, visit.say.words.foreign)
          const form = await readForm(c.req.raw)
          const tookMs = readToken(secrets, visit.page.projectId, form['token'] ?? '', house.now())
          return handle(c, visit, { form, tookMs })
        }),
      ),
    show,
    notice,
    tooOften,
    refuse,
    keepCookie,
    readTopic,
    readPublicTopic,
    xml,
  }

  async function answer(c: Context<Env>, handle: Handle): Promise<Response> {
    const now = house.now()
    const late = flood.read(networkOf(c.var.address), now.getTime())
    if (late !== null) return refuse(c, 429, late)
    const page = await findPageAt(db, c.req.param('slug') ?? '')
    if (!page) return refuse(c, 404)
    const visit: Visit = {
      page,
      say: speaking(page.lang, page.timeZone),
      visitor: await findVisitor(db, secrets, page.projectId, getCookie(c, cookieName)),
      at: `/help/${page.slug}`,
      home: addressOf({ publicUrl }, page),
      nonce: randomBytes(16).toString('base64'),
      token: makeToken(secrets, page.projectId, now),
    }
    try {
      return await handle(c, visit)
    } catch (error) {
      if (!(error instanceof NotFound)) throw error
      const { words } = visit.say
      return show(c, visit, drawNotice(visit, { title: words.notFound, text: words.notFoundText }), { status: 404 })
    }
  }

  async function show(
    c: Context<Env>,
    visit: Visit,
    drawn: Drawn,
    { status = 200, lateMs }: { status?: 200 | 403 | 404 | 410 | 422 | 429; lateMs?: number } = {},
  ): Promise<Response> {
    c.header('content-security-policy', helpPolicy(visit.nonce))
    c.header('cache-control', 'private, no-cache')
    if (drawn.hidden || !visit.page.isListed) c.header('x-robots-tag', 'noindex')
    if (lateMs !== undefined) c.header('retry-after', String(Math.ceil(lateMs / 1000)))
    return c.html(drawFrame(visit, drawn), status)
  }

  function notice(c: Context<Env>, visit: Visit, status: 403 | 410 | 422, text: string): Promise<Response> {
    return show(c, visit, drawNotice(visit, { title: text, text: '' }), { status })
  }

  function tooOften(c: Context<Env>, visit: Visit, lateMs: number): Promise<Response> {
    const { say } = visit
    const text = say.words.tooOftenText(say.wait(lateMs))
    return show(c, visit, drawNotice(visit, { title: say.words.tooOften, text }), { status: 429, lateMs })
  }

  /** Before a page is looked up, or where there is none: one that is off is not told from one that never was. */
  async function refuse(c: Context<Env>, status: 404 | 413 | 429, lateMs = 0): Promise<Response> {
    const say = speaking(c.var.locale, 'UTC')
    const { words } = say
    const nonce = randomBytes(16).toString('base64')
    const said = {
      404: { title: words.notFound, text: words.notFoundText },
      413: { title: words.tooLong, text: words.tooLongText },
      429: { title: words.tooOften, text: words.tooOftenText(say.wait(lateMs)) },
    }[status]
    c.header('content-security-policy', helpPolicy(nonce))
    c.header('x-robots-tag', 'noindex')
    if (status === 429) c.header('retry-after', String(Math.ceil(lateMs / 1000)))
    return c.html(drawAlone(say.lang, nonce, said), status)
  }

  function keepCookie(c: Context<Env>, { at }: Visit, visitor: Visitor): void {
    setCookie(c, cookieName, cookieOf(secrets, visitor), {
      path: at,
      httpOnly: true,
      sameSite: 'Lax',
      secure: publicUrl.startsWith('https:'),
      maxAge: cookieSeconds,
    })
  }

  /** A topic that everybody reads, or one's own. */
  async function readTopic({ page, visitor }: Visit, id: number): Promise<HelpTopic> {
    const topic = await findTopic(db, page.projectId, id)
    const mayRead = topic?.state === 'public' || (visitor !== null && topic?.visitorId === visitor.id)
    if (!topic || !mayRead) throw new NotFound()
    return topic
  }

  /** The topic that has its voices now. */
  async function readPublicTopic(visit: Visit, id: number): Promise<HelpTopic> {
    const topic = await readTopic(visit, id)
    if (topic.state !== 'public') throw new NotFound()
    return topic.mergedInto === null ? topic : readPublicTopic(visit, topic.mergedInto)
  }

  async function xml(c: Context<Env>, text: Html, type: string): Promise<Response> {
    const headers = { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'public, max-age=300' }
    return c.body((await text).toString(), 200, headers)
  }
}
