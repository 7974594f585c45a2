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
}

/** Every field of the language: the parser, the autocomplete and the help are made from this table. */
export const fields: Field[] = [
  field('author', 'words', 'author’s name', 'имя автора', ['автор']),
  field('handle', 'name', 'author’s handle', 'ник автора', ['ник', 'username', 'user']),
  field('author_id', 'name', 'author’s id', 'номер автора', ['authorid']),
  field('bio', 'words', 'author’s description', 'описание автора'),
  field('followers', 'number', 'followers', 'подписчики', ['подписчики', 'subscribers']),
  field('verified', 'flag', 'verified author', 'подтверждённый автор'),
  field('platform', 'name', 'platform', 'площадка', ['площадка', 'network']),
  field('source', 'name', 'source', 'источник', ['источник', 'channel']),
  field('site', 'address', 'site with its subdomains', 'сайт с поддоменами', ['сайт', 'domain', 'host']),
  field('url', 'address', 'address of the mention', 'адрес упоминания'),
  field('link', 'address', 'where it links to', 'куда ссылается', ['links', 'ссылка']),
  field('media', 'choice', 'media type', 'тип площадки', ['type', 'тип'], mediaTypes),
  field('kind', 'choice', 'kind of mention', 'вид упоминания', ['вид'], postKinds),
  field('lang', 'name', 'language', 'язык', ['language', 'язык']),
  field('country', 'name', 'country', 'страна', ['страна']),
  field('region', 'name', 'region', 'регион', ['регион']),
  field('city', 'name', 'city', 'город', ['город']),
  field('near', 'place', 'within km of a point', 'не дальше км от точки'),
  field('posted', 'moment', 'when it was posted', 'когда опубликовано', ['date', 'дата']),
  field('weekday', 'choice', 'day of the week', 'день недели', [], ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
  field('hour', 'number', 'hour of the day', 'час дня'),
  field('likes', 'number', 'likes', 'лайки', ['лайки']),
  field('shares', 'number', 'shares', 'репосты'),
  field('comments', 'number', 'comments', 'комментарии'),
  field('views', 'number', 'views', 'просмотры', ['просмотры']),
  field('engagement', 'number', 'likes + shares + comments', 'лайки + репосты + комментарии', ['вовлечённость']),
  field('reach', 'number', 'reach', 'охват', ['охват']),
  field('rating', 'number', 'rating, 1 to 5', 'оценка от 1 до 5', ['оценка']),
  field('cluster_size', 'number', 'number of near-duplicates', 'число дублей', ['duplicates']),
  field('has', 'choice', 'what it carries', 'что приложено', [], [...attachments, 'question']),
  field('id', 'name', 'id of the mention', 'номер упоминания'),
  field('parent', 'name', 'what it answers', 'на что отвечает'),
  field('root', 'name', 'first post of its thread', 'начало обсуждения'),
  field('thread', 'name', 'the thread with its first post', 'обсуждение вместе с первым постом'),
  field('mentions', 'set', 'account it names', 'кого упоминает'),
  field('hashtag', 'set', 'hashtag', 'хештег', ['хештег']),
  field('sentiment', 'choice', 'sentiment', 'тональность', ['тональность'], ['negative', 'neutral', 'positive']),
  field('stage', 'name', 'stage of the consumer cycle', 'этап пути потребителя'),
  field('emotion', 'name', 'emotion', 'эмоция', ['эмоция']),
  field('aspect', 'set', 'aspect, or aspect:tone', 'сторона, или сторона:тон', ['аспект']),
  field('topic', 'set', 'topic found in it', 'тема', ['тема']),
  field('tag', 'set', 'tag', 'метка', ['tags', 'метка', 'тег']),
  field('spam', 'flag', 'spam', 'спам', ['спам']),
  field('bot', 'flag', 'written by a program', 'написано программой'),
  field('status', 'name', 'status of its ticket', 'статус обращения', ['статус']),
  field('assignee', 'name', 'who has its ticket; none, any', 'у кого обращение; none, any', ['ответственный']),
  field('ticket', 'name', 'ticket number; none, any', 'номер обращения; none, any', ['обращение']),
  field('sla_left', 'number', 'minutes until the promise is broken', 'минут до нарушения обещания'),
  field('read', 'flag', 'read by somebody', 'прочитано'),
  field('important', 'flag', 'marked as important', 'помечено важным'),
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
  en: string,
  ru: string,
  aliases: string[] = [],
  values: readonly string[] | null = null,
): Field {
  return { name, kind, aliases, values, title: { en, ru } }
}
