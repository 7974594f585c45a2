import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSecrets } from './secrets.ts'
import { keyFile, loadOrCreateKey, parseKey } from './key.ts'

const key = new Uint8Array(32).fill(7)
const secrets = createSecrets(key)
let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'heed-key-'))
})
afterAll(() => rm(dir, { recursive: true }))

test('what was sealed for an owner opens for that owner', () => {
  for (const text of ['', 'token', 'пароль 🦉', 'x'.repeat(100_000)])
    expect(secrets.open('channel:1', secrets.seal('channel:1', text))).toEqual({ kind: 'opened', text })
})

test('the same secret never looks the same twice', () => {
  expect(new Set(Array.from({ length: 100 }, () => secrets.seal('a', 'b'))).size).toBe(100)
})

test('another owner, another key and a changed byte find it shut', () => {
  const sealed = secrets.seal('channel:1', 'token')
  expect(secrets.open('channel:2', sealed)).toEqual({ kind: 'shut' })
  expect(createSecrets(new Uint8Array(32)).open('channel:1', sealed)).toEqual({ kind: 'shut' })
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(secrets.open('channel:1', `v1.${changed.toString('base64url')}`)).toEqual({ kind: 'shut' })
  }
})

test('what we did not seal is told apart, whatever it is', () => {
  const sealed = secrets.seal('a', 'b')
  for (const text of ['', 'token', 'v1.', 'v1.AAAA', `v2${sealed.slice(2)}`, `${sealed}.x`, 'v1.😀'])
    expect(secrets.open('a', text)).toEqual({ kind: 'unknown-form' })
})

test('a key of another length is our mistake', () => {
  expect(() => createSecrets(new Uint8Array(16))).toThrow('32 bytes')
})

test('processes that start together get one key, and only its owner can read it', async () => {
  const data = join(dir, 'new', 'data')
  const keys = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateKey(data)))
  expect(new Set(keys.map((one) => Buffer.from(one).toString('hex'))).size).toBe(1)
  expect((await stat(join(data, keyFile))).mode & 0o777).toBe(0o600)
  expect(await loadOrCreateKey(data)).toEqual(keys[0])
})

test('a key that became readable for others is closed again', async () => {
  const data = join(dir, 'open')
  await loadOrCreateKey(data)
  await chmod(join(data, keyFile), 0o644)
  await loadOrCreateKey(data)
  expect((await stat(join(data, keyFile))).mode & 0o777).toBe(0o600)
})

test('a damaged key is reported and left alone', async () => {
  await writeFile(join(dir, keyFile), 'half')
  await expect(loadOrCreateKey(dir)).rejects.toThrow('32 bytes')
  expect(await readFile(join(dir, keyFile), 'utf8')).toBe('half')
})

test('a key in the settings is base64 or hexadecimal', () => {
  expect(Buffer.from(parseKey(Buffer.from(key).toString('base64')))).toEqual(Buffer.from(key))
  expect(Buffer.from(parseKey(` ${Buffer.from(key).toString('hex')}\n`))).toEqual(Buffer.from(key))
  expect(() => parseKey('correct horse battery staple')).toThrow('32 bytes')
})

test('a secret is derived for an owner, the same every time, and for no other', () => {
  expect(secrets.derive('push:1')).toMatch(/^[\w-]{43}$/)
  expect(createSecrets(key).derive('push:1')).toBe(secrets.derive('push:1'))
  expect(secrets.derive('push:2')).not.toBe(secrets.derive('push:1'))
  expect(createSecrets(new Uint8Array(32)).derive('push:1')).not.toBe(secrets.derive('push:1'))
})
