import { sql } from 'kysely'
import { first, type Database } from '../../base/postgres/postgres.ts'

/** How one person wants to be spared, in whatever project they look. */
export type OwnCare = {
  /** Every picture is blurred until they ask for it, not only those beside abusive words. */
  blurImages: boolean
}

export async function findOwnCare(db: Database, member: string): Promise<OwnCare> {
  const row = await first(db, sql<OwnCare>`select blur_images from own_care where member_id = ${member}`)
  return row ?? { blurImages: false }
}

export async function setOwnCare(db: Database, member: string, { blurImages }: OwnCare): Promise<void> {
  await sql`
    insert into own_care (member_id, blur_images) values (${member}, ${blurImages})
    on conflict (member_id) do update set blur_images = excluded.blur_images`.execute(db)
}
