import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const folder = join(import.meta.dirname, 'telegram')
/** Why tests against an emulated Bot API cannot run here; null when they can. */
export const withoutTelegram = existsSync(join(folder, 'node_modules/telegram-test-api'))
  ? null
  : 'no emulator of the Bot API: npm run peers'

export type TelegramServer = AsyncDisposable & {
  base: string
  stop(): Promise<void>
  start(): Promise<void>
  /** Somebody writes in a group where the bot is. */
  write(text: string): Promise<void>
  /** What the bot has written there, as the emulator keeps it. */
  written(): Promise<{ messageId: number; message: { [name: string]: unknown } }[]>
}

export const botToken = '123456:emulated'
export const groupId = -1007

/** The emulator https://github.com/jehy/telegram-test-api on loopback. */
export async function startTelegram(): Promise<TelegramServer> {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ['server.cjs', String(port)], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const lines = createInterface({ input: child.stdout })
  const say = async (word: string) => {
    const answered = once(lines, 'line')
    child.stdin.write(`${word}\n`)
    await answered
  }
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as { result: never }
  }
  await say('start')
  return {
    base,
    stop: () => say('stop'),
    start: () => say('start'),
    async write(text) {
      await post('/sendMessage', {
        ...{ botToken, text, date: Math.floor(Date.now() / 1000) },
        from: { id: 7, is_bot: false, first_name: 'Анна', username: 'anna' },
        chat: { id: groupId, type: 'supergroup', title: 'Чат банка' },
      })
    },
    async written() {
      const { result } = await post('/getUpdatesHistory', { token: botToken })
      return (result as Awaited<ReturnType<TelegramServer['written']>>).filter(({ message }) => 'chat_id' in message)
    },
    [Symbol.asyncDispose]: async () => {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
