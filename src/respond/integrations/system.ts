import type { ConnectorIo } from '../../listen/connectors/connector.ts'
import type { Problem } from '../../listen/connectors/problems.ts'

export const systemNames = [
  'rt',
  'espocrm',
  'bitrix24',
  'amocrm',
  'hubspot',
  'odoo',
  'zammad',
  'jira',
  'zendesk',
] as const
export type SystemName = (typeof systemNames)[number]

/**
 * Code that knows one CRM or one ticket system. It keeps nothing: this room remembers what was begun and what came of it,
 * calls `open`, `addNote` and `saveContact` again only after a look-up has shown that nothing is there, and never asks one
 * account two things at once. What the system calls a deal, a lead or a ticket is a record here; its id says everything
 * that is needed to find it again.
 */
export type System<Account> = {
  name: SystemName
  kind: 'crm' | 'desk'
  /** After this long a look-up that finds nothing is proof: what was begun has arrived or never will. */
  settleMs: number
  /** Its records have no text of their own: the text of the mention is said as their first note. */
  textApart?: true
  /** Reads what a person typed; throws UserError naming the field that is wrong. The result is kept sealed. */
  parseAccount(input: unknown): Account
  /** Who we are there and what we may. At most a field for our keys is made there. */
  greet(session: Session<Account>): Promise<Told<Greeting>>
  /** What a person chooses from in set-up: places with their stages, and owners. */
  choices(session: Session<Account>): Promise<Told<Choices>>
  open(session: Session<Account>, draft: Draft): Promise<Told<Opened>>
  /** The record that was opened with this key in this place; null: certainly none, when asked `settleMs` after. */
  find(session: Session<Account>, key: string, place: string): Promise<Told<Opened | null>>
  addNote(session: Session<Account>, record: string, note: { key: string; text: string }): Promise<Told<null>>
  /** What was written beside a record, ours too, oldest first: a note of ours has its key in its text. */
  listNotes(session: Session<Account>, record: string): Promise<Told<Note[]>>
  /**
   * Records that changed since the cursor, oldest first; a null cursor begins now and brings none. One record may come twice.
   */
  changes(session: Session<Account>, cursor: string | null): Promise<Told<Changes>>
  /** Whether records belong to a contact; only of a CRM. */
  contacts?: {
    find(session: Session<Account>, person: Person): Promise<Told<Contact | null>>
    /** Makes the contact, or adds to `known` what it lacks of this person; nothing that stands there is overwritten. */
    save(session: Session<Account>, person: Person, known: Contact | null): Promise<Told<Contact>>
  }
  /** Puts a record away there; doing it twice changes nothing. Only of a ticket system. */
  close?(session: Session<Account>, record: string): Promise<Told<null>>
}

export type Session<Account> = {
  account: Account
  io: ConnectorIo
  /** Keeps what the system has changed in the account, such as a token that can be used once, before anything else is asked. */
  keep(account: Account): Promise<void>
}

/** What came of asking. */
export type Told<T> = { kind: 'told'; value: T } | Failure

export type Failure =
  /** Certainly not done, and the same again would bring the same. */
  | { kind: 'refused'; problem: Problem }
  /** Certainly not done: the account is not let in, or lacks a right. */
  | { kind: 'signed-out'; problem: Problem }
  /** Certainly not done, and may be tried again from this moment on. */
  | { kind: 'later'; at: Date; problem: Problem }
  /** It may be done or not; only a look-up can tell. */
  | { kind: 'unknown'; problem: Problem }

/** `name` is how people know the account. A right is null where the system does not tell. */
export type Greeting = { name: string; may: { read: boolean | null; write: boolean | null } }

/** `ends`: whoever stands there is done with; null: the system does not tell. */
export type Stage = { id: string; name: string; ends: boolean | null }
export type Choices = {
  places: { id: string; name: string; stages: Stage[] }[]
  owners: { id: string; name: string }[]
}

/** The person behind a ticket, as far as we know them. `key` is one of their accounts: `vk:ivan`. */
export type Person = { key: string; name: string; emails: string[]; phones: string[]; handles: string[] }
export type Contact = { id: string; emails: string[]; phones: string[]; hasKey: boolean }

export type Draft = {
  /** The same for every try, and never another's: lower-case letters, digits and a hyphen. */
  key: string
  place: string
  /** Null: where the system puts what is new. */
  stage: string | null
  owner: string | null
  title: string
  text: string
  /** Where the mention is. */
  link: string | null
  contact: string | null
  person: Person | null
}

export type Opened = { record: string; url: string | null }
export type Note = { id: string; author: string | null; at: Date | null; text: string }

/** Null is unknown: the record has no such thing, or we may not see it. */
export type RecordState = {
  record: string
  stage: string | null
  owner: string | null
  value: number | null
  currency: string | null
  /** Null: its stage decides. */
  ended: boolean | null
}
export type Changes = { records: RecordState[]; next: string; more: boolean }
