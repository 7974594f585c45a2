import { createPrivateKey, sign } from 'node:crypto'

/**
 * A JSON Web Token (RFC 7519) signed with a private key in PEM, by RSA (RS256) or on the curve P-256 (ES256); null when
 * the text is no such key.
 */
export function signedJwt(
  header: { alg: 'RS256' | 'ES256'; [name: string]: string },
  claims: object,
  pem: string,
): string | null {
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  try {
    const key = createPrivateKey(inLines(pem))
    const wanted = header.alg === 'RS256' ? 'rsa' : 'ec'
    if (key.asymmetricKeyType !== wanted) return null
    const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' })
    return `${content}.${signature.toString('base64url')}`
  } catch {
    return null
  }
}

/** A key that was pasted into one line, or with its line breaks written out, in the lines that it must have (RFC 7468). */
function inLines(pem: string): string {
  const [, label = '', body = ''] = /-----BEGIN ([A-Z ]+)-----(.*?)-----END/s.exec(pem.replaceAll('\\n', '\n')) ?? []
  const lines = body.replace(/\s+/g, '').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
