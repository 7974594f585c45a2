/** Compatibility forms, invisible characters and the many apostrophes and hyphens made plain; case and accents stay. */
export function tidy(raw: string): string {
  if (isEasy(raw)) return raw
  return raw
    .toWellFormed()
    .replace(/(?<=\p{Script=Cyrillic})[\u0300\u0301]/gu, '') // stress marks; й and ї are letters of their own
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u02bc\u02b9\u00b4`\u2032\uff07]/g, "'")
    .replace(/[\u2010\u2011]/g, '-')
    .replace(invisible, '')
}

// Letters of ASCII and Cyrillic stand for themselves, except the grave accent, which people type for an apostrophe, and marks.
function isEasy(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= easy.length || easy[code] === 0) return false
  }
  return true
}

const easy = Uint8Array.from({ length: 0x530 }, (_, code) =>
  (code > 0x20 && code < 0x7f && code !== 0x60) || (code >= 0x400 && !(code >= 0x483 && code <= 0x489)) ? 1 : 0,
)

// Soft hyphens, joiners and direction marks, the variation selectors of emoji, the Arabic tatweel.
const invisible = /\u00ad|\u0640|[\u200b-\u200f]|[\u202a-\u202e]|[\u2060-\u2064]|[\ufe00-\ufe0f]|\ufeff/g

/** Lower case, `ё` as `е`, one sigma; vowel points of Arabic and Hebrew fall away. Accents stay. */
export function lower(tidied: string): string {
  const text = tidied.toLowerCase()
  const dotless = text.includes('ё') ? text.replaceAll('ё', 'е') : text
  if (isEasy(dotless)) return dotless
  return dotless.replaceAll('ς', 'σ').replace(/(?<=[\p{Script=Arabic}\p{Script=Hebrew}])\p{Mn}+/gu, '')
}

/** Without accents and with the letters that people without a special keyboard type instead. Cyrillic `й` and `ї` are no accents. */
export function dropAccents(lowered: string): string {
  if (isEasy(lowered)) return lowered
  return lowered
    .replace(/[\p{Script=Latin}\p{Script=Greek}][\u0300-\u036f]*/gu, (letter) => {
      const base = letter.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
      return special[base] ?? base
    })
    .replace(/(?<=\p{Emoji})[\u{1f3fb}-\u{1f3ff}]/gu, '') // a thumb of any colour is a thumb
}

const special: { [letter: string]: string } = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŀ: 'l',
}
