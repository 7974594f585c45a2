import type { Attachment, MediaType, PostKind } from '../../posts/post.ts'
import { fold } from './fields.ts'

/** What exports call the types of media, in our words; `other` and the like are simply unknown. */
export function mediaTypeOf(text: string): MediaType | null | 'unknown-word' {
  return find(media, text)
}

export function postKindOf(text: string): PostKind | null | 'unknown-word' {
  return find(kinds, text)
}

export function attachmentOf(text: string): Attachment | null | 'unknown-word' {
  return find(attachments, text)
}

/** `true`, `yes`, `да`, `1`; null when the text says neither yes nor no. */
export function yesOrNo(text: string): boolean | null {
  const word = fold(text)
  return /^(true|yes|y|1|да|истина|verified)$/.test(word) ? true : /^(false|no|n|0|нет|ложь)$/.test(word) ? false : null
}

function find<T>(table: Map<string, T | null>, text: string): T | null | 'unknown-word' {
  const found = table.get(fold(text))
  return found === undefined ? 'unknown-word' : found
}

function table<T>(words: [T | null, string][]): Map<string, T | null> {
  return new Map(words.flatMap(([value, names]) => names.split('|').map((name) => [fold(name), value] as const)))
}

const media = table<MediaType>([
  [
    'social',
    'social|social media|social network|социальная сеть|социальные сети|соцсеть|соцсети|соц. сети|микроблог|микроблоги|microblog',
  ],
  ['news', 'news|online media|media|сми|онлайн-сми|новости|новостной сайт|press|пресса'],
  ['blog', 'blog|blogs|блог|блоги'],
  ['forum', 'forum|forums|форум|форумы'],
  ['review', 'review|reviews|отзыв|отзывы|сайт отзывов|отзовик|отзовики'],
  ['video', 'video|videos|видео|видеохостинг'],
  ['messenger', 'messenger|messengers|мессенджер|мессенджеры|мессенджеры каналы|telegram'],
  [null, 'other|unknown|другое|прочее|неизвестно|-'],
])

const kinds = table<PostKind>([
  ['post', 'post|пост|публикация|запись|status|tweet|твит'],
  ['comment', 'comment|комментарий|коммент'],
  ['reply', 'reply|ответ'],
  ['repost', 'repost|репост|retweet|ретвит|share|forward'],
  [
    'quote',
    'quote|extendedRepost|extended repost|repost with comment|репост с дополнением|репост с комментарием|цитата',
  ],
  ['article', 'article|статья|новость|news|материал'],
  ['review', 'review|отзыв'],
  ['question', 'question|вопрос'],
  ['message', 'message|сообщение|chat message'],
  [null, 'other|unknown|другое|прочее|-'],
])

const attachments = table<Attachment>([
  ['image', 'image|picture|photo|album|gif|изображение|картинка|фото|альбом'],
  ['video', 'video|видео'],
  ['link', 'link|url|ссылка'],
  [null, 'text|poll|subtitles|sticker|location|audio|document|текст|опрос|субтитры|стикер'],
])
