/** The sentences of a text; a line break ends one as well. */
export function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => [...segmenter.segment(line)].map(({ segment }) => segment.trim()))
    .filter((sentence) => sentence !== '')
}

const segmenter = new Intl.Segmenter('ru', { granularity: 'sentence' })

/** Words of either alphabet: JavaScript's own borders of words know Latin only. */
export function anyOf(...wordings: string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${wordings.join('|')})(?![\\p{L}\\p{N}])`, 'iu')
}

/** A moment or a span that can be kept or missed; “soon” is neither. */
export const aTime = anyOf(
  ...[
    'сегодня',
    'завтра',
    'послезавтра',
    'вчера',
    '(?:в|до|к|со?|на)\\s+(?:понедельник\\p{L}*|вторник\\p{L}*|сред[уыеа]|четверг\\p{L}*|пятниц\\p{L}*|суббот\\p{L}*|воскресень\\p{L}*)',
    '\\d{1,2}\\s+(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\\p{L}*',
    '(?:\\d+|один|одного|двух|дв[ае]|тр[её]х|три|четыр\\p{L}+|пяти?|шест\\p{L}|сем[ьи]|десят[ьи]|сутки|суток|час|часа|полчаса)(?:\\s*[-–—]\\s*\\d+)?\\s*(?:рабоч\\p{L}+\\s+|календарн\\p{L}+\\s+)?(?:минут\\p{L}*|мин|час\\p{L}*|дн\\p{L}+|день|сут\\p{L}+|недел\\p{L}+|месяц\\p{L}*)',
    'в\\s+течение\\s+(?:час\\p{L}*|дня|суток|недели|месяца)',
    '(?:через|за)\\s+(?:час|день|сутки|неделю|полчаса|месяц)',
    '\\d{1,2}[:.]\\d{2}',
    'до\\s+конца\\s+(?:дня|недели|месяца|часа)',
    'круглосуточно',
  ],
  ...[
    'today',
    'tonight',
    'tomorrow',
    'yesterday',
    '(?:on|by|until|next|this)\\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day',
    '(?:within|in|by|next|up\\s+to)\\s+(?:an?|the|one|two|three|four|five|\\d+)(?:\\s*[-–—]\\s*\\d+)?\\s*(?:business\\s+|working\\s+)?(?:minute|hour|day|week|month)s?',
    '\\d+(?:\\s*[-–—]\\s*\\d+)?\\s*(?:business\\s+|working\\s+)?(?:minute|hour|day|week|month)s?',
    '(?:january|february|march|april|may|june|july|august|september|october|november|december)\\s+\\d{1,2}(?:st|nd|rd|th)?',
    '\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december)',
    '\\d{1,2}\\s*(?:am|pm)',
    'by\\s+the\\s+end\\s+of\\s+(?:the\\s+)?(?:day|week|month)',
    'around\\s+the\\s+clock',
  ],
)
