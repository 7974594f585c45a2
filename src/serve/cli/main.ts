import { UserError } from '../../base/errors.ts'
import { say as sentence } from '../api/sentences.ts'
import {
  done,
  failed,
  helpOf,
  readCall,
  WrongCall,
  wrongCall,
  type Call,
  type Command,
  type Language,
} from './command.ts'
import { commands } from './commands.ts'

/** Answers a whole call of `heed` with its exit status. */
export async function main(words: string[], world: Omit<Call, 'values' | 'operands'>): Promise<number> {
  const [name, ...rest] = words
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    world.stdout.write(await overview(world.language))
    return name === undefined ? wrongCall : done
  }
  if (name === '--version' || name === '-v') {
    const { version } = await import('../api/document.ts')
    world.stdout.write(`${version}\n`)
    return done
  }
  const load = commands.get(name)
  if (!load) {
    say(world, {
      en: `There is no command “${name}”; heed --help lists them`,
      ru: `Нет команды «${name}»; список покажет heed --help`,
    })
    return wrongCall
  }
  const command = await load()
  if (rest.includes('--help') || rest.includes('-h')) {
    world.stdout.write(helpOf(command, world.language))
    return done
  }
  try {
    return await command.run({ ...world, ...readCall(command, rest) })
  } catch (error) {
    if (error instanceof WrongCall) {
      say(world, error.said)
      world.stderr.write(`\n${helpOf(command, world.language)}`)
      return wrongCall
    }
    if (error instanceof UserError) {
      world.stderr.write(`heed: ${sentence(error.key, error.values, world.language, error.message)}\n`)
      return failed
    }
    if (isMissingFile(error)) {
      say(world, { en: `There is no file ${error.path}`, ru: `Нет файла ${error.path}` })
      return wrongCall
    }
    throw error
  }
}

async function overview(language: Language): Promise<string> {
  const all: Command[] = await Promise.all([...commands.values()].map((load) => load()))
  const width = Math.max(...all.map(({ name }) => name.length))
  return [
    language === 'ru' ? 'heed команда [ключи]' : 'heed command [options]',
    '',
    ...all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary[language]}`),
    '',
    language === 'ru' ? 'Подробно о команде: heed команда --help' : 'More about a command: heed command --help',
    '',
  ].join('\n')
}

function say(world: Pick<Call, 'stderr' | 'language'>, said: { [language in Language]: string }): void {
  world.stderr.write(`heed: ${said[world.language]}\n`)
}

function isMissingFile(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error
}
