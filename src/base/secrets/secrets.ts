import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/** Keeps what must not lie readable in the database: tokens of channels, passwords of mailboxes, webhook secrets. */
export type Secrets = {
  /** The same text is sealed differently each time. `owner` is who may open it, for example `channel:12`. */
  seal(owner: string, text: string): string
  /** Opens only for the owner it was sealed for: a value copied to another row stays shut. */
  open(owner: string, sealed: string): Opened
  /** A secret of this owner alone, the same every time, that nobody can tell without the key. */
  derive(owner: string): string
}

export type Opened =
  | { kind: 'opened'; text: string }
  /** Sealed with another key, for another owner, or changed since. */
  | { kind: 'shut' }
  /** Not something that this program seals. */
  | { kind: 'unknown-form' }

// AES-256-GCM: the nonce is random and 96 bits long, good for some 2^32 values under one key.
const algorithm = 'aes-256-gcm'
const version = 'v1'
const nonceBytes = 12
const tagBytes = 16

/** Seals with AES-256-GCM under a key of 32 bytes; version and owner are part of what is authenticated. */
export function createSecrets(key: Uint8Array): Secrets {
  if (key.byteLength !== 32) throw new Error(`The key of the secrets has 32 bytes, not ${key.byteLength}`)
  return {
    derive: (owner) =>
      createHmac('sha256', key)
        .update(about(`derived ${owner}`))
        .digest('base64url'),
    seal(owner, text) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(about(owner))
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${version}.${sealed.toString('base64url')}`
    },
    open(owner, sealed) {
      const [form, body, ...rest] = sealed.split('.')
      const bytes = Buffer.from(body ?? '', 'base64url')
      if (form !== version || rest.length > 0 || bytes.byteLength < nonceBytes + tagBytes)
        return { kind: 'unknown-form' }
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(about(owner))
        .setAuthTag(bytes.subarray(-tagBytes))
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()])
        return { kind: 'opened', text: text.toString('utf8') }
      } catch {
        return { kind: 'shut' }
      }
    },
  }
}

function about(owner: string): Buffer {
  return Buffer.from(`heed ${version} ${owner}`, 'utf8')
}
