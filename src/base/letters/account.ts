import { sql } from 'kysely'
import { UserError } from '../errors.ts'
import { parseMailServer } from '../mail/server.ts'
import type { Submission } from '../mail/submit.ts'
import { first, type Database } from '../postgres/postgres.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { isAddress } from './letter.ts'

/** What a person types: `server` as smtps://mail.example, `user` empty where the server asks for no name. */
export type AccountInput = { server: string; user: string; password: string; address: string; name: string }

/** The account that letters go out from. */
export type LetterAccount = {
  login: Submission
  address: string
  name: string
  /** The environment names it: whoever runs the machine may name a server of a private network. */
  byEnvironment: boolean
}

type World = { db: Database; secrets: Secrets; letters: { url: string; from: string } | null }

const owner = 'letter-account'

/** Null: there is none, or it was sealed with another key. */
export async function findLetterAccount({ db, secrets, letters }: World): Promise<LetterAccount | null> {
  if (letters !== null) return accountOfEnvironment(letters)
  const row = await first(db, sql<{ sealed: string }>`select sealed from letter_account`)
  const opened = row && secrets.open(owner, row.sealed)
  if (opened?.kind !== 'opened') return null
  return readAccount(JSON.parse(opened.text) as AccountInput, false)
}

/** Keeps the account sealed; an empty password keeps the one there was for the same server. Letters that wait are tried at once. Throws UserError. */
export async function saveLetterAccount({ db, secrets }: Omit<World, 'letters'>, input: AccountInput): Promise<void> {
  const kept = await findLetterAccount({ db, secrets, letters: null })
  const typed = readAccount(input, false)
  const sameServer = kept?.login.server.host === typed.login.server.host && kept.login.user === typed.login.user
  const password = input.password === '' && sameServer ? kept.login.password : input.password
  if (typed.login.user !== '' && password === '')
    throw new UserError('The server asks for a password', { key: 'letters-password', field: 'password' })
  await sql`
    insert into letter_account (sealed) values (${secrets.seal(owner, JSON.stringify({ ...input, password }))})
    on conflict (only_one) do update set sealed = excluded.sealed, changed_at = now()`.execute(db)
  await sql`update letter set due_at = date_trunc('milliseconds', now()) where state = 'waiting' and due_at > now()`.execute(
    db,
  )
}

export async function removeLetterAccount(db: Database): Promise<void> {
  await sql`delete from letter_account`.execute(db)
}

/** As a message names it: `"Acme" <desk@acme.example>`. */
export function senderOf({ address, name }: Pick<LetterAccount, 'address' | 'name'>): string {
  return name === '' ? address : `"${name}" <${address}>`
}

function readAccount(input: AccountInput, byEnvironment: boolean): LetterAccount {
  const server = parseMailServer(input.server, 'smtp')
  if (server === null)
    throw new UserError('Write the server like smtps://smtp.example.com', { key: 'letters-server', field: 'server' })
  const address = (input.address || input.user).trim().toLowerCase()
  if (!isAddress(address))
    throw new UserError('Letters need an address to come from', { key: 'letters-address', field: 'address' })
  const name = input.name.replace(/[\r\n"<>\\]/g, ' ').trim()
  return { login: { server, user: input.user.trim(), password: input.password }, address, name, byEnvironment }
}

/** Throws UserError where the environment says something else than an account: nothing would ever go out. */
function accountOfEnvironment({ url, from }: { url: string; from: string }): LetterAccount {
  const { protocol, host, username, password } = URL.canParse(url)
    ? new URL(url)
    : { protocol: '', host: url, username: '', password: '' }
  const [, name = '', address = from] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(from) ?? []
  const user = decodeURIComponent(username)
  const server = protocol === '' ? host : `${protocol}//${host}`
  return readAccount({ server, user, password: decodeURIComponent(password), address, name }, true)
}
