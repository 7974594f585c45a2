/**
 * Beginnings of words by which people say in their profile what they do. They are shown as what they are: words found
 * in the profile, a piece of evidence beside others.
 */
const beginnings = {
  journalist: [
    ...['journalis', 'reporter', 'correspondent', 'columnist', 'newsroom', 'editor-in-chief'],
    ...['журналист', 'корреспондент', 'репортер', 'обозревател', 'колумнист', 'главред', 'редактор', 'редакци', 'сми'],
    ...['кореспондент', 'журналіст', 'оглядач', 'редакці'],
    ...['тілші', 'шолушы', 'редакция'],
    ...['giornalist', 'redattor', 'redazione', 'inviat', 'corrispondent'],
  ],
  employee: [
    ...['employee', 'spokesperson', 'official', 'officially', 'representative', 'developer', 'helpdesk'],
    ...['сотрудни', 'представител', 'официальн', 'пресс-служб', 'пресс-секретар', 'разработчик', 'техподдержк'],
    ...['співробітни', 'представни', 'офіційн', 'розробни'],
    ...['қызметкер', 'өкілі', 'ресми', 'әзірлеуші'],
    ...['dipendent', 'portavoce', 'ufficiale', 'rappresentante', 'sviluppator'],
  ],
  business: [
    ...['shop', 'store', 'wholesale', 'delivery', 'bookings', 'reseller', 'boutique', 'salon', 'bakery', 'studio'],
    ...[
      'магазин',
      'доставк',
      'заказ',
      'опт',
      'оптом',
      'салон',
      'мастерск',
      'прайс',
      'самозанят',
      'ооо',
      'ип',
      'прокат',
    ],
    ...['крамниц', 'замовл', 'майстерн', 'фоп'],
    ...['дүкен', 'жеткізу', 'тапсырыс', 'жшс', 'шеберхана'],
    ...['negozio', 'bottega', 'spedizion', 'ordini', 'ingrosso'],
  ],
  contact: [
    ...['whatsapp', 'ватсап', 'вотсап', 'телефон', 'звоните', 'пишите', 'личку', 'директ', 'phone', 'телефонуйте'],
    ...['жазыңыз', 'хабарласыңыз', 'telefono', 'scriveteci'],
  ],
} as const
export type BioSays = keyof typeof beginnings

// Too short to be a beginning: only the whole word says it.
const wholeLetters = 4

/** The words of a profile that say it, as they are written there. */
export function findInBio(bio: string, what: BioSays): string[] {
  const words = bio.match(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu) ?? []
  return words.filter((word) => {
    const folded = word.toLowerCase().replaceAll('ё', 'е')
    return beginnings[what].some((known) =>
      known.length <= wholeLetters ? folded === known : folded.startsWith(known),
    )
  })
}
