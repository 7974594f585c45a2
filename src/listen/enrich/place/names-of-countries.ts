/**
 * Names of countries in the languages that mentions are mostly written in, from the data of the runtime (Unicode CLDR), and
 * those that people use but CLDR does not have.
 */
export function namesOfCountries(): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (let first = 65; first <= 90; first++) {
    for (let second = 65; second <= 90; second++) {
      const code = String.fromCharCode(first, second)
      if (noCountries.has(code)) continue
      const own = languages.map((of) => of.of(code)).filter((name) => name !== undefined)
      if (own.length > 0) names.set(code, own)
    }
  }
  for (const [code, more] of Object.entries(alsoCalled)) names.get(code)!.push(...more.split('|'))
  return names
}

const languages = ['en', 'ru', 'uk', 'kk', 'be', 'it', 'de', 'fr', 'es', 'pt', 'tr', 'pl', 'uz', 'az'].map(
  (language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }),
)

// Unions, other people's codes for the same country, and the unknown.
const noCountries = new Set(
  'EU EZ UN UK QO XA XB ZZ AC CP CQ DG EA IC TA AN BU CS DD FX NT NQ PC PU PZ SU TP UX WK YD YU ZR AQ RH VD'.split(' '),
)

const alsoCalled: { [code: string]: string } = {
  US: 'USA|США|Америка|America|U S A|U S|Stati Uniti|Штаты|АҚШ',
  GB: 'UK|U K|Britain|Great Britain|Британия|Великобритания|Англия|England|Inghilterra|Gran Bretagna',
  RU: 'РФ|Российская Федерация|Рашка|Rossiya',
  BY: 'Белоруссия|Беларусь|РБ',
  AE: 'ОАЭ|UAE|Эмираты|Emirates',
  CZ: 'Czech Republic|Чехия|Чешская Республика',
  KZ: 'РК|Казахия|Qazaqstan',
  KR: 'Южная Корея|Korea|South Korea',
  KP: 'КНДР|Северная Корея|North Korea',
  CN: 'КНР|Китай|PRC',
  NL: 'Голландия|Holland|Нидерланды',
  TR: 'Turkey|Турция',
  MM: 'Burma|Бирма',
  CD: 'ДРК|DRC',
  BA: 'Босния|Bosnia',
  SY: 'Сирия|Syria',
  KG: 'Киргизия|Кыргызстан',
  MD: 'Молдавия|Молдова',
  TM: 'Туркмения',
  UA: 'Украина|Україна|Ukraina',
  IE: 'Ирландия',
}

/** 🇰🇿 of KZ; people write it in their profiles. */
export function flagOf(code: string): string {
  return String.fromCodePoint(...[...code.toUpperCase()].map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 65))
}
