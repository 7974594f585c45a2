import { sql } from 'kysely'
import { must } from '../errors.ts'
import { first, type Database } from '../postgres/postgres.ts'
import type { Who } from './scope.ts'

/** The oldest head: in whose name the program acts when its owner asks it to at the terminal. */
export async function getFirstHead(db: Database): Promise<Who> {
  const member = await first(
    db,
    sql<{ id: string; name: string; email: string; locale: 'en' | 'ru' }>`
      select id, name, email, locale from member where is_head order by created_at limit 1`,
  )
  return { kind: 'member', isHead: true, ...must(member, 'head') }
}
