import { Readable, Writable } from 'node:stream'
import type { Language } from '../src/serve/cli/command.ts'
import { main } from '../src/serve/cli/main.ts'

/** Calls a command inside this process; `lines` are those of its answer that are JSON. */
export async function heed(
  words: string[],
  input: string[] | string | Readable,
  language: Language = 'en',
  env: NodeJS.ProcessEnv = {},
) {
  const stdin =
    input instanceof Readable ? input : Readable.from([Array.isArray(input) ? `${input.join('\n')}\n` : input])
  const [stdout, stderr] = [sink(), sink()]
  const code = await main(words, { language, stdin, stdout: stdout.stream, stderr: stderr.stream, env })
  const out = stdout.text()
  const lines = out.split('\n').filter((line) => line.startsWith('{') || line.startsWith('['))
  return { code, out, err: stderr.text(), lines: lines.map((line) => JSON.parse(line) as object) }
}

function sink(): { stream: Writable; text: () => string } {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, written) => {
      chunks.push(chunk)
      written()
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') }
}
