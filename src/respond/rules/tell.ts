import { sql } from 'kysely'
import { UserError } from '../../base/errors.ts'
import { isAddress, sendLetter } from '../../base/letters/letter.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'

type Person = { name: string; email: string; locale: 'en' | 'ru' }

/** What somebody is told, and where it can be looked at. */
export type Told = {
  project: number
  /** Of the run and of the action in it, so that nobody is told one thing twice. */
  run: number
  position: number
  rule: string
  text: string
  members: string[]
  ticket: number | null
  mention: string | null
  /** Whoever wrote the mention: forgetting them forgets the letter. */
  author: string | null
  publicUrl: string
}

/** Writes a letter to each of these members of the project, in the transaction of its cause. Returns their names. */
export async function tellMembers(tx: Database, told: Told): Promise<string> {
  const people = await list(
    tx,
    sql<Person & { id: string }>`
      select m.id, m.name, m.email, m.locale
      from membership s
      join member m on m.id = s.member_id
      where s.project_id = ${told.project} and s.member_id = any(${told.members}::text[])
      order by m.name`,
  )
  const reached = people.filter(({ email }) => isAddress(email))
  if (reached.length === 0)
    throw new UserError('Nobody who was to be told works in the project any more', { key: 'rule-nobody-to-tell' })
  for (const person of reached)
    await sendLetter(tx, {
      key: `rule:${told.run}:${told.position}:${person.id}`,
      to: person.email,
      ...wordsFor(person, told),
      project: told.project,
      about: [
        ...(told.ticket === null ? [] : [`ticket:${told.ticket}`]),
        ...(told.author === null ? [] : [`author:${told.author}`]),
      ],
    })
  return reached.map(({ name }) => name).join(', ')
}

// What the customer wrote stays where it is: a letter leaves the house.
function wordsFor({ name, locale }: Person, told: Told): { subject: string; text: string } {
  const link = addressOf(told)
  if (locale === 'ru')
    return {
      subject: `Heed: ${told.rule}`,
      text: `Здравствуйте, ${name}!\n\n${told.text}\n\n${link}\n\nПисьмо написано по правилу «${told.rule}».`,
    }
  return {
    subject: `Heed: ${told.rule}`,
    text: `Hello ${name},\n\n${told.text}\n\n${link}\n\nThis letter was written by the rule “${told.rule}”.`,
  }
}

function addressOf({ publicUrl, project, ticket, mention }: Told): string {
  const at = `${publicUrl}/projects/${project}`
  return ticket === null ? `${at}/inbox?open=${encodeURIComponent(mention ?? '')}` : `${at}/tickets/${ticket}`
}
