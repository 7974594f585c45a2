import { assertNever } from '../../base/errors.ts'
import type { Connector, Cursor, Fetched, Unreadable } from '../connectors/connector.ts'
import { answered, threw, unanswered, withoutSecrets } from './answers.ts'
import type { Batch, StreamedPage } from './batch.ts'
import { bring, projectsOf } from './bring.ts'
import { joinPages } from './join-pages.ts'
import { withLease } from './lease.ts'
import { lookForSilence } from './look-for-silence.ts'
import { pushAddress } from './push.ts'
import { reconnectMs } from './rhythm.ts'
import { findCursor, findSource, openSecrets, saveCheck, saveCursor, type CheckResult, type Source } from './source.ts'
import { sourceIo, topicsOf } from './source-io.ts'
import type { CollectWorld } from './world.ts'

// A page costs the engine about the same whether it has a thousand posts or five, and a flood needs the difference.
const mostItems = 5000
const longestMs = 200
const reportEveryMs = 10_000
const emptyCursorEveryMs = 5000
// A connection that lived so long was a good one: the next is opened at once.
const goodAfterMs = 60_000
// Others look for the lease again when nobody has reported for so long.
const abandonedMs = 60_000

/**
 * Listens to a source until its connection ends, somebody changes or pauses it, or the signal aborts; unless somebody
 * does so at this moment. Afterwards it has a time for its next connection.
 */
export async function streamSource(
  world: CollectWorld,
  id: number,
  signal: AbortSignal,
): Promise<'ended' | 'taken' | 'not-active'> {
  const held = await withLease(world.db, `source:${id}`, async (lost) => {
    const source = await findSource(world.db, id)
    const connector = source && world.connectorOf(source.platform)
    if (source?.state !== 'active' || !connector?.listen) return 'not-active'
    await listenTo(world, source, connector, AbortSignal.any([signal, lost]))
    return 'ended'
  })
  return held.kind === 'taken' ? 'taken' : held.result
}

async function listenTo(
  world: CollectWorld,
  source: Source,
  connector: Connector<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const listening = new Listening(world, source, connector, signal)
  const stopFollowing = world.events.subscribe((event) => {
    if (event.kind === 'source' && event.source === source.id) void listening.followChange()
  })
  const reporting = setInterval(() => void listening.report(), reportEveryMs)
  try {
    await listening.run()
  } finally {
    clearInterval(reporting)
    stopFollowing()
  }
}

class Listening {
  readonly #world: CollectWorld
  readonly #source: Source
  readonly #connector: Connector<unknown>
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  readonly #startedAt: Date
  #postedAt: (Date | null)[] = []
  #heard: { at: Date; health: StreamedPage['health'] } | null = null
  #unsaved: Cursor | null = null
  /** Of the last page that was handed on; whoever asks for more only when it is saved waits in `#waiting`. */
  #handedOn: Cursor | null = null
  #savedUpTo: Cursor | null = null
  #waiting: (() => void)[] = []
  #cursorSavedAt = 0
  #lastWord: Unreadable | null = null

  constructor(world: CollectWorld, source: Source, connector: Connector<unknown>, signal: AbortSignal) {
    this.#world = world
    this.#source = { ...source }
    this.#connector = connector
    this.#signal = AbortSignal.any([signal, this.#stop.signal])
    this.#startedAt = world.now()
  }

