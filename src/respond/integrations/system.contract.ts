import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../base/errors.ts'
import { createRequest } from '../../base/http/request.ts'
import { hasMark } from './marked.ts'
import type { Draft, Person, Session, System, Told } from './system.ts'
import type { Trouble } from './stand-in.testing.ts'

/** A system to be tried: a real one, or one that stands for it. */
export type Peer = AsyncDisposable & {
  /** What a person types to connect it. */
  settings: { [name: string]: string }
  /** Settings that are read, and that the system does not let in. */
  wrong: { [name: string]: string }
  place: string
  trouble: Trouble[]
  mistakes: string[]
  /** Whether it tells for how long: 30 seconds. */
  retryAfter: boolean
  /** People over there move a record; answers what it is then. */
  move(record: string): Promise<{ stage: string; owner: string | null; value?: number; currency?: string | null }>
  /** How many records there carry this title. */
  count(title: string): Promise<number>
  /** Somebody else's contact with this address of mail; only of a CRM. */
  putContact?(email: string): Promise<string>
  /** What is kept of a contact; only of a CRM. */
  readContact?(id: string): Promise<{ name: string; emails: string[] }>
  /** People over there write beside a record; only of a ticket system. */
  comment?(record: string, text: string): Promise<void>
}

/** What every system keeps to, whichever it is. */
export function keepsTheContract(system: System<unknown>, start: () => Promise<Peer>): void {
  let peer: Peer
  let session: Session<unknown>
  const request = createRequest({ allowPrivate: true, timeoutMs: 20_000 })
  const now = () => new Date()
  const enter = (settings: unknown): Session<unknown> => {
    const entered: Session<unknown> = {
      account: system.parseAccount(settings),
      io: { request, now, signal: new AbortController().signal },
      keep: async (account) => {
        // What is kept travels through JSON.
        entered.account = JSON.parse(JSON.stringify(account)) as unknown
      },
    }
    return entered
  }
  const draft = (change: Partial<Draft> = {}): Draft => ({
    key: newKey(),
    place: peer.place,
    ...{ stage: null, owner: null, contact: null, link: 'https://vk.com/wall1_1', person: null },
    title: `Когда вернут деньги? ${newKey()}`,
    text: 'Жду & надеюсь: <b>неделя</b>\nвторая строка',
    ...change,
  })

  beforeAll(async () => {
    peer = await start()
    session = enter(peer.settings)
    expect(await system.greet(session)).toMatchObject({ kind: 'told' })
  }, 60_000)
  afterAll(async () => {
    const mistakes = peer.mistakes
    await peer[Symbol.asyncDispose]()
    await request.close()
    if (mistakes.length > 0) throw new Error(`Not as documented: ${mistakes.join('; ')}`)
  })

  test('says who we are, and lists the places with their stages, and the owners', async () => {
    const greeted = value(await system.greet(session))
    expect(greeted.name.length).toBeGreaterThan(2)
    expect(greeted.may.write).not.toBe(false)
    const { places, owners } = value(await system.choices(session))
    const place = must(places.find(({ id }) => id === peer.place))
    expect(place.stages.length).toBeGreaterThan(1)
    expect(place.stages.some(({ ends }) => ends === true)).toBe(true)
    expect(owners.every(({ id, name }) => id !== '' && name !== '')).toBe(true)
  })

  test('whoever is not let in hears what to do', async () => {
    expect(await system.greet(enter(peer.wrong))).toMatchObject({
      kind: 'signed-out',
      problem: { key: 'integration.signed-out' },
    })
  })

  test('what cannot be an account is told by its field', () => {
    expect(() => system.parseAccount({})).toThrow(expect.objectContaining({ field: expect.any(String) }) as Error)
    expect(() => system.parseAccount(null)).toThrow(expect.objectContaining({ field: expect.any(String) }) as Error)
  })

  test('a record is opened and found by its key; another key finds nothing', async () => {
    const wanted = draft()
    const opened = value(await system.open(session, wanted))
    expect(opened.url).toMatch(/^https?:\/\//)
    expect(value(await system.find(session, wanted.key, wanted.place))).toEqual(opened)
    expect(value(await system.find(session, newKey(), wanted.place))).toBeNull()
  })

  test('a connection that breaks leaves open whether it was done, and the look-up tells', async () => {
    const lost = draft()
    peer.trouble.push('break-off')
    expect(await system.open(session, lost)).toMatchObject({ kind: 'unknown' })
    expect(value(await system.find(session, lost.key, lost.place))).toBeNull()
    const there = draft()
    peer.trouble.push('break-off-after')
    expect(await system.open(session, there)).toMatchObject({ kind: 'unknown' })
    expect(value(await system.find(session, there.key, there.place))).not.toBeNull()
    expect(await peer.count(there.title)).toBe(1)
  })

  test('a page of a proxy instead of an answer leaves it open, too', async () => {
    peer.trouble.push('page')
    expect(await system.open(session, draft())).toMatchObject({ kind: 'unknown' })
  })

  test('what the system asks to do later is done later, and was not done', async () => {
    const slow = draft()
    peer.trouble.push('slow-down')
    const before = Date.now()
    const said = await system.open(session, slow)
    expect(said).toMatchObject({ kind: 'later', problem: { key: 'integration.slow-down' } })
    if (said.kind !== 'later') return
    const seconds = (said.at.getTime() - before) / 1000
    expect(seconds).toBeGreaterThanOrEqual(peer.retryAfter ? 29 : 59)
    expect(seconds).toBeLessThan(peer.retryAfter ? 45 : 75)
    expect(await peer.count(slow.title)).toBe(0)
  })

  test('rights that are taken away in the middle are told as such, and nothing was done', async () => {
    const shut = draft()
    peer.trouble.push('revoked')
    expect(await system.open(session, shut)).toMatchObject({ kind: 'signed-out' })
    expect(await peer.count(shut.title)).toBe(0)
    expect(await system.open(session, shut)).toMatchObject({ kind: 'told' })
  })

  test('what the system does not take is told in its words', async () => {
    peer.trouble.push('refuse')
    const said = await system.open(session, draft())
    expect(said).toMatchObject({ kind: 'refused', problem: { key: 'integration.refused' } })
    expect(said.kind === 'refused' && String(said.problem.values['reason'])).toMatch(/[a-z]{3}/i)
  })

  test('a note stands beside the record with its key and every word', async () => {
    const { record } = value(await system.open(session, draft()))
    const key = newKey()
    value(
      await system.addNote(session, record, {
        key,
        text: '↩ Иван: деньги & <b>уже</b> в пути\nhttps://vk.com/wall1_2',
      }),
    )
    const notes = value(await system.listNotes(session, record)).filter(({ text }) => hasMark(text, key))
    expect(notes).toHaveLength(1)
    expect(notes[0]?.text).toMatch(/Иван: деньги & <b>уже<\/b> в пути\s+https:\/\/vk\.com\/wall1_2/)
  })

  test('what people change over there comes back', async () => {
    const begun = value(await system.changes(session, null))
    expect(begun.records).toEqual([])
    const { record } = value(await system.open(session, draft()))
    const moved = await peer.move(record)
    const { records, next } = value(await system.changes(session, begun.next))
    expect(records.findLast((one) => one.record === record)).toMatchObject({ record, ...moved })
    expect(value(await system.changes(session, next)).next).toBeTruthy()
  })

  const contacts = system.contacts as NonNullable<typeof system.contacts>
  const close = (record: string) => must(system.close?.(session, record), 'closing')
  const keepsContacts = () => {
    const ivan = (key: string, emails: string[] = []): Person => ({
      key: `vk:${key}`,
      name: 'Иван Петров',
      emails,
      phones: [],
      handles: [`vk: ${key}`],
    })

    test('a person we know by an account only is made once and found by it', async () => {
      const person = ivan(newKey())
      expect(value(await contacts.find(session, person))).toBeNull()
      const saved = value(await contacts.save(session, person, null))
      expect(value(await contacts.find(session, person))?.id).toBe(saved.id)
      expect(value(await contacts.find(session, ivan(person.key.slice(3, -2))))).toBeNull()
    })

    test("somebody's contact is found by its address, and nothing of it is overwritten", async () => {
      const email = `${newKey()}@mail.test`
      const id = await must(peer.putContact)(email)
      const person = ivan(newKey(), [email])
      const known = must(value(await contacts.find(session, person)))
      expect(known.id).toBe(id)
      value(await contacts.save(session, person, known))
      expect(await must(peer.readContact)(id)).toEqual({ name: 'Their Own Name', emails: [email] })
    })

    test('a record belongs to its contact', async () => {
      const saved = value(await contacts.save(session, ivan(newKey(), [`${newKey()}@mail.test`]), null))
      expect(await system.open(session, draft({ contact: saved.id }))).toMatchObject({ kind: 'told' })
    })
  }

  const keepsEnds = () => {
    test('a record is closed, twice as well as once', async () => {
      const begun = value(await system.changes(session, null))
      const { record } = value(await system.open(session, draft()))
      value(await close(record))
      value(await close(record))
      const { records } = value(await system.changes(session, begun.next))
      const stage = records.findLast((one) => one.record === record)?.stage
      const { places } = value(await system.choices(session))
      expect(places.flatMap(({ stages }) => stages).find(({ id }) => id === stage)?.ends).toBe(true)
    })

    test('what people write beside a record is read, and what it was opened with is not', async () => {
      const { record } = value(await system.open(session, draft()))
      await must(peer.comment)(record, 'Деньги отправлены')
      expect(value(await system.listNotes(session, record)).map(({ text }) => text.trim())).toEqual([
        'Деньги отправлены',
      ])
    })
  }

  // What a system does not have is no test that is skipped.
  for (const keeps of [system.contacts && keepsContacts, system.close && keepsEnds]) keeps?.()
}

export function value<T>(told: Told<T>): T {
  if (told.kind !== 'told') throw new Error(`${told.kind}: ${JSON.stringify(told.problem)}`)
  return told.value
}

function newKey(): string {
  return `heed-${randomBytes(6).toString('hex')}`
}
