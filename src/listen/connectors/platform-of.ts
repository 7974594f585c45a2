import type { MediaType } from '../posts/post.ts'

export type Platform = { name: string; media: MediaType | null }

/** The platform an address belongs to, by its host; `web` for every site that is none. */
export function platformOf(url: string | null): Platform {
  const host = url !== null && URL.canParse(url) ? new URL(url).hostname.toLowerCase() : ''
  return platformOfHost(host)
}

/** The same for a domain without an address, as files name their sources. */
export function platformOfHost(host: string): Platform {
  const labels = host
    .toLowerCase()
    .split('.')
    .filter((label) => label !== '')
  for (let from = 0; from < labels.length - 1; from += 1) {
    const found = platforms.get(labels.slice(from).join('.'))
    if (found) return found
  }
  return { name: 'web', media: null }
}

const known: [name: string, media: MediaType, hosts: string[]][] = [
  ['vk', 'social', ['vk.com', 'vk.ru', 'vkontakte.ru']],
  ['ok', 'social', ['ok.ru', 'odnoklassniki.ru']],
  ['telegram', 'messenger', ['t.me', 'telegram.me', 'telegram.org']],
  ['x', 'social', ['x.com', 'twitter.com']],
  ['facebook', 'social', ['facebook.com', 'fb.com']],
  ['instagram', 'social', ['instagram.com']],
  ['threads', 'social', ['threads.net', 'threads.com']],
  ['tiktok', 'video', ['tiktok.com']],
  ['youtube', 'video', ['youtube.com', 'youtu.be']],
  ['rutube', 'video', ['rutube.ru']],
  ['dzen', 'blog', ['dzen.ru', 'zen.yandex.ru']],
  ['livejournal', 'blog', ['livejournal.com']],
  ['habr', 'blog', ['habr.com', 'habrahabr.ru']],
  ['vc', 'blog', ['vc.ru']],
  ['pikabu', 'social', ['pikabu.ru']],
  ['reddit', 'forum', ['reddit.com', 'redd.it']],
  ['hackernews', 'forum', ['news.ycombinator.com']],
  ['bluesky', 'social', ['bsky.app']],
  ['mastodon', 'social', ['mastodon.social', 'mastodon.online']],
  ['linkedin', 'social', ['linkedin.com']],
  ['google-play', 'review', ['play.google.com']],
  ['app-store', 'review', ['apps.apple.com', 'itunes.apple.com']],
  ['rustore', 'review', ['rustore.ru']],
  ['otzovik', 'review', ['otzovik.com']],
  ['irecommend', 'review', ['irecommend.ru']],
  ['banki', 'review', ['banki.ru']],
  ['2gis', 'review', ['2gis.ru']],
  ['trustpilot', 'review', ['trustpilot.com']],
]

const platforms = new Map<string, Platform>(
  known.flatMap(([name, media, hosts]) => hosts.map((host) => [host, { name, media }] as const)),
)

/** The platform people mean by a name: `VK`, `ВКонтакте`, `twitter.com`; an unknown name is a platform of its own. */
export function platformNamed(text: string): Platform {
  const name = text.trim().toLowerCase()
  const byHost = platformOfHost(name)
  if (byHost.name !== 'web') return byHost
  if (/^[\w-]+(\.[\w-]+)+$/.test(name)) return { name: 'web', media: null }
  const wanted = aliases[name.replaceAll('ё', 'е')] ?? name
  const found = known.find(([own]) => own === wanted)
  return found
    ? { name: found[0], media: found[1] }
    : { name: wanted.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'web', media: null }
}

const aliases: { [name: string]: string } = {
  вконтакте: 'vk',
  вк: 'vk',
  vkontakte: 'vk',
  одноклассники: 'ok',
  odnoklassniki: 'ok',
  телеграм: 'telegram',
  телеграмм: 'telegram',
  tg: 'telegram',
  twitter: 'x',
  твиттер: 'x',
  'x (twitter)': 'x',
  фейсбук: 'facebook',
  инстаграм: 'instagram',
  ютуб: 'youtube',
  ютьюб: 'youtube',
  тикток: 'tiktok',
  дзен: 'dzen',
  'яндекс дзен': 'dzen',
  жж: 'livejournal',
  'живой журнал': 'livejournal',
  пикабу: 'pikabu',
  рутуб: 'rutube',
  хабр: 'habr',
  отзовик: 'otzovik',
  'google play': 'google-play',
  'app store': 'app-store',
  'банки.ру': 'banki',
}
