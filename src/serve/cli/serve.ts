import { done, oneOf, type Call, type Command } from './command.ts'
import { configOf, dataOption } from './with-house.ts'

const roles = ['all', 'web', 'worker'] as const

export const serveCommand: Command = {
  name: 'serve',
  operands: '',
  operandCount: { least: 0, most: 0 },
  summary: { en: 'Runs Heed until it is told to stop', ru: 'Запускает Heed, пока его не остановят' },
  options: {
    role: {
      type: 'string',
      value: roles.join('|'),
      help: {
        en: 'the screens, the work in the background, or both (all)',
        ru: 'экраны, фоновая работа или всё вместе (all)',
      },
    },
    port: {
      type: 'string',
      value: 'N',
      help: { en: 'where it listens (PORT, else 7700)', ru: 'порт (PORT, иначе 7700)' },
    },
    demo: { type: 'boolean', help: { en: 'with the sample project', ru: 'с проектом-примером' } },
    ...dataOption,
  },
  run: async (call) => {
    const { serve } = await import('../../app.ts')
    const stopped = signalled()
    await using _running = await serve(configOf(call), {
      role: oneOf(call, 'role', roles, 'all'),
      demo: call.values['demo'] === true,
      locale: call.language,
      ready: (where) => call.stdout.write(welcome(call, where)),
    })
    await stopped
    return done
  },
}

function welcome(call: Call, { url, link }: { url: string; link: string | null }): string {
  if (link === null) return call.language === 'ru' ? `Heed открыт: ${url}\n` : `Heed is open: ${url}\n`
  return call.language === 'ru'
    ? `Heed открыт: ${url}\nПервый вход, один раз в течение 15 минут: ${link}\n`
    : `Heed is open: ${url}\nThe first sign-in, once within 15 minutes: ${link}\n`
}

/** Settles when somebody asks the process to end; asking twice ends it at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
