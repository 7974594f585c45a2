/**
 * The ISO 639-1 code of a language as platforms write it: `ru`, `ru-RU`, `rus`, `Russian`, `русский`; null when the
 * text names none or one without a two-letter code.
 */
export function twoLetterLanguage(text: string | null | undefined): string | null {
  const word = (text ?? '').trim().toLowerCase().split(/[-_]/)[0] ?? ''
  if (/^[a-z]{2}$/.test(word)) return word
  return byName.get(word) ?? null
}

const names = `ru rus russian русский|en eng english английский|uk ukr ukrainian украинский|kk kaz kazakh казахский|be bel belarusian белорусский|uz uzb uzbek узбекский
ky kir kyrgyz киргизский|tg tgk tajik таджикский|tt tat tatar татарский|ba bak bashkir башкирский|az aze azerbaijani азербайджанский|hy hye arm armenian армянский|ka kat geo georgian грузинский
de deu ger german немецкий|fr fra fre french французский|es spa spanish испанский|it ita italian итальянский|pt por portuguese португальский|pl pol polish польский|tr tur turkish турецкий
nl nld dut dutch нидерландский|cs ces cze czech чешский|sk slk slo slovak словацкий|bg bul bulgarian болгарский|sr srp serbian сербский|hr hrv croatian хорватский|sl slv slovenian словенский|ro ron rum romanian румынский
hu hun hungarian венгерский|fi fin finnish финский|sv swe swedish шведский|no nor norwegian норвежский|da dan danish датский|et est estonian эстонский|lv lav latvian латышский|lt lit lithuanian литовский
el ell gre greek греческий|he heb hebrew иврит|ar ara arabic арабский|fa fas per persian персидский|hi hin hindi хинди|zh zho chi chinese китайский|ja jpn japanese японский|ko kor korean корейский
vi vie vietnamese вьетнамский|th tha thai тайский|id ind indonesian индонезийский|ms msa may malay малайский|mn mon mongolian монгольский|mk mkd mac macedonian македонский|sq sqi alb albanian албанский`

const byName = new Map<string, string>(
  names.split(/[|\n]/).flatMap((line) => {
    const [code = '', ...others] = line.split(' ')
    return others.map((name) => [name, code] as const)
  }),
)
