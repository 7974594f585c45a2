import { request, type IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { json } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { UserError } from '../../base/errors.ts'
import type { Progress } from '../../base/progress/progress.ts'
import type { Manifest } from '../backup/manifest.ts'
import type { Format } from '../export/export.ts'
import type { Finding } from './inspect.ts'
import { findDoor, type LocalDoor } from './token.ts'

/** The running server as a command sees it. */
export type RunningServer = {
  import(
    project: string,
    upload: { file: string; bytes: Readable; keepAll: boolean; locale: string },
  ): Promise<Progress>
  progress(of: Progress): Promise<Progress | null>
  export(project: string, asked: { q: string; format: Format }): Promise<Readable>
  backUp(to: string): Promise<Manifest>
  inspect(): Promise<Finding[]>
}

/** The server that holds this data directory; null when it takes no commands, like one that is just starting. */
export function findServer(dataDir: string): RunningServer | null {
  const door = findDoor(dataDir)
  if (!door) return null
  return {
    import: async (project, { file, bytes, keepAll, locale }) =>
      (await json(
        await ask(
          door,
          'POST',
          `/import?${new URLSearchParams({ project, file, keep: keepAll ? 'all' : '', locale }).toString()}`,
          bytes,
        ),
      )) as Progress,
    progress: async ({ projectId, id }) =>
      (await json(await ask(door, 'GET', `/progress/${projectId}/${id}`))) as Progress | null,
    export: (project, { q, format }) =>
      ask(door, 'GET', `/export?${new URLSearchParams({ project, q, format }).toString()}`),
    inspect: async () => (await json(await ask(door, 'GET', '/inspection'))) as Finding[],
    backUp: async (to) =>
      (await json(await ask(door, 'POST', '/backup', Readable.from([JSON.stringify({ to })])))) as Manifest,
  }
}

// Not the network: another process of ours on this machine, asked by streams of any length.
async function ask(door: LocalDoor, method: string, path: string, body?: Readable): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const asking = request({
    host: '127.0.0.1',
    port: door.port,
    method,
    path,
    headers: { authorization: `Bearer ${door.token}` },
  })
  asking.once('response', resolve)
  asking.once('error', reject)
  if (body) await pipeline(body, asking).catch(() => {}) // A refusal closes the way in; its answer says why.
  else asking.end()
  const answer = await promise
  if (answer.statusCode === 200) return answer
  const problem = (await json(answer).catch(() => null)) as {
    key: string
    values: UserError['values']
    message: string
  } | null
  throw new UserError(
    problem?.message ?? `The server answered ${answer.statusCode}`,
    problem ? { key: problem.key, values: problem.values } : { key: 'our-mistake' },
  )
}
