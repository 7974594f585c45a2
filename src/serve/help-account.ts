import { giveSamplePage } from '../respond/help/sample-page.ts'
import { keepAccount, listAccounts, renameAccount } from '../respond/replies/account.ts'
import type { House } from './house.ts'

type Rooms = Pick<House, 'postgres' | 'secrets'>

/** Answers go out from the help page itself: it is an account that nobody has to sign in to, called like the page. */
export async function connectPage(
  { postgres: { db }, secrets }: Rooms,
  project: number,
  name: string,
  by: string | null,
): Promise<void> {
  const known = (await listAccounts(db, project)).find(({ platform }) => platform === 'help')
  if (known !== undefined) return renameAccount(db, project, known.id, name)
  await keepAccount(db, secrets, project, { platform: 'help', name, account: { project }, by })
}

/** The help page of the sample, answered like any other; one that is there stays as people left it. */
export async function openSamplePage(rooms: Rooms, project: number, lang: 'en' | 'ru'): Promise<void> {
  const given = await giveSamplePage(rooms.postgres.db, project, lang)
  if (given !== null) await connectPage(rooms, project, given, null)
}
