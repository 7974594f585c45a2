import { existsSync } from 'node:fs'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { UserError } from '../../base/errors.ts'
import { audit } from '../../base/team/audit.ts'
import {
  getImport,
  pathOf,
  removeUpload,
  saveMapping,
  startImport,
  storeUpload,
  type Import,
} from '../../listen/collect/import-file.ts'
import { fields, type Field } from '../../listen/connectors/files/fields.ts'
import { fileLimits } from '../../listen/connectors/files/limits.ts'
import { hasText, type Mapping } from '../../listen/connectors/files/mapping.ts'
import {
  readFileHead,
  readRows,
  type FileHead,
  type ReadOptions,
  type RowResult,
} from '../../listen/connectors/files/read-file.ts'
import { tell } from '../../listen/connectors/problems.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, operation, WithId, type Api } from './door.ts'
import { showProgress } from './progress.ts'
import * as projectShapes from './shapes/project.ts'
import type { Locale } from './source-words.ts'
import * as shapes from './shapes/source.ts'

const tags = ['imports']

type Readable = Extract<FileHead, { kind: 'readable' }>

/** A file of mentions: it is uploaded, looked at, told how to read, and begun. */
export function serveImports(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      {
        en: 'Upload a file of mentions; its name comes percent-encoded in X-File-Name',
        ru: 'Загрузить файл с упоминаниями; имя — в X-File-Name, с процентным кодированием',
      },
      { method: 'post', path: '/api/projects/{project}/imports', tags, request: { params: InProject } },
      shapes.ImportPreview,
    ),
    async (c) => {
      const { project, who } = allowed(c, 'import')
      const file = fileName(c.req.header('x-file-name'))
      const bytes = c.req.raw.body ?? new Blob([]).stream()
      const stored = await storeUpload(db, house.config.dataDir, project.id, {
        file,
        locale: c.var.locale,
        bytes,
        maxBytes: house.config.limits.uploadBytes,
      })
      const head = await look(stored)
      if (head.kind === 'unreadable') {
        await removeUpload(db, house.config.dataDir, stored)
        throw new UserError(tell(head.problem, 'en'), {
          key: head.problem.key,
          values: head.problem.values,
          field: 'file',
        })
      }
      await inTransaction(db, async (tx) => {
        await saveMapping(tx, stored.id, head.mapping, false)
        await audit(tx, {
          project: project.id,
          who,
          action: 'import',
          subject: file,
          details: { import: stored.id, bytes: stored.bytes },
        })
      })
      return c.json(await show(await getImport(db, project.id, stored.id), head, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'What was found in an uploaded file', ru: 'Что найдено в загруженном файле' },
      { method: 'get', path: '/api/projects/{project}/imports/{id}', tags, request: { params: WithId } },
      shapes.ImportPreview,
    ),
    async (c) => {
      const { project } = allowed(c, 'import')
      const file = await getImport(db, project.id, c.req.valid('param').id)
      return c.json(await show(file, await readableHead(file), c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Say which column is what', ru: 'Указать, что в каком столбце' },
      {
        method: 'put',
        path: '/api/projects/{project}/imports/{id}/mapping',
        tags,
        request: { params: WithId, body: body(shapes.ImportMapping) },
      },
      shapes.ImportPreview,
    ),
    async (c) => {
      const asked = c.req.valid('json')
      const { project } = allowed(c, 'import')
      const file = await getImport(db, project.id, c.req.valid('param').id)
      const head = await readableHead(file)
      await saveMapping(db, file.id, remap(file.mapping ?? head.mapping, asked.columns), asked.keepAll)
      return c.json(await show(await getImport(db, project.id, file.id), head, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Begin the import', ru: 'Начать загрузку' },
      { method: 'post', path: '/api/projects/{project}/imports/{id}/start', tags, request: { params: WithId } },
      projectShapes.Progress,
    ),
    async (c) => {
      const { project } = allowed(c, 'import')
      const file = await getImport(db, project.id, c.req.valid('param').id)
      const progress = await startImport(db, file, { maxRows: house.config.limits.importRows, now: house.now() })
      return c.json(showProgress(progress), 200)
    },
  )

  async function look(file: Import): Promise<FileHead> {
    if (!existsSync(pathOf(house.config.dataDir, file)))
      throw new UserError('The file was removed after its import', { key: 'upload-gone' })
    return readFileHead(pathOf(house.config.dataDir, file), {
      timeZone: file.timeZone,
      now: house.now(),
      limits: fileLimits(house.config.limits),
    })
  }

  async function readableHead(file: Import): Promise<Readable> {
    const head = await look(file)
    if (head.kind === 'readable') return head
    throw new UserError(tell(head.problem, 'en'), { key: head.problem.key, values: head.problem.values, field: 'file' })
  }

  async function show(file: Import, head: Readable, locale: Locale): Promise<shapes.ImportPreview> {
    const mapping = file.mapping ?? head.mapping
    const sample = await firstRows(pathOf(house.config.dataDir, file), mapping, {
      timeZone: file.timeZone,
      now: house.now(),
      limits: fileLimits(house.config.limits),
    })
    return {
      id: file.id,
      file: file.file,
      bytes: file.bytes,
      format: mapping.format === 'csv' || mapping.format === 'xlsx' ? mapping.format : 'jsonl',
      encoding: mapping.encoding,
      delimiter: mapping.delimiter,
      columns: mapping.columns.map(({ column, field }, index) => ({
        index,
        name: column,
        samples: head.samples[index] ?? [],
        field,
      })),
      fields: [...fields],
      rows: sample.map((row) => showRow(row, locale)),
      keepAll: file.keepAll,
      missing: hasText(mapping) ? [] : ['text'],
    }
  }
}

const shownRows = 20

async function firstRows(path: string, mapping: Mapping, options: ReadOptions): Promise<RowResult[]> {
  for await (const page of readRows(path, mapping, { ...options, pageSize: shownRows })) return page
  return []
}

function showRow(row: RowResult, locale: Locale): shapes.ImportPreview['rows'][number] {
  if ('reason' in row) return { row: row.row, post: null, reason: tell(row.reason, locale) }
  const known = Object.entries(row.post).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  )
  const doubts = row.problems.map((doubt) => tell(doubt, locale)).join('. ')
  return { row: row.row, post: Object.fromEntries(known), reason: doubts === '' ? null : doubts }
}

function remap(mapping: Mapping, asked: shapes.ImportMapping['columns']): Mapping {
  const columns = mapping.columns.map((column) => ({ ...column }))
  for (const { index, field } of asked) {
    const column = columns[index]
    if (!column)
      throw new UserError('There is no such column', {
        key: 'import-column-unknown',
        values: { index },
        field: 'columns',
      })
    if (field !== null && !isField(field))
      throw new UserError('There is no such field', {
        key: 'import-field-unknown',
        values: { field },
        field: 'columns',
      })
    column.field = field
  }
  return { ...mapping, columns }
}

function isField(name: string): name is Field {
  return fields.some((one) => one === name)
}

function fileName(header: string | undefined): string {
  try {
    const name = decodeURIComponent(header ?? '')
      .split(/[\\/]/)
      .at(-1)
      ?.trim()
      .slice(0, 200)
    if (name) return name
  } catch {
    // Told below: a name that cannot be decoded is none.
  }
  throw new UserError('Send the name of the file in the header X-File-Name', {
    key: 'upload-name',
    field: 'X-File-Name',
  })
}
