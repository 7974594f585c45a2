import { done, failed, type Call, type Option } from './command.ts'
import { readLines, write } from './lines.ts'
import { createMeter } from './meter.ts'
import { unreadable, type Line } from './post-line.ts'

/** What a filter makes of one line: its answer, nothing, or why it could not. */
export type Answer = object | null

/**
 * Every step of the flow as a filter: each readable line goes through `answer`, in order; an unreadable one leaves
 * `{"line", "error"}` in its place. With `--strict` the first unreadable line ends the call.
 */
export async function filterLines<T>(
  call: Call,
  read: (line: string) => Line<T>,
  answer: (value: T) => Answer | Promise<Answer>,
): Promise<number> {
  const strict = call.values['strict'] === true
  const meter = createMeter(call)
  for await (const batch of readLines(call)) {
    let out = ''
    for (const [index, text] of batch.lines.entries()) {
      const line = read(text)
      const answered = line.kind === 'read' ? await answer(line.value) : unreadable(batch.first + index, line.reason)
      if (answered !== null) out += `${JSON.stringify(answered)}\n`
      if (strict && line.kind === 'unreadable') {
        await write(call.stdout, out)
        meter.end()
        return failed
      }
    }
    await write(call.stdout, out)
    meter.add(batch.lines.length)
  }
  meter.end()
  return done
}

export const strictOption: { strict: Option } = {
  strict: {
    type: 'boolean',
    help: {
      en: 'stop at the first line that cannot be read, with status 1',
      ru: 'остановиться на первой нечитаемой строке с кодом 1',
    },
  },
}

export const analysisOption: { analysis: Option } = {
  analysis: {
    type: 'string',
    value: 'forms|plain',
    help: { en: 'plain switches word forms off (forms)', ru: 'plain выключает формы слов (forms)' },
  },
}