  async run(): Promise<void> {
    try {
      this.#signal.addEventListener('abort', () => this.#release(), { once: true })
      const mostOnTheWay = 1 + (this.#world.threads?.count ?? 1)
      const save = (batch: Batch, before: Promise<void>) => this.#save(batch, before)
      await joinPages(this.#pages(), { mostItems, longestMs, mostOnTheWay, save })
      await this.#saveCursor()
    } catch (error) {
      this.#world.log.error({ source: this.#source.id, error: String(error) }, 'saving what a stream brought failed')
      this.#lastWord = { kind: 'failed', hint: 'Saving failed; the log says why', retryAt: null }
    }
    await this.#keep(this.#howItEnded(), this.#world.now())
    await this.#tell()
  }

  /** Says that the source lives, so that no other process takes it up, and looks whether a person changed it. */
  async report(): Promise<void> {
    try {
      await this.followChange()
      if (this.#signal.aborted || this.#heard === null) return
      const { at } = this.#heard
      await this.#keep(this.#howItIs(), at)
      await lookForSilence(this.#world, this.#source)
      await this.#tell()
    } catch (error) {
      this.#world.log.error({ source: this.#source.id, error: String(error) }, 'reporting on a stream failed')
    }
  }

  async followChange(): Promise<void> {
    const now = await findSource(this.#world.db, this.#source.id).catch(() => this.#source)
    const same = ({ state, config, sealed }: Source) => JSON.stringify([state, config, sealed])
    if (now === null || same(now) !== same(this.#source)) this.#stop.abort()
  }

  async *#pages(): AsyncGenerator<StreamedPage> {
    const secrets = openSecrets(this.#world.secrets, this.#source)
    try {
      const config = this.#connector.parseConfig(this.#source.config)
      const cursor = await findCursor(this.#world.db, this.#source.id)
      const io = {
        ...sourceIo(this.#world, this.#connector, secrets, this.#source.projectId, this.#signal),
        saved: () => this.#whenSaved(),
      }
      const { id, projectId } = this.#source
      const topics = topicsOf(this.#world.db, projectId)
      for await (const fetched of this.#connector.listen!(
        { id, config, secrets, cursor, topics, push: pushAddress(this.#world, id) },
        io,
      )) {
        const page = this.#hear(withoutSecrets(fetched, secrets))
        if (page === null) return
        this.#handedOn = page.next
        yield page
      }
    } catch (error) {
      this.#lastWord = threw(this.#world, this.#source, error)
    }
  }

  #hear(fetched: Fetched): StreamedPage | null {
    switch (fetched.kind) {
      case 'page':
      case 'unchanged':
        this.#heard = { at: this.#world.now(), health: fetched.health }
        for (const { item, reason } of fetched.kind === 'page' ? fetched.problems : [])
          this.#world.log.warn({ source: this.#source.id, item, reason }, 'a stream brought something unreadable')
        return fetched.kind === 'page' ? fetched : { items: [], next: fetched.next, health: fetched.health }
      case 'moved':
        this.#lastWord = { kind: 'failed', hint: `It has moved to ${fetched.to}`, retryAt: null }
        return null
      case 'rate-limited':
      case 'signed-out':
      case 'gone':
      case 'failed':
        // Whoever is told to stop may call that a failure.
        if (!this.#signal.aborted) this.#lastWord = fetched
        return null
      default:
        return assertNever(fetched)
    }
  }

  async #save(batch: Batch, before: Promise<void>): Promise<void> {
    try {
      if (batch.size > 0) {
        const arrived = batch.arrived()
        await bring(this.#world, this.#source, arrived, before)
        if (this.#postedAt.length < mostItems) for (const { postedAt } of arrived.items) this.#postedAt.push(postedAt)
      }
      await before
      this.#unsaved = batch.cursor
      const isAwaited = this.#waiting.length > 0
      if (batch.size > 0 || isAwaited || Date.now() - this.#cursorSavedAt > emptyCursorEveryMs) await this.#saveCursor()
      if (batch.cursor === this.#handedOn) this.#release()
    } catch (error) {
      // Nothing may be saved after what was not.
      this.#stop.abort()
      throw error
    }
  }

  async #whenSaved(): Promise<void> {
    if (this.#signal.aborted || this.#handedOn === this.#savedUpTo) return
    // It brought nothing to save, and its cursor could have waited.
    if (this.#unsaved !== null && this.#unsaved === this.#handedOn) return this.#saveCursor()
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #release(): void {
    for (const go of this.#waiting.splice(0)) go()
  }

  async #saveCursor(): Promise<void> {
    const cursor = this.#unsaved
    if (cursor === null) return
    await saveCursor(this.#world.db, this.#source.id, cursor)
    this.#savedUpTo = cursor
    if (this.#unsaved === cursor) this.#unsaved = null
    this.#cursorSavedAt = Date.now()
  }

  #howItIs(): CheckResult {
    const health = this.#heard?.health ?? { title: null, newestAt: null, requests: 0, pollAfterMs: null }
    const postedAt = this.#postedAt.splice(0)
    const answer = { kind: 'unchanged', next: {}, health } as const
    const well = answered(this.#world, this.#source, answer, postedAt)
    return { ...well, nextCheckAt: new Date(this.#world.now().getTime() + abandonedMs) }
  }

  #howItEnded(): CheckResult {
    const { now, random } = this.#world
    const isGood = this.#heard !== null && now().getTime() - this.#startedAt.getTime() >= goodAfterMs
    const failures = isGood ? 0 : this.#source.failures
    if (this.#lastWord === null && this.#signal.aborted) return { ...this.#howItIs(), failures, nextCheckAt: now() }
    const word = this.#lastWord ?? { kind: 'failed', hint: 'The connection broke', retryAt: null }
    const known = { ...this.#source, ...(this.#heard && { ...this.#howItIs() }), failures }
    const given = word.kind === 'failed' ? { pauseMs: reconnectMs(failures, random) } : {}
    const problem = this.#lastWord === null ? { problem: { key: 'source-broke-off', values: {} } } : {}
    return unanswered(this.#world, known, word, { ...given, ...problem })
  }

  async #keep(result: CheckResult, at: Date): Promise<void> {
    Object.assign(this.#source, {
      lastItemAt: result.lastItemAt,
      usualGapMs: result.usualGapMs,
      failures: result.failures,
    })
    await saveCheck(this.#world.db, this.#source, result, at)
  }

  async #tell(): Promise<void> {
    const { id } = this.#source
    for (const project of await projectsOf(this.#world, this.#source))
      await this.#world.events.publish({ project, kind: 'source', source: id })
  }
}
