import { attachments, mediaTypes, postKinds } from '../posts/post.ts'

/**
 * What can be asked of a field. `words`: a phrase in a text of its own; `name`: the whole value, `*` and `?` allowed;
 * `choice`: a name out of a short list; `set`: the mention has several of them; `place`: `[latitude,longitude,km]`.
 */
export type FieldKind = 'words' | 'name' | 'choice' | 'set' | 'address' | 'number' | 'moment' | 'flag' | 'place'

export type Field = {
  name: string
  /** Other spellings a person may use; the first of `ru` is how a Russian screen calls it. */
  aliases: string[]
  kind: FieldKind
  values: readonly string[] | null
  title: { en: string; ru: string }
  /** Something that can be written behind its colon. */
  example: string
}

/** Every field of the language: the parser, the autocomplete and the help are made from this table. */
export const fields: Field[] = [
  field('author', 'words', '"anna smith"', 'author’s name', 'имя автора', ['автор']),
  field('handle', 'name', 'anna', 'author’s handle', 'ник автора', ['ник', 'username', 'user']),
  field('author_id', 'name', '12345', 'author’s id', 'номер автора', ['authorid']),
  field('bio', 'words', 'coffee', 'author’s description', 'описание автора'),
  field('followers', 'number', '>1000', 'followers', 'подписчики', ['подписчики', 'subscribers']),
  field('verified', 'flag', 'yes', 'verified author', 'подтверждённый автор'),
  field('platform', 'name', 'telegram', 'platform', 'площадка', ['площадка', 'network']),
  field('source', 'name', '"Coffee News"', 'source', 'источник', ['источник', 'channel']),
  field('site', 'address', 'example.org', 'site with its subdomains', 'сайт с поддоменами', ['сайт', 'domain', 'host']),
  field('url', 'address', 'example.org/coffee', 'address of the mention', 'адрес упоминания'),
  field('link', 'address', 'example.org', 'where it links to', 'куда ссылается', ['links', 'ссылка']),
  field('media', 'choice', 'news', 'media type', 'тип площадки', ['type', 'тип'], mediaTypes),
  field('kind', 'choice', 'review', 'kind of mention', 'вид упоминания', ['вид', 'is'], postKinds),
  field('lang', 'name', 'en', 'language', 'язык', ['language', 'язык']),
  field('country', 'name', 'IT', 'country', 'страна', ['страна']),
  field('region', 'name', 'Lazio', 'region', 'регион', ['регион']),
  field('city', 'name', 'Rome', 'city', 'город', ['город']),
  field('near', 'place', '[41.9,12.5,10]', 'within km of a point', 'не дальше км от точки'),
  field('posted', 'moment', '[2026-03-01 TO 2026-03-31]', 'when it was posted', 'когда опубликовано', ['date', 'дата']),
  field(
    'weekday',
    'choice',
    'mon',
    'day of the week',
    'день недели',
    [],
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  ),
  field('hour', 'number', '[9 TO 17]', 'hour of the day', 'час дня'),
  field('likes', 'number', '>100', 'likes', 'лайки', ['лайки']),
  field('shares', 'number', '>10', 'shares', 'репосты'),
  field('comments', 'number', '>10', 'comments', 'комментарии'),
  field('views', 'number', '>1000', 'views', 'просмотры', ['просмотры']),
  field('engagement', 'number', '>100', 'likes + shares + comments', 'лайки + репосты + комментарии', [
    'вовлечённость',
  ]),
  field(
    'reach',
    'number',
    '>10000',
    'followers of the author, or views where more',
    'подписчики автора или просмотры, если их больше',
    ['охват'],
  ),
  field('rating', 'number', '<=2', 'rating, 1 to 5', 'оценка от 1 до 5', ['оценка']),
  field(
    'cluster_size',
    'number',
    '>5',
    'mentions of one text, itself among them',
    'упоминаний с этим текстом, считая его само',
    ['duplicates'],
  ),
  field('has', 'choice', 'image', 'what it carries', 'что приложено', [], [...attachments, 'question']),
  field('id', 'name', '"telegram:1/2"', 'id of the mention', 'номер упоминания'),
  field('parent', 'name', '"telegram:1/1"', 'what it answers', 'на что отвечает'),
  field('root', 'name', '"telegram:1/1"', 'first post of its thread', 'начало обсуждения'),
  field('thread', 'name', '"telegram:1/1"', 'the thread with its first post', 'обсуждение вместе с первым постом'),
  field('mentions', 'set', 'anna', 'account it names', 'кого упоминает'),
  field('hashtag', 'set', 'coffee', 'hashtag', 'хештег', ['хештег']),
  field(
    'sentiment',
    'choice',
    'negative',
    'sentiment',
    'тональность',
    ['тональность'],
    ['negative', 'neutral', 'positive'],
  ),
  field('stage', 'name', 'praise', 'stage of the consumer cycle', 'этап пути потребителя'),
  field('emotion', 'set', 'joy', 'emotion; none', 'эмоция; none', ['эмоция']),
  field('complaint', 'flag', 'yes', 'a complaint', 'жалоба', ['жалоба']),
  field('toxic', 'flag', 'no', 'insults and abuse', 'оскорбления и брань'),
  field('category', 'set', '"card blocked"', 'category of the project', 'категория проекта', ['категория']),
  field('aspect', 'set', 'price:negative', 'aspect, or aspect:tone', 'сторона, или сторона:тон', ['аспект']),
  field('topic', 'set', '1', 'topic found in it', 'тема', ['тема']),
  field('tag', 'set', 'urgent', 'tag', 'метка', ['tags', 'метка', 'тег']),
  field('spam', 'flag', 'no', 'spam', 'спам', ['спам']),
  field('bot', 'flag', 'no', 'written by a program, as its platform says', 'написано программой, как говорит площадка'),
  field('status', 'name', 'open', 'status of its ticket', 'статус обращения', ['статус']),
  field('assignee', 'name', 'none', 'who has its ticket; none, any', 'у кого обращение; none, any', ['ответственный']),
  field('ticket', 'name', 'any', 'ticket number; none, any', 'номер обращения; none, any', ['обращение']),
  field('sla_left', 'number', '<30', 'minutes until the promise is broken', 'минут до нарушения обещания'),
  field('read', 'flag', 'no', 'read by somebody', 'прочитано'),
  field('important', 'flag', 'yes', 'marked as important', 'помечено важным'),
]

