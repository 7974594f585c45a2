/** What a column may be. Named like the fields of a post in JSON Lines, so that our own export maps onto itself. */
export const fields = [
  'id',
  'url',
  'title',
  'text',
  'posted_at',
  'platform',
  'source',
  'site',
  'media',
  'kind',
  'lang',
  'author.id',
  'author.name',
  'author.handle',
  'author.bio',
  'author.followers',
  'author.verified',
  'likes',
  'shares',
  'comments',
  'views',
  'rating',
  'parent',
  'root',
  'place.country',
  'place.region',
  'place.city',
  'links',
  'has',
  'images',
  'tags',
] as const
export type Field = (typeof fields)[number]

/** The field a column's name means and how surely (0 is surest); null when it is a stranger. */
export function fieldOf(column: string): { field: Field; rank: number } | null {
  return byName.get(fold(column)) ?? null
}

/** Case, blanks, punctuation and ё do not tell columns apart. */
export function fold(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/**
 * The names by which columns are known, the surest first: our own, those of YouScan's import and export, those of
 * other exports in Russian and English. Of two columns with one meaning the surer one fills the field, and where it
 * is empty the other.
 */
const names: { [F in Field]: string } = {
  id:
    // An export that has both keeps its own number in the plain one and the platform's in the other.
    'post id|native id|id|mention id|message id|source id|ид|идентификатор|id сообщения|id поста|' +
    'id публикации|id упоминания|guid|review id',
  url:
    'url|link|permalink|perma link|post url|mention url|ссылка|ссылка на сообщение|ссылка на пост|' +
    'ссылка на публикацию|ссылка на упоминание|ссылка на источник|адрес|урл|href',
  title: 'title|headline|subject|заголовок|название|тема',
  text:
    'full text|text|полный текст|текст|content|body|message|mention|текст сообщения|текст публикации|' +
    'текст поста|текст упоминания|текст отзыва|текст комментария|сообщение|содержание|контент|публикация|' +
    'комментарий|отзыв|snippet|сниппет|цитата|review|comment|description|описание',
  posted_at:
    'posted at|published|published at|posted|date|created at|created|datetime|date time|timestamp|дата|' +
    'дата публикации|дата и время|дата сообщения|опубликовано|время публикации|дата создания|' +
    'publication date|post date|pub date|время',
  platform: 'platform|network|social network|платформа|соцсеть|социальная сеть|сеть',
  source:
    'publication place name|channel name|place of publication|место публикации|название места публикации|' +
    'сообщество|группа|канал|паблик|source|source name|источник|площадка|channel|publication place|group|' +
    'community|forum|издание',
  site: 'site|domain|host|hostname|website|сайт|домен|хост|хаб|hub',
  media:
    'media|media type|source type|resource type|тип источника|тип площадки|тип ресурса|тип сми|' +
    'категория источника|page type',
  kind:
    'kind|post type|type|message type|тип сообщения|тип публикации|тип поста|тип упоминания|тип|' +
    'mention type|content type',
  lang: 'lang|language|язык|язык сообщения|language code',
  'author.id':
    'author id|author profile id|user id|profile id|id автора|ид автора|author url|author link|' +
    'author profile|ссылка на автора|профиль автора|url автора|profile url|ссылка на профиль|профиль',
  'author.name':
    'author name|author|автор|имя автора|имя|full name|display name|user name|user|фио|пользователь|' +
    'creator|автор сообщения|name',
  'author.handle':
    'author handle|author nickname|author screen name|handle|nickname|nick|ник|никнейм|логин|screen name|' +
    'login|username|ник автора',
  'author.bio': 'author bio|author description|bio|об авторе|описание автора|описание профиля',
  'author.followers':
    'author followers|author subscribers|followers|subscribers|audience|follower count|followers count|' +
    'аудитория|аудитория автора|подписчики|подписчиков|подписчики автора|число подписчиков|' +
    'количество подписчиков|размер аудитории',
  'author.verified': 'author verified|author is verified|verified|is verified|верифицирован|подтвержден|верификация',
  likes:
    'likes|engagement likes|like count|favorites|favourites|reactions|engagement reactions|' +
    'engagement reactions total|лайки|лайков|нравится|реакции|лайк|количество лайков|favorite count',
  shares:
    'shares|engagement shares|engagement reposts|reposts|retweets|share count|repost count|репосты|' +
    'репостов|поделились|перепосты|количество репостов|ретвиты|forwards|пересылки',
  comments:
    'comments|engagement comments|comment count|comments count|replies|reply count|комментарии|' +
    'комментариев|ответы|ответов|количество комментариев',
  views:
    'views|engagement views|view count|impressions|engagement impressions|просмотры|просмотров|' +
    'количество просмотров|показы',
  rating: 'rating|stars|score|оценка|рейтинг|звезды|оценка отзыва|star rating',
  parent: 'parent|parent post id|parent id|in reply to|reply to|родитель|id родителя|ответ на|родительский пост',
  root: 'root|discussion id|thread id|conversation id|обсуждение|id обсуждения|ветка',
  'place.country':
    'place country|mention geo country code|country code|mention geo country|country|' +
    'author geo country code|author geo country|страна|страна автора',
  'place.region': 'place region|mention geo region|region|author geo region|регион|область|регион автора|субъект',
  'place.city':
    'place city|mention geo city|city|author geo city|город|город автора|населенный пункт|place|location|' +
    'место|гео|локация',
  links: 'links|urls|outgoing links|внешние ссылки|ссылки в тексте',
  has: 'has|content types|attachments|вложения|типы контента',
  images: 'images|image url|image|picture|photo|картинка|изображение|фото|картинки|изображения|фотографии',
  tags: 'tags|custom tags|labels|теги|метки|тэги|ярлыки',
}

const byName = new Map<string, { field: Field; rank: number }>(
  fields.flatMap((field) => names[field].split('|').map((name, rank) => [fold(name), { field, rank }] as const)),
)
