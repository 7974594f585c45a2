import { parseArgs } from 'node:util'

export type Language = 'en' | 'ru'
/** A sentence for a person, in both languages. */
export type Said = { [language in Language]: string }

export type Option = {
  type: 'string' | 'boolean'
  /** What stands for the value in the help. */
  value?: string
  help: Said
}

/** One command of `heed`: what `--help` says about it and what it does. */
export type Command = {
  name: string
  /** What follows the options, as the help shows it. */
  operands: string
  /** How many of them there may be. */
  operandCount: { least: number; most: number }
  summary: Said
  options: { [name: string]: Option }
  /** Answers with the exit status. */
  run(call: Call): Promise<number>
}

/** One call of a command, with all that it may touch of the process. */
export type Call = {
  values: { [option: string]: string | boolean | undefined }
  operands: string[]
  language: Language
  stdin: NodeJS.ReadableStream
  stdout: NodeJS.WritableStream
  stderr: NodeJS.WritableStream & { isTTY?: boolean }
  env: NodeJS.ProcessEnv
}

export const done = 0
export const failed = 1
export const wrongCall = 2

/** The call cannot be understood; ends with 2. */
export class WrongCall extends Error {
  readonly said: Said
  constructor(said: Said) {
    super(said.en)
    this.said = said
  }
}

/** Reads the words after the command's name by its table of options. Throws WrongCall. */
export function readCall(command: Command, words: string[]): Pick<Call, 'values' | 'operands'> {
  const options = Object.fromEntries(Object.entries(command.options).map(([name, { type }]) => [name, { type }]))
  const { values, positionals } = parse(words, options)
  const { least, most } = command.operandCount
  if (positionals.length < least)
    throw new WrongCall({ en: `Missing: ${command.operands}`, ru: `Не хватает: ${command.operands}` })
  if (positionals.length > most)
    throw new WrongCall({ en: `Too much: ${positionals[most]}`, ru: `Лишнее: ${positionals[most]}` })
  return { values: { ...values }, operands: positionals }
}

function parse(words: string[], options: { [name: string]: { type: 'string' | 'boolean' } }) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const [option] = /(?<=')-[^']*(?=')/.exec(reason) ?? []
    const unknown = error instanceof Error && 'code' in error && error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
    if (unknown) throw new WrongCall({ en: `There is no option ${option}`, ru: `Нет ключа ${option}` })
    throw new WrongCall({ en: `${option ?? ''}: ${reason}`, ru: `Ключ ${option ?? ''} написан не так: ${reason}` })
  }
}

export function optional(call: Call, name: string): string | null {
  const value = call.values[name]
  return typeof value === 'string' ? value : null
}

export function required(call: Call, name: string): string {
  return optional(call, name) ?? missing(name)
}

function missing(name: string): never {
  throw new WrongCall({ en: `--${name} is missing`, ru: `Не хватает --${name}` })
}

export function oneOf<T extends string>(call: Call, name: string, known: readonly T[], otherwise: T): T {
  const given = optional(call, name) ?? otherwise
  const found = known.find((one) => one === given)
  if (found === undefined)
    throw new WrongCall({ en: `--${name} is one of ${known.join(', ')}`, ru: `--${name}: одно из ${known.join(', ')}` })
  return found
}

export function wholeNumber(call: Call, name: string): number | null {
  const text = optional(call, name)
  if (text === null) return null
  if (!/^\d+$/.test(text)) throw new WrongCall({ en: `--${name} is a whole number`, ru: `--${name}: целое число` })
  return Number(text)
}

/** The help of one command. */
export function helpOf(command: Command, language: Language): string {
  const rows = Object.entries(command.options).map(
    ([name, option]) => [`--${name}${option.value ? ` ${option.value}` : ''}`, option.help[language]] as const,
  )
  const width = Math.max(0, ...rows.map(([form]) => form.length))
  return [
    `heed ${command.name}${rows.length > 0 ? ` [${language === 'ru' ? 'ключи' : 'options'}]` : ''} ${command.operands}`.trimEnd(),
    '',
    command.summary[language],
    ...(rows.length > 0 ? ['', ...rows.map(([form, help]) => `  ${form.padEnd(width)}  ${help}`)] : []),
    '',
  ].join('\n')
}
