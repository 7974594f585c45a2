/** A group as its address names it: by its number or by its short name. */
export type GroupAddress = { url: string; number: string | null }

/** Null where the text names no group. Reading the `url` gives the same group. */
export function readGroup(text: string): GroupAddress | null {
  const path = text
    .trim()
    .replace(/^(?:https?:\/\/)?(?:www\.|m\.)?(?:ok\.ru|odnoklassniki\.ru)\//i, '')
    .replace(/[?#].*$/, '')
  const number = /^(?:group\/)?(\d{5,25})(?:\/.*)?$/i.exec(path)?.[1]
  if (number !== undefined) return { url: `https://ok.ru/group/${number}`, number }
  const name = /^@?([a-z][\w.-]{2,60})(?:\/.*)?$/i.exec(path)?.[1]?.toLowerCase()
  if (name === undefined || /^(group|profile|feed|video|music|games|dk|messages|search|https?)$/.test(name)) return null
  return { url: `https://ok.ru/${name}`, number: null }
}
