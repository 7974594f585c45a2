/** The address that a form with gaps becomes: `{name}` is what was typed there, and what is empty is left out with its name. */
export function filledIn(address: string, values: { [name: string]: string }): string {
  const valueOf = (name: string) => encodeURIComponent((values[name] ?? '').trim())
  return address
    .replace(/&[^&=]+=\{([^}]+)\}/g, (pair, name: string) =>
      valueOf(name) === '' ? '' : pair.replace(`{${name}}`, () => valueOf(name)),
    )
    .replace(/\/\{([^}]+)\}/g, (_gap, name: string) => (valueOf(name) === '' ? '' : `/${valueOf(name)}`))
}

/** Searches whose results are feeds, by what a person types. */
export const presets = ['google-news', 'reddit-search', 'reddit-community'] as const
export type Preset = (typeof presets)[number]

/** Editions of Google News, as language and country. */
export const editions = [
  'ru-RU',
  'ru-KZ',
  'ru-UA',
  'en-US',
  'en-GB',
  'en-IN',
  'de-DE',
  'fr-FR',
  'es-ES',
  'pl-PL',
  'tr-TR',
  'uk-UA',
] as const

/** The address of a preset, which the connector of feeds turns into that of the feed; null while something is missing. */
export function presetAddress(preset: Preset, { words, edition }: { words: string; edition: string }): string | null {
  const wanted = words.trim()
  if (wanted === '') return null
  switch (preset) {
    case 'google-news': {
      const [language = 'en', country = 'US'] = edition.split('-')
      const place = language === 'en' ? edition : language
      return `https://news.google.com/search?${new URLSearchParams({ q: wanted, hl: place, gl: country, ceid: `${country}:${language}` })}`
    }
    case 'reddit-search':
      return `https://www.reddit.com/search/?${new URLSearchParams({ q: wanted })}`
    case 'reddit-community': {
      const name = /(?:^|r\/)(\w{2,21})\/?$/.exec(wanted)?.[1]
      return name === undefined ? null : `https://www.reddit.com/r/${name}/`
    }
  }
}
