import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { formats } from '../export/export.ts'
import { exportProject, findProject } from '../local/operations.ts'
import { done, oneOf, optional, required, type Call, type Command } from './command.ts'
import { write } from './lines.ts'
import { dataOption, withHouse } from './with-house.ts'

export const exportCommand: Command = {
  name: 'export',
  operands: '',
  operandCount: { least: 0, most: 0 },
  summary: {
    en: 'Writes the mentions that a query selects to standard output',
    ru: 'Выводит упоминания, выбранные запросом',
  },
  options: {
    project: { type: 'string', value: 'P', help: { en: 'number or name of the project', ru: 'номер или имя проекта' } },
    query: {
      type: 'string',
      value: 'Q',
      help: { en: 'a query; without it, all mentions', ru: 'запрос; без него — все упоминания' },
    },
    format: {
      type: 'string',
      value: formats.join('|'),
      help: { en: 'jsonl unless said otherwise', ru: 'по умолчанию jsonl' },
    },
    out: { type: 'string', value: 'FILE', help: { en: 'write to a file', ru: 'записать в файл' } },
    ...dataOption,
  },
  run: async (call) => {
    const project = required(call, 'project')
    const asked = { q: optional(call, 'query') ?? '', format: oneOf(call, 'format', formats, 'jsonl') }
    await withHouse(call, {
      asked: async (server) => pour(call, await server.export(project, asked)),
      opened: async (house) =>
        pour(call, (await exportProject(house, await findProject(house.postgres.db, project), asked)).bytes),
    })
    return done
  },
}

async function pour(call: Call, bytes: AsyncIterable<Uint8Array | string>): Promise<void> {
  const path = optional(call, 'out')
  if (path === null) {
    for await (const chunk of bytes) await write(call.stdout, chunk)
    return
  }
  await pipeline(Readable.from(bytes, { objectMode: false }), createWriteStream(path, { mode: 0o600 }))
}
