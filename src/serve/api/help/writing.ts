import type { Context } from 'hono'
import { judge } from '../../../respond/help/judge.ts'
import { admitVisitor, networkOf, type Limited } from '../../../respond/help/limits.ts'
import { findTopic, type HelpPost } from '../../../respond/help/post.ts'
import { submitPost, type Submission } from '../../../respond/help/submit.ts'
import { subscribe } from '../../../respond/help/subscribe.ts'
import { addVisitor, type Visitor } from '../../../respond/help/visitor.ts'
import { takeVoteBack, vote } from '../../../respond/help/vote.ts'
import type { House } from '../../house.ts'
import type { Env } from '../door.ts'
import type { HelpDoor } from './door.ts'
import { idOf, isTrapped, readEmail, readKind, readName, readText, readTitle, type Form } from './forms.ts'
import type { Visit } from './frame.ts'
import { drawWrite } from './topic.ts'

/** What visitors send: topics, comments, voices and subscriptions, each counted before it is done. */
export function serveHelpWriting(house: House, door: HelpDoor): void {
  const { db } = house.postgres
  const desk = { db, secrets: house.secrets, publicUrl: house.config.publicUrl }

  door.write('/help/:slug/write', async (c, visit, { form, tookMs }) => {
    const { say } = visit
    const [title, text, email] = [readTitle(form), readText(form), readEmail(form)]
    const kind = readKind(form['kind'])
    const written = { kind, title, text: form['text'] ?? '', name: form['name'] ?? '', email: form['email'] ?? '' }
    const wrong = {
      ...(title === '' ? { title: say.words.need.title } : {}),
      ...(text === null ? { text: say.words.tooLongText } : text === '' ? { text: say.words.need.text } : {}),
      ...(email === null ? { email: say.words.wrongEmail } : {}),
      ...(tookMs === null ? { form: say.words.old } : {}),
    }
    if (Object.keys(wrong).length > 0 || tookMs === null || !text)
      return door.show(c, visit, drawWrite(visit, written, wrong), { status: 422 })
    const late = await admitTo(c, visit, 'post')
    if (late !== null) {
      const kept = drawWrite(visit, written, { form: say.words.tooOftenText(say.wait(late)) })
      return door.show(c, visit, kept, { status: 429, lateMs: late })
    }
    const visitor = await known(c, visit)
    const post = await takeIn(visit, visitor, { topic: null, kind, name: readName(form), title, text }, form, tookMs)
    const asked = email ? await follow(c, visit, visitor, post.id, email) : null
    return c.redirect(`${visit.at}/${post.id}?done=${asked === 'asked' ? 'mail' : 'sent'}`, 303)
  })

  door.write('/help/:slug/:id{[1-9][0-9]*}/comments', async (c, visit, { form, tookMs }) => {
    const topic = await door.readPublicTopic(visit, idOf(c))
    const text = readText(form)
    if (tookMs === null || !text)
      return door.notice(
        c,
        visit,
        422,
        tookMs === null ? visit.say.words.old : text === null ? visit.say.words.tooLongText : visit.say.words.need.text,
      )
    const late = await admitTo(c, visit, 'post')
    if (late !== null) return door.tooOften(c, visit, late)
    const visitor = await known(c, visit)
    const said = { topic: topic.id, kind: 'comment' as const, name: readName(form), title: null, text }
    const post = await takeIn(visit, visitor, said, form, tookMs)
    return c.redirect(`${visit.at}/${topic.id}?done=comment#${post.id}`, 303)
  })

  door.write('/help/:slug/:id{[1-9][0-9]*}/voice', async (c, visit, { form, tookMs }) => {
    const topic = await door.readPublicTopic(visit, idOf(c))
    if (tookMs === null) return door.notice(c, visit, 422, visit.say.words.old)
    if (form['back'] !== undefined) {
      if (visit.visitor !== null) await takeVoteBack(db, topic.id, visit.visitor.id)
      return c.redirect(`${visit.at}/${topic.id}`, 303)
    }
    const late = await admitTo(c, visit, 'vote', { topic: topic.id })
    if (late !== null) return door.tooOften(c, visit, late)
    await vote(db, topic.id, (await known(c, visit)).id, house.now())
    return c.redirect(`${visit.at}/${topic.id}`, 303)
  })

  door.write('/help/:slug/:id{[1-9][0-9]*}/follow', async (c, visit, { form, tookMs }) => {
    const topic = await door.readPublicTopic(visit, idOf(c))
    const email = readEmail(form)
    if (tookMs === null || !email)
      return door.notice(c, visit, 422, tookMs === null ? visit.say.words.old : visit.say.words.wrongEmail)
    // A program is told the same, and no letter leaves.
    if (isTrapped(form)) return c.redirect(`${visit.at}/${topic.id}?done=asked`, 303)
    const outcome = await follow(c, visit, await known(c, visit), topic.id, email)
    if (typeof outcome === 'number') return door.tooOften(c, visit, outcome)
    return c.redirect(`${visit.at}/${topic.id}?done=${outcome}`, 303)
  })

  async function takeIn(
    { page }: Visit,
    visitor: Visitor,
    said: Submission,
    form: Form,
    tookMs: number,
  ): Promise<HelpPost> {
    const { moderation } = page
    const judged = judge(said, { moderation, approved: visitor.approved, tookMs, trapped: isTrapped(form) })
    const post = await submitPost(db, page.projectId, said, visitor, judged, house.now())
    await house.events.publish({ project: page.projectId, kind: 'help' })
    return post
  }

  /** A number: so many milliseconds too early. */
  async function follow(
    c: Context<Env>,
    visit: Visit,
    visitor: Visitor,
    topic: number,
    email: string,
  ): Promise<'asked' | 'subscribed' | number> {
    const late = await admitTo(c, visit, 'subscribe', { email })
    if (late !== null) return late
    const about = await findTopic(db, visit.page.projectId, topic)
    return about ? subscribe(desk, about, visitor, email, house.now()) : 'asked'
  }

  async function admitTo(
    c: Context<Env>,
    { page }: Visit,
    what: Limited,
    about: { topic?: number; email?: string } = {},
  ): Promise<number | null> {
    const now = house.now()
    const from = { project: page.projectId, network: networkOf(c.var.address), about }
    const admission = await admitVisitor(db, what, from, now)
    return admission.kind === 'admitted' ? null : admission.retryAt.getTime() - now.getTime()
  }

  /** Whoever writes for the first time becomes somebody, by a cookie of this page alone. */
  async function known(c: Context<Env>, visit: Visit): Promise<Visitor> {
    if (visit.visitor !== null) return visit.visitor
    const visitor = await addVisitor(db, visit.page.projectId, house.now())
    door.keepCookie(c, visit, visitor)
    return visitor
  }
}
