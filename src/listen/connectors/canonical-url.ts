/**
 * The one spelling of an address under which a page is remembered, so that one article under two addresses is one
 * mention; null when the text is not an http address. Meant for telling pages apart: what people click is the address
 * as it was published. Applying it twice changes nothing.
 *
 * Dropped: campaign and click marks, session ids, default ports, credentials, `www.`, fragments except `#!…` and
 * anchors of comments. Mobile and AMP forms become the page itself only where that is certain.
 */
export function canonicalizeUrl(text: string): string | null {
  const trimmed = text.trim()
  if (trimmed.length > longest || !/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return null
  let url = new URL(trimmed)
  // Each rule may uncover the next one (a mark inside a cached AMP page), so they run until nothing changes.
  for (;;) {
    const simpler = simplify(withoutAmpCache(url))
    if (simpler.href === url.href) return url.href
    url = simpler
  }
}

const longest = 8192

function simplify(given: URL): URL {
  const url = new URL(given)
  url.username = url.password = ''
  url.hostname = mainHost(url.hostname.replace(/\.+$/, ''))
  url.pathname = withoutSession(withoutAmp(url.pathname))
  const kept = [...url.searchParams].filter(([name, value]) => !isMark(name, value))
  // Values keep their order within one name, because `a=1&a=2` may mean a list.
  kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  url.search = new URLSearchParams(kept).toString()
  if (!keepsFragment(url.hash)) url.hash = ''
  return url
}

const marks = new Set([
  ...[
    'fbclid',
    'gclid',
    'gclsrc',
    'dclid',
    'gbraid',
    'wbraid',
    'yclid',
    'ysclid',
    '_openstat',
    'msclkid',
    'twclid',
    'ttclid',
    'igshid',
    'igsh',
    'vkclid',
    'rb_clickid',
  ],
  ...[
    'mc_cid',
    'mc_eid',
    '_hsenc',
    '_hsmi',
    'mkt_tok',
    'ref_src',
    'ref_url',
    'cmpid',
    's_cid',
    'xtor',
    'spm',
    'srsltid',
    '_ga',
    '_gl',
    'oly_anon_id',
    'oly_enc_id',
    'vero_id',
    'wickedid',
    'amp',
  ],
])
const sessions =
  /^(phpsessid|jsessionid|aspsessionid\w*|asp\.net_sessionid|cfid|cftoken|sid|sessionid|session_id|phpsess)$/

function isMark(name: string, value: string): boolean {
  const folded = name.toLowerCase()
  if (folded.startsWith('utm_') || marks.has(folded)) return true
  if (folded === 'outputtype') return value.toLowerCase() === 'amp'
  // A short `sid` is somebody's section number; a long one that looks random is a session.
  return sessions.test(folded) && /^[\w-]{16,}$/.test(value)
}

function withoutSession(path: string): string {
  return path.replace(/;jsessionid=[\w.!-]*/gi, '')
}

/** `/news/1/amp/` is `/news/1/`; a site whose only page is `/amp` keeps it. */
function withoutAmp(path: string): string {
  return path.replace(/^(\/.*[^/])\/amp\/?$/i, (whole: string, page: string) =>
    whole.endsWith('/') ? `${page}/` : page,
  )
}

const ampCache = /^(?:www\.)?google\.[a-z.]{2,6}$/
const secondHosts: { [host: string]: string } = {
  'm.vk.com': 'vk.com',
  'vkontakte.ru': 'vk.com',
  'm.ok.ru': 'ok.ru',
  'm.facebook.com': 'facebook.com',
  'mbasic.facebook.com': 'facebook.com',
  'ru-ru.facebook.com': 'facebook.com',
  'mobile.twitter.com': 'x.com',
  'twitter.com': 'x.com',
  'mobile.x.com': 'x.com',
  'm.youtube.com': 'youtube.com',
  'old.reddit.com': 'reddit.com',
  'np.reddit.com': 'reddit.com',
  'm.habr.com': 'habr.com',
  'telegram.me': 't.me',
  'm.pikabu.ru': 'pikabu.ru',
  'm.lenta.ru': 'lenta.ru',
  'm.gazeta.ru': 'gazeta.ru',
  'm.ria.ru': 'ria.ru',
  'amp.rbc.ru': 'rbc.ru',
  'm.otzovik.com': 'otzovik.com',
}

function mainHost(host: string): string {
  // `www.ru` is a name of its own.
  const bare = /^www\.(?=[^.]+\.)/.test(host) ? host.slice(4) : host
  return secondHosts[bare] ?? bare
}

/** A page shown out of an AMP cache carries its own address in the path. */
function withoutAmpCache(url: URL): URL {
  const inPath = ampCache.test(url.hostname)
    ? /^\/amp\/(s\/)?(.+)$/.exec(url.pathname)
    : /\.cdn\.ampproject\.org$/.test(url.hostname)
      ? /^\/[a-z]\/(s\/)?(.+)$/.exec(url.pathname)
      : null
  const page = inPath?.[2] ?? ''
  const own = `${inPath?.[1] ? 'https' : 'http'}://${page}${url.search}`
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*\//i.test(page) && URL.canParse(own) ? new URL(own) : url
}

/** `#!/route` is a page of its own, and `#comment-5` a comment; every other fragment is a place on the same page. */
function keepsFragment(hash: string): boolean {
  return (
    hash.startsWith('#!') ||
    /^#(comment|reply|answer|post|msg|message|c|p|r)?[-_]?\d+$/i.test(hash) ||
    /^#(comment|reply|answer|post|msg|message|entry)[-_=/]?[\w-]+$/i.test(hash)
  )
}
