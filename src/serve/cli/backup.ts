import { resolve } from 'node:path'
import { backUp } from '../backup/backup.ts'
import { done, type Command } from './command.ts'
import { dataOption, withHouse } from './with-house.ts'

export const backupCommand: Command = {
  name: 'backup',
  operands: '[FOLDER]',
  operandCount: { least: 0, most: 1 },
  summary: {
    en: 'Writes everything into a new folder, also while the server runs',
    ru: 'Сохраняет всё в новую папку, в том числе при работающем сервере',
  },
  options: dataOption,
  run: async (call) => {
    const to = resolve(
      call.operands[0] ?? `heed-backup-${new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')}`,
    )
    const manifest = await withHouse(call, {
      asked: (server) => server.backUp(to),
      opened: (house) => backUp(house, to),
    })
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    call.stdout.write(
      `${JSON.stringify({ folder: to, tables: manifest.tables.length, rows, files: manifest.files.length, bytes })}\n`,
    )
    call.stderr.write(
      call.language === 'ru'
        ? 'В копии лежит ключ секретов: храните её там, где её не прочтут чужие.\n'
        : 'The copy holds the key of the secrets: keep it where no stranger reads it.\n',
    )
    return done
  },
}
