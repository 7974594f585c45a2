import { restore } from '../backup/restore.ts'
import { done, type Command } from './command.ts'
import { configOf, dataOption } from './with-house.ts'

export const restoreCommand: Command = {
  name: 'restore',
  operands: 'FOLDER',
  operandCount: { least: 1, most: 1 },
  summary: { en: 'Brings a backup back into an empty data directory', ru: 'Возвращает копию в пустой каталог данных' },
  options: dataOption,
  run: async (call) => {
    const [from = ''] = call.operands
    const config = configOf(call)
    const { openHouse } = await import('../../app.ts')
    const manifest = await restore(from, config.dataDir, () => openHouse({ ...config, logLevel: 'error' }))
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    call.stdout.write(
      `${JSON.stringify({ data: config.dataDir, madeAt: manifest.madeAt, tables: manifest.tables.length, rows })}\n`,
    )
    return done
  },
}
