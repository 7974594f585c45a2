import { canonicalizeUrl } from '../canonical-url.ts'
import { idOf as vkId } from '../vk/place.ts'
import { nameOf as xId } from '../x/post.ts'
import { videoName } from '../youtube/post.ts'

/**
 * The id under which a platform’s own connector knows a post, from any address that a gateway writes; null where the
 * address names no post of these. So what comes both ways is one mention.
 */
export function ownId(address: string): string | null {
  const canonical = canonicalizeUrl(address)
  if (canonical === null) return null
  const { hostname, pathname, search } = new URL(canonical)
  for (const [host, path, idOf] of forms) {
    const [whole, ...parts] = hostname === host ? (path.exec(pathname + search) ?? []) : []
    if (whole !== undefined) return idOf(...parts)
  }
  return null
}

type Form = [host: string, path: RegExp, idOf: (...parts: string[]) => string]

const forms: Form[] = [
  ['t.me', /^\/(?:s\/)?(\w+)\/(\d+)(?:\?|$)/, (channel, number) => `https://t.me/${channel}/${number}`],
  [
    'vk.com',
    /\bwall(-?\d+)_(\d+)(?:\?(?:.*&)?reply=(\d+))?/,
    (owner, post, comment) =>
      vkId({ owner: Number(owner), post: Number(post), comment: comment === undefined ? null : Number(comment) }),
  ],
  ['youtu.be', /^\/([\w-]{11})(?:\?|$)/, (video) => videoName(video ?? '')],
  ['youtube.com', /^\/(?:shorts|live|embed)\/([\w-]{11})(?:\?|$)/, (video) => videoName(video ?? '')],
  ['youtube.com', /^\/watch\?(?:.*&)?v=([\w-]{11})(?:&|$)/, (video) => videoName(video ?? '')],
  ['x.com', /^\/\w+\/status\/(\d+)(?:\/|\?|$)/, (number) => xId(number ?? '')],
]
