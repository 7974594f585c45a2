/** What a server sent; a heartbeat is one too, for it says that the connection lives. */
export type SentEvent = { kind: 'event'; name: string; data: string } | { kind: 'heartbeat' }

// A status with everything is some 20 kB; whoever sends a megabyte without an end is no server of this kind.
const longest = 1_000_000

/**
 * Reads server-sent events (HTML Living Standard, 9.2.6) as they come, however the connection cuts them. Comments are
 * heartbeats; fields that nobody needs here are left out. Ends with the connection, or where a line has no end.
 */
export async function* readSentEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SentEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  let name = ''
  let data: string[] = []
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true })
    // A line that ends in a carriage return may have its other half in the next chunk.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    if (rest.length > longest) return
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { kind: 'event', name: name || 'message', data: data.join('\n') }
        name = ''
        data = []
        continue
      }
      const [, field, value] = /^([^:]*):? ?([^]*)$/.exec(line) ?? []
      if (field === '') yield { kind: 'heartbeat' }
      if (field === 'event') name = value ?? ''
      if (field === 'data') data.push(value ?? '')
      if (data.length > longest / 100) return
    }
  }
}
