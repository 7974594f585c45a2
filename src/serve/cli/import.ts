import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { must } from '../../base/errors.ts'
import { findProgress, type Progress } from '../../base/progress/progress.ts'
import { listOpenRuns, workOnRun } from '../../listen/collect/run.ts'
import { collectWorld } from '../../listen/collect/world.ts'
import type { House } from '../house.ts'
import { findProject, importFile } from '../local/operations.ts'
import { done, failed, required, type Call, type Command } from './command.ts'
import { createMeter } from './meter.ts'
import { dataOption, withHouse } from './with-house.ts'

export const importCommand: Command = {
  name: 'import',
  operands: 'FILE',
  operandCount: { least: 1, most: 1 },
  summary: {
    en: 'Brings the mentions of a file (CSV, XLSX, JSON Lines) into a project',
    ru: 'Загружает в проект упоминания из файла (CSV, XLSX, JSON Lines)',
  },
  options: {
    project: { type: 'string', value: 'P', help: { en: 'number or name of the project', ru: 'номер или имя проекта' } },
    'keep-all': {
      type: 'boolean',
      help: {
        en: 'keep rows that match no topic as mentions too',
        ru: 'сохранить и строки, которые не подошли ни одной теме',
      },
    },
    ...dataOption,
  },
  run: async (call) => {
    const [path = ''] = call.operands
    await access(path)
    const project = required(call, 'project')
    const upload = { file: basename(path), keepAll: call.values['keep-all'] === true, locale: call.language }
    const ended = await withHouse(call, {
      asked: async (server) =>
        follow(call, await server.import(project, { ...upload, bytes: createReadStream(path) }), (progress) =>
          server.progress(progress),
        ),
      opened: async (house) => {
        const begun = await importFile(house, await findProject(house.postgres.db, project), {
          ...upload,
          bytes: createReadStream(path),
        })
        const [, last] = await Promise.all([
          workUntilEnd(house, begun),
          follow(call, begun, ({ projectId, id }) => findProgress(house.postgres.db, projectId, id)),
        ])
        return last
      },
    })
    return report(call, ended)
  },
}

async function workUntilEnd(house: House, progress: Progress): Promise<void> {
  const world = collectWorld(house)
  for (;;) {
    const run = (await listOpenRuns(world.db)).find(({ progressId }) => progressId === progress.id)
    if (run) await workOnRun(world, run, new AbortController().signal)
    else if (must(await findProgress(world.db, progress.projectId, progress.id)).endedAt) return
    else await sleep(1000)
  }
}

async function follow(
  call: Call,
  begun: Progress,
  ask: (progress: Progress) => Promise<Progress | null>,
): Promise<Progress> {
  const meter = createMeter(call)
  for (let shown = 0; ; await sleep(300)) {
    const progress = must(await ask(begun), 'progress')
    meter.add(progress.done - shown)
    shown = progress.done
    if (!progress.endedAt) continue
    meter.end()
    return progress
  }
}

/** One line of JSON for programs; rows that stayed out are named on standard error. */
function report(call: Call, { state, done: rows, saved, unmatched, failures, failureCount, error }: Progress): number {
  for (const { row, reason } of failures) call.stderr.write(`${row}: ${reason}\n`)
  call.stdout.write(
    `${JSON.stringify({ state, rows, saved, unmatched, failed: failureCount, ...(error === null ? {} : { error }) })}\n`,
  )
  return state === 'done' ? done : failed
}
