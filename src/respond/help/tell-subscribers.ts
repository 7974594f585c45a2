import { sql } from 'kysely'
import { sendLetter } from '../../base/letters/letter.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { letterWords } from './letter-words.ts'
import { findHelpPage } from './page.ts'
import type { HelpPost, TopicStatus } from './post.ts'
import { sign } from './visitor.ts'

export type LetterDesk = { db: Database; secrets: Secrets; publicUrl: string }

export type News =
  | { kind: 'answer'; post: number; text: string }
  | { kind: 'status'; status: TopicStatus; at: Date }
  | { kind: 'merged'; into: Pick<HelpPost, 'id' | 'title'> }

const dayMs = 86_400_000

/** Writes to everybody who confirmed that they want to hear of a topic, once for each piece of news. Nothing while the page is off. */
export async function tellSubscribers(desk: LetterDesk, topic: HelpPost, news: News): Promise<void> {
  const page = await findHelpPage(desk.db, topic.projectId)
  if (!page?.isOn) return
  const words = letterWords[page.lang]
  const title = topic.title ?? ''
  const subscribed = await list(
    desk.db,
    sql<{ id: number; email: string; visitorId: number }>`
      select id, email, visitor_id
      from help_subscription
      where topic_id = ${topic.id} and confirmed_at is not null
      order by id`,
  )
  const said = saidOf(news, words)
  const place = news.kind === 'merged' ? news.into.id : topic.id
  for (const { id, email, visitorId } of subscribed) {
    const end = addressOf(desk, page, `unsubscribe/${sign(desk.secrets, 'help-unsubscribe', id)}`)
    await sendLetter(desk.db, {
      key: `help:${keyOf(topic, news)}:${id}`,
      to: email,
      subject: `${words.subject[news.kind]}: ${title}`,
      text: [
        words.hello,
        words.news[news.kind](title, said),
        addressOf(desk, page, `${place}`),
        `${page.title}\n${words.end}: ${end}`,
      ].join('\n\n'),
      headers: { 'List-Unsubscribe': `<${end}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
      project: topic.projectId,
      about: aboutOf(topic, visitorId),
    })
  }
}

/** Asks the owner of an address, at most once a day for one topic. */
export async function askToConfirm(
  desk: LetterDesk,
  topic: HelpPost,
  { id, email, visitor }: { id: number; email: string; visitor: number },
  now: Date,
): Promise<void> {
  const page = await findHelpPage(desk.db, topic.projectId)
  if (!page?.isOn) return
  const words = letterWords[page.lang]
  const link = addressOf(desk, page, `confirm/${sign(desk.secrets, 'help-confirm', id)}`)
  // No word of a visitor: whoever is asked may not have asked.
  await sendLetter(desk.db, {
    key: `help:confirm:${id}:${Math.floor(now.getTime() / dayMs)}`,
    to: email,
    subject: `${words.confirmSubject}: ${page.title}`,
    text: [words.hello, words.confirm(page.title), link, words.notYou, page.title].join('\n\n'),
    project: topic.projectId,
    about: aboutOf(topic, visitor),
    until: new Date(now.getTime() + dayMs),
  })
}

export function addressOf({ publicUrl }: { publicUrl: string }, { slug }: { slug: string }, rest = ''): string {
  return `${publicUrl}/help/${slug}${rest === '' ? '' : `/${rest}`}`
}

/** Who is forgotten leaves with the letters that quote them, and with those that went to them. */
function aboutOf(topic: HelpPost, visitor: number): string[] {
  return [visitor, topic.visitorId].flatMap((id) => (id === null ? [] : [`author:${authorOf(id)}`]))
}

/** As mentions name a visitor. */
export function authorOf(visitor: number): string {
  return `help:visitor-${visitor}`
}

function keyOf({ id }: HelpPost, news: News): string {
  switch (news.kind) {
    case 'answer':
      return `answer:${news.post}`
    case 'status':
      return `status:${id}:${news.at.getTime()}`
    case 'merged':
      return `merged:${id}:${news.into.id}`
  }
}

function saidOf(news: News, words: (typeof letterWords)['en']): string {
  switch (news.kind) {
    case 'answer':
      return news.text
    case 'status':
      return words.status[news.status]
    case 'merged':
      return news.into.title ?? ''
  }
}
