import { html } from 'hono/html'
import { NotFound } from '../../../base/errors.ts'
import { findTopic } from '../../../respond/help/post.ts'
import {
  confirmSubscription,
  endSubscription,
  findSubscription,
  type Subscription,
} from '../../../respond/help/subscribe.ts'
import { readSigned } from '../../../respond/help/visitor.ts'
import type { House } from '../../house.ts'
import type { HelpDoor } from './door.ts'
import type { Visit } from './frame.ts'
import { drawNotice } from './views.ts'

/** Where the links in letters lead: an address is confirmed, or hears no more. */
export function serveHelpLetters(house: House, door: HelpDoor): void {
  const { secrets } = house
  const { db } = house.postgres

  // Mail programs open links on their own, so a link only asks, and the press of a button does it.
  door.read('/help/:slug/confirm/:link', async (c, visit) => {
    const subscription = await subscriptionOf(visit, c.req.param('link') ?? '')
    const topic = subscription && (await findTopic(db, visit.page.projectId, subscription.topicId))
    const { words } = visit.say
    if (!topic) return door.notice(c, visit, 410, words.linkOver)
    const isShown = topic.state === 'public' || topic.visitorId === visit.visitor?.id
    const more = html`${isShown ? html`<p class="text"><strong>${topic.title}</strong></p>` : ''}
      <form class="act" method="post"><button>${words.confirmButton}</button></form>`
    return door.show(c, visit, drawNotice(visit, { title: words.confirmTitle, text: words.confirmText, more }))
  })

  door.pressed('/help/:slug/confirm/:link', async (c, visit) => {
    const subscription = await subscriptionOf(visit, c.req.param('link') ?? '')
    const { words } = visit.say
    if (!subscription) return door.notice(c, visit, 410, words.linkOver)
    const visitor = await confirmSubscription(db, subscription, visit.visitor, house.now())
    if (visitor && visitor.id !== visit.visitor?.id) door.keepCookie(c, visit, visitor)
    const more = html`<p class="act"><a href="${visit.at}/${subscription.topicId}">${words.toTopic}</a></p>`
    return door.show(c, visit, drawNotice(visit, { title: words.confirmed, text: '', more }))
  })

  door.read('/help/:slug/unsubscribe/:link', async (c, visit) => {
    const { words } = visit.say
    if (readSigned(secrets, 'help-unsubscribe', c.req.param('link') ?? '') === null) throw new NotFound()
    const more = html`<form class="act" method="post"><button>${words.endButton}</button></form>`
    return door.show(c, visit, drawNotice(visit, { title: words.endTitle, text: '', more }))
  })

  // The server of a mail program presses it too, with neither a form nor a page of ours (RFC 8058).
  door.pressed('/help/:slug/unsubscribe/:link', async (c, visit) => {
    const id = readSigned(secrets, 'help-unsubscribe', c.req.param('link') ?? '')
    if (id === null) throw new NotFound()
    await endSubscription(db, id)
    return door.show(c, visit, drawNotice(visit, { title: visit.say.words.ended, text: '' }))
  })

  async function subscriptionOf({ page }: Visit, link: string): Promise<Subscription | null> {
    const id = readSigned(secrets, 'help-confirm', link)
    return id === null ? null : findSubscription(db, page.projectId, id)
  }
}
