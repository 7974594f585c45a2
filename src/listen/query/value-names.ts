import { findField } from './fields.ts'

/** What the values of a field are called in Russian; in English they are words as they are written. */
const russian: { [field: string]: { [value: string]: string } } = {
  sentiment: { negative: 'негативная', neutral: 'нейтральная', positive: 'позитивная' },
  stage: {
    'general-request': 'общий вопрос',
    'competitor-request': 'спрашивает о конкуренте',
    'product-request': 'спрашивает о продукте',
    'first-review': 'первое впечатление',
    praise: 'похвала',
    negative: 'недовольство',
    support: 'нужна помощь',
    leaving: 'уходит',
    'awkward-question': 'неудобный вопрос',
  },
  media: {
    social: 'соцсети',
    news: 'новости',
    blog: 'блоги',
    forum: 'форумы',
    review: 'отзывы',
    video: 'видео',
    messenger: 'мессенджеры',
  },
  kind: {
    post: 'пост',
    comment: 'комментарий',
    reply: 'ответ',
    repost: 'репост',
    quote: 'цитата',
    article: 'статья',
    review: 'отзыв',
    question: 'вопрос',
    message: 'сообщение',
  },
  status: { open: 'открыт', pending: 'ждёт клиента', solved: 'решён', closed: 'закрыт' },
  has: { image: 'картинка', video: 'видео', link: 'ссылка', question: 'вопрос' },
  weekday: {
    mon: 'понедельник',
    tue: 'вторник',
    wed: 'среда',
    thu: 'четверг',
    fri: 'пятница',
    sat: 'суббота',
    sun: 'воскресенье',
  },
}
const yesOrNo: { [value: string]: string } = { yes: 'да', no: 'нет' }

/** A value as it is said to a person; as it is written where it has no name of its own. */
export function nameOfValue(field: string, value: string, locale: 'en' | 'ru'): string {
  const known = findField(field)
  if (locale === 'en' || !known) return value
  const names = known.kind === 'flag' ? yesOrNo : russian[known.name]
  return names?.[value.toLowerCase()] ?? value
}
