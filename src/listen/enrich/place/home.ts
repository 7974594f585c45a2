/** The country where most people live who write in the language, where one country has nearly all of them; null otherwise. */
export function homeOf(lang: string): string | null {
  return homes.get(lang) ?? null
}

// Languages of many countries (ru, en, es, ar …) say nothing about the place and are left out.
const homes = new Map(
  Object.entries({
    uk: 'UA',
    kk: 'KZ',
    be: 'BY',
    bg: 'BG',
    it: 'IT',
    pl: 'PL',
    cs: 'CZ',
    sk: 'SK',
    sl: 'SI',
    lt: 'LT',
    lv: 'LV',
    et: 'EE',
    fi: 'FI',
    da: 'DK',
    is: 'IS',
    nb: 'NO',
    nn: 'NO',
    hu: 'HU',
    el: 'GR',
    ka: 'GE',
    hy: 'AM',
    mn: 'MN',
    ja: 'JP',
    ko: 'KR',
    th: 'TH',
    vi: 'VN',
    he: 'IL',
    tt: 'RU',
  }),
)
