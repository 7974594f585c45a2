import { sql } from 'kysely'
import { UserError } from '../../base/errors.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import type { Progress } from '../../base/progress/progress.ts'
import { audit } from '../../base/team/audit.ts'
import type { Project, Who } from '../../base/team/scope.ts'
import {
  getImport,
  pathOf,
  removeUpload,
  saveMapping,
  startImport,
  storeUpload,
} from '../../listen/collect/import-file.ts'
import type { Locale } from '../../listen/collect/told.ts'
import { fileLimits } from '../../listen/connectors/files/limits.ts'
import { hasText } from '../../listen/connectors/files/mapping.ts'
import { readFileHead } from '../../listen/connectors/files/read-file.ts'
import { tell } from '../../listen/connectors/problems.ts'
import { exportMentions, type Export, type Format } from '../export/export.ts'
import type { House } from '../house.ts'

/** Whoever may read the data directory may do everything; it is written down under this name. */
export const localAdmin: Who = { kind: 'member', id: 'local', name: 'heed', email: '', locale: 'en', isHead: true }

type Engines = Pick<House, 'config' | 'clickhouse' | 'postgres' | 'now'>

/** The project of this number or name. Throws UserError when there is none. */
export async function findProject(db: Database, named: string): Promise<Project> {
  const id = /^\d{1,9}$/.test(named) ? Number(named) : null
  const project = await first(
    db,
    sql<Project>`
      select id, name, time_zone, is_sample, created_at
      from project
      where id = ${id}::int or name = ${named}
      order by id = ${id}::int desc nulls last
      limit 1`,
  )
  if (!project)
    throw new UserError(`There is no project “${named}”`, { key: 'project-unknown', values: { project: named } })
  return project
}

/** Stores a file and begins its import with the columns that were recognised. Throws UserError when it cannot be read. */
export async function importFile(
  house: Engines,
  project: Project,
  upload: { file: string; bytes: AsyncIterable<Uint8Array>; keepAll: boolean; locale: Locale },
): Promise<Progress> {
  const { config, postgres, now } = house
  const stored = await storeUpload(postgres.db, config.dataDir, project.id, {
    ...upload,
    maxBytes: config.limits.uploadBytes,
  })
  const head = await readFileHead(pathOf(config.dataDir, stored), {
    timeZone: project.timeZone,
    now: now(),
    limits: fileLimits(config.limits),
  })
  if (head.kind === 'unreadable' || !hasText(head.mapping)) {
    await removeUpload(postgres.db, config.dataDir, stored)
    const { key, values } =
      head.kind === 'unreadable' ? head.problem : { key: 'file.no-text-column' as const, values: {} }
    throw new UserError(tell({ key, values }, 'en'), { key, values, field: 'file' })
  }
  return inTransaction(postgres.db, async (tx) => {
    await saveMapping(tx, stored.id, head.mapping, upload.keepAll)
    await audit(tx, {
      project: project.id,
      who: localAdmin,
      action: 'import',
      subject: upload.file,
      details: { import: stored.id, bytes: stored.bytes },
    })
    return startImport(tx, await getImport(tx, project.id, stored.id), {
      maxRows: config.limits.importRows,
      now: now(),
    })
  })
}

export async function exportProject(
  house: Engines,
  project: Project,
  asked: { q: string; format: Format },
): Promise<Export> {
  const { clickhouse, postgres, config } = house
  const file = await exportMentions({ clickhouse, db: postgres.db }, project.id, {
    filter: { q: asked.q },
    format: asked.format,
    maxRows: config.limits.exportRows,
  })
  await audit(postgres.db, {
    project: project.id,
    who: localAdmin,
    action: 'export',
    subject: 'mentions',
    details: { ...asked, rows: file.rows },
  })
  return file
}