/** Words that look like fields but hold a query or characters of their own. */
export const wordFields = ['title', 'lead', 'text', 'raw', 'list'] as const
export type WordField = (typeof wordFields)[number]

const byName = new Map(fields.flatMap((known) => [known.name, ...known.aliases].map((name) => [name, known])))

export function findField(name: string): Field | null {
  return byName.get(name.toLowerCase()) ?? null
}

export function isWordField(name: string): name is WordField {
  return (wordFields as readonly string[]).includes(name)
}

/** The field a person most likely meant by a name that does not exist; null when nothing is near. */
export function nearestField(name: string): string | null {
  const typed = name.toLowerCase()
  let best: string | null = null
  let least = typed.length > 4 ? 2 : 1
  for (const known of [...byName.keys(), ...wordFields]) {
    const far = lettersApart(typed, known, least)
    if (far <= least && (best === null || far < least)) {
      best = byName.get(known)?.name ?? known
      least = far
    }
  }
  return best
}

/** The letters to insert, drop, change or swap with a neighbour; anything above `most` is told as `most + 1`. */
export function lettersApart(a: string, b: string, most: number): number {
  const left = Array.from(a)
  const right = Array.from(b)
  if (Math.abs(left.length - right.length) > most) return most + 1
  let before: number[] = []
  let previous = right.map((_, i) => i)
  previous.push(right.length)
  for (let i = 1; i <= left.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= right.length; j++) {
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least > most && Math.min(...previous) > most) return most + 1
    before = previous
    previous = row
  }
  return Math.min(previous[right.length]!, most + 1)
}

function field(
  name: string,
  kind: FieldKind,
  example: string,
  en: string,
  ru: string,
  aliases: string[] = [],
  values: readonly string[] | null = null,
): Field {
  return { name, kind, aliases, values, title: { en, ru }, example }
}
