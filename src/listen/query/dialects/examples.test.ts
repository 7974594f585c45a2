import { expect, test } from 'vitest'
import { analysePost } from '../../../base/text/analyse.ts'
import { evaluate } from '../../match/evaluate.ts'
import { barePost, type Post } from '../../posts/post.ts'
import { parseQuery } from '../parse.ts'
import { importQuery, type Tool } from './import-query.ts'

/** What was written for the tool, how it is written here, a post it finds and one it does not. */
type Example = [written: string, printed: string, found: string | Partial<Post>, passed: string | Partial<Post>]

function examples(tool: Tool, table: Example[]): void {
  test.each(table)(`${tool}: %s`, (written, printed, found, passed) => {
    const imported = importQuery(written, tool)
    expect(imported.printed).toBe(printed)
    const { query } = parseQuery(imported.printed)
    const finds = (post: string | Partial<Post>) => {
      const whole = barePost({
        ...{ id: 'x:1', platform: 'x', text: '', lang: 'ru' },
        ...(typeof post === 'string' ? { text: post } : post),
      })
      return evaluate(query, whole, analysePost(whole)) !== null
    }
    expect([finds(found), finds(passed)]).toEqual([true, false])
  })
}

const ivan = {
  id: 'a',
  name: 'Иван Петров',
  handle: 'ivan_schitaet',
  bio: 'считаю деньги',
  followers: 5000,
  verified: true,
}
const olga = { id: 'b', name: 'Ольга', handle: 'olga', bio: 'сады', followers: 40, verified: false }

examples('brandwatch', [
  ['"филин банк"', '"филин банк"', 'это филин банк', 'банк филин'],
  ['филин AND карта', '=филин AND =карта', 'филин и карта', 'филин и карты'],
  ['филин карта', '=филин AND =карта', 'карта, филин', 'филин'],
  ['филин OR гранат', '=филин OR =гранат', 'гранат', 'сойка'],
  ['филин NOT лес', '=филин AND NOT =лес', 'филин', 'филин и лес'],
  ['филин AND -лес', '=филин AND NOT =лес', 'филин', 'филин и лес'],
  ['филин NOT (лес OR дупло)', '=филин AND NOT (=лес OR =дупло)', 'филин', 'филин, дупло'],
  [
    '(филин AND карта) OR (гранат AND вклад)',
    '(=филин AND =карта) OR (=гранат AND =вклад)',
    'вклад гранат',
    'филин вклад',
  ],
  ['"карта комиссия"~3', '=карта NEAR/3 =комиссия', 'комиссия за вашу карта', 'карта раз два три четыре комиссия'],
  [
    '((филин OR гранат) NEAR/2 (карта OR вклад))',
    '(=филин OR =гранат) NEAR/2 (=карта OR =вклад)',
    'вклад у нас гранат',
    'вклад у нас теперь гранат',
  ],
  ['(филин NEAR/2f карта)', '=филин ONEAR/2 =карта', 'филин моя любимая карта', 'карта филин'],
  [
    '((филин OR гранат) AND (карта OR вклад))~2',
    '(=филин OR =гранат) NEAR/2 (=карта OR =вклад)',
    'карта филин',
    'карта раз два три филин',
  ],
  ['жалоб*', 'жалоб*', 'вот жалоба', 'жалко'],
  ['кэ?бэк', 'кэ?бэк', 'кэшбэк', 'кэбэк'],
  [
    'title:"новая карта"',
    'title:"новая карта"',
    { title: 'Новая карта', text: 'x' },
    { title: 'x', text: 'новая карта' },
  ],
  ['филин <<<птица отдельно>>> NOT сова', '=филин AND NOT =сова', 'филин', 'филин и сова'],
  ['{ФБ}', '{ФБ}', 'это ФБ', 'это фб'],
  ['кэш-бэк', '"кэш бэк"', 'мой кэш бэк', 'бэк-кэш'],
  ['"новый кэш-бэк"', '"новый кэш бэк"', 'новый кэш-бэк', 'кэш-бэк новый'],
  ['site:twitter.com', 'platform:x', 'x', { text: 'x', platform: 'vk' }],
  ['niño', '=niño', { text: 'el niño', lang: 'es' }, { text: 'el nino', lang: 'es' }],
  ['nino', '=nino', { text: 'el niño', lang: 'es' }, { text: 'la nina', lang: 'es' }],
  [
    'country:kaz AND филин',
    'country:KZ AND =филин',
    { text: 'филин', place: { country: 'KZ', region: null, city: null } },
    { text: 'филин', place: { country: 'RU', region: null, city: null } },
  ],
  [
    'city:"kaz.almaty.Almaty"',
    'country:KZ AND city:Almaty',
    { text: 'x', place: { country: 'KZ', region: null, city: 'Almaty' } },
    { text: 'x', place: { country: 'KZ', region: null, city: 'Astana' } },
  ],
  ['language:ru AND филин', 'lang:ru AND =филин', 'филин', { text: 'филин', lang: 'uk' }],
  ['language:english', 'lang:en', { text: 'x', lang: 'en' }, 'x'],
  [
    'site:city-herald.example AND филин',
    'site:city-herald.example AND =филин',
    { text: 'филин', url: 'https://m.city-herald.example/1' },
    { text: 'филин', url: 'https://moneta-news.example/1' },
  ],
  [
    'url:"city-herald.example/money"',
    'url:city-herald.example/money',
    { text: 'x', url: 'https://city-herald.example/money/7' },
    { text: 'x', url: 'https://city-herald.example/sport/7' },
  ],
  [
    'author:ivan_schitaet',
    'handle:ivan_schitaet OR author:ivan_schitaet',
    { text: 'x', author: ivan },
    { text: 'x', author: olga },
  ],
  [
    'author:"иван петров"',
    'handle:"иван петров" OR author:"иван петров"',
    { text: 'x', author: ivan },
    { text: 'x', author: olga },
  ],
  [
    'links:moneta-news.example',
    'link:moneta-news.example',
    { text: 'x', links: ['https://moneta-news.example/2'] },
    { text: 'x', links: ['https://otzyvy.example'] },
  ],
  [
    'authorFollowers:[500 TO 100000] AND филин',
    'followers:[500 TO 100000] AND =филин',
    { text: 'филин', author: ivan },
    { text: 'филин', author: olga },
  ],
  ['authorVerified:true', 'verified:yes', { text: 'x', author: ivan }, { text: 'x', author: olga }],
  ['engagementType:RETWEET', 'kind:repost', { text: 'x', kind: 'repost' }, { text: 'x', kind: 'post' }],
  ['rating:[3 TO 5]', 'rating:[3 TO 5]', { text: 'x', rating: 4 }, { text: 'x', rating: 1 }],
  ['hashtags:(кэшбэк OR сова)', 'hashtag:(кэшбэк OR сова)', 'моя #Сова', 'моя сова'],
  ['at_mentions:filinbank', 'mentions:filinbank', '@filinbank ау', 'filinbank ау'],
  ['#сова OR @filinbank', '#сова OR @filinbank', '#сова', 'сова'],
  ['raw:Google+', 'raw:"Google+"', { text: 'on Google+ now', lang: 'en' }, { text: 'on google+ now', lang: 'en' }],
  ['guid:857284431', 'id:*:857284431', { id: 'x:857284431', text: 'x' }, { id: 'x:1', text: 'x' }],
])

examples('talkwalker', [
  [
    'филин AND youtube_views:>1000 AND domain_url:"a.example"',
    '=филин AND views:>1000 AND site:a.example',
    { text: 'филин', views: 1001, url: 'https://m.a.example/1' },
    { text: 'филин', views: 1000, url: 'https://m.a.example/1' },
  ],
  [
    'филин AND published:>1633039200000',
    '=филин AND posted:>2021-09-30T22:00',
    { text: 'филин', postedAt: new Date('2021-10-01T00:00:00Z') },
    { text: 'филин', postedAt: new Date('2021-09-30T20:00:00Z') },
  ],
  ['филин AND карта', '=филин AND =карта', 'филин карта', 'филин карты'],
  ['филин AND NOT лес', '=филин AND NOT =лес', 'филин', 'филин, лес'],
  ['филин -лес', '=филин AND NOT =лес', 'филин', 'филин, лес'],
  ['филин OR гранат', '=филин OR =гранат', 'гранат', 'сойка'],
  ['"филин банк"', '"филин банк"', 'филин банк', 'банк филин'],
  ['филин AND (карта OR вклад)', '=филин AND (=карта OR =вклад)', 'филин, вклад', 'филин'],
  ['совин*', 'совин*', 'совиный', 'сова'],
  ['reali?ation', 'reali?ation', { text: 'a realisation', lang: 'en' }, { text: 'reality', lang: 'en' }],
  ['éléve', '=eleve', { text: 'un eleve', lang: 'fr' }, { text: 'eleves', lang: 'fr' }],
  ['"карта вклад"~2', '=карта NEAR/2 =вклад', 'вклад и моя карта', 'вклад и моя вторая карта'],
  ['филин~1', 'филин~1', 'филен', 'фелен'],
  ['"кэш бэк"~', '"кэш бэк" OR =кэшбэк', 'мой кэш-бэк', 'кэш'],
  ['"кэш бэк"~', '"кэш бэк" OR =кэшбэк', 'кэшбэк', 'бэк кэш'],
  [
    'филин NEAR карта',
    '=филин NEAR/15 =карта',
    'карта 1 2 3 4 5 6 7 8 9 филин',
    'карта 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 филин',
  ],
  [
    '(филин OR гранат) NEAR/1 (карта OR вклад)',
    '(=филин OR =гранат) NEAR/1 (=карта OR =вклад)',
    'вклад тут гранат',
    'вклад тут мой гранат',
  ],
  ['филин ONEAR/1 карта', '=филин ONEAR/1 =карта', 'филин моя карта', 'карта филин'],
  ['филин SENTENCE карта', '=филин SENTENCE =карта', 'Вот филин, вот карта.', 'Вот филин. Вот карта.'],
  ['филин OSENTENCE карта', '=филин OSENTENCE =карта', 'Вот филин, вот карта.', 'Вот карта, вот филин.'],
  ['++"C++"', 'raw:"C++"', { text: 'we use C++ here', lang: 'en' }, { text: 'we use c++ here', lang: 'en' }],
  ['++Филин', '{Филин}', 'наш Филин', 'филин в лесу'],
  ['+"филин банк"', '"филин банк"', 'Филин Банк', 'банк филин'],
  ['title:филин', 'title:=филин', { title: 'Филин', text: 'x' }, { title: 'x', text: 'филин' }],
  ['content:филин', 'text:=филин', { title: 'x', text: 'филин' }, { title: 'Филин', text: 'x' }],
  ['authorshort:olga', 'handle:olga', { text: 'x', author: olga }, { text: 'x', author: ivan }],
  [
    'authordescription:"считаю деньги"',
    'bio:"считаю деньги"',
    { text: 'x', author: ivan },
    { text: 'x', author: olga },
  ],
  ['mention:@filinbank', 'mentions:@filinbank', '@filinbank', 'filinbank'],
  ['hashtag:#сова', 'hashtag:#сова', '#сова', 'сова'],
  ['lang:it', 'lang:it', { text: 'x', lang: 'it' }, 'x'],
  [
    'authorcountry:ru',
    'country:RU',
    { text: 'x', place: { country: 'RU', region: null, city: null } },
    { text: 'x', place: { country: 'KZ', region: null, city: null } },
  ],
  ['sourcetype:BLOG', 'media:blog', { text: 'x', media: 'blog' }, { text: 'x', media: 'news' }],
  ['sourcetype:SOCIALMEDIA_TWITTER', 'platform:x', 'x', { text: 'x', platform: 'vk' }],
  [
    'филин AND -is:retweet',
    '=филин AND NOT kind:repost',
    { text: 'филин', kind: 'post' },
    { text: 'филин', kind: 'repost' },
  ],
  ['is:author_verified', 'verified:yes', { text: 'x', author: ivan }, { text: 'x', author: olga }],
  ['contains:video', 'has:video', { text: 'x', has: ['video'] }, { text: 'x', has: ['image'] }],
  [
    'филин site:"otzyvy.example" site:"moneta-news.example"',
    '=филин AND site:(otzyvy.example OR moneta-news.example)',
    { text: 'филин', url: 'https://moneta-news.example/1' },
    { text: 'филин', url: 'https://a.example' },
  ],
  [
    'domainurl:otzyvy.example',
    'site:otzyvy.example',
    { text: 'x', url: 'https://otzyvy.example/1' },
    { text: 'x', url: 'https://a.example' },
  ],
  ['engagement:>10', 'engagement:>10', { text: 'x', likes: 11 }, { text: 'x', likes: 10 }],
])

examples('meltwater', [
  ['филин AND "новая карта"', '=филин AND "новая карта"', 'филин, новая карта', 'филин, карта новая'],
  ['филин OR гранат', '=филин OR =гранат', 'гранат', 'сойка'],
  ['филин not лес', '=филин AND NOT =лес', 'филин', 'филин и лес'],
  ['филин NOT "филин в лесу"', '=филин AND NOT "филин в лесу"', 'филин', 'филин в лесу'],
  ['("карта" or "вклад") AND филин', '("карта" OR "вклад") AND =филин', 'филин вклад', 'филин'],
  ['филин NEAR карта', '=филин NEAR/4 =карта', 'карта 1 2 3 4 филин', 'карта 1 2 3 4 5 филин'],
  ['филин NEAR/6 карта', '=филин NEAR/6 =карта', 'карта 1 2 3 4 5 6 филин', 'карта 1 2 3 4 5 6 7 филин'],
  ['филин ONEAR карта', '=филин ONEAR/4 =карта', 'филин 1 2 3 4 карта', 'карта филин'],
  ['филин onear/1 карта', '=филин ONEAR/1 =карта', 'филин моя карта', 'филин и моя карта'],
  ['филин XNOT "филин моргает"', '=филин XNOT "филин моргает"', 'филин моргает, а филин банк нет', 'филин моргает'],
  ['скидка {3}', '=скидка{3}', 'скидка скидка скидка', 'скидка скидка'],
  ['скидка{1,2}', '=скидка{1,2}', 'скидка скидка', 'скидка скидка скидка'],
  ['филин^2 OR карта^0.5', '=филин OR =карта', 'карта', 'сойка'],
  ['скид*', 'скид*', 'скидочка', 'склад'],
  ['кэ?бэк', 'кэ?бэк', 'кэшбэк', 'кэбэк'],
  ['"банковск* карта"', 'банковск* ONEAR/0 =карта', 'банковская карта', 'банковская моя карта'],
  ['E\\*trade', 'raw:"E*trade"', { text: 'at E*trade', lang: 'en' }, { text: 'at Extrade', lang: 'en' }],
  [
    'title:"новая карта"',
    'title:"новая карта"',
    { title: 'Новая карта', text: 'x' },
    { title: 'x', text: 'новая карта' },
  ],
  ['content:филин', 'text:=филин', { title: 'x', text: 'филин' }, { title: 'филин', text: 'x' }],
  ['ingress:("новая карта" OR вклад)', 'lead:("новая карта" OR =вклад)', 'вклад\nвторой абзац', 'первый абзац\nвклад'],
  [
    'followers >1000 AND филин',
    'followers:>1000 AND =филин',
    { text: 'филин', author: ivan },
    { text: 'филин', author: olga },
  ],
  ['филин AND likes>5', '=филин AND likes:>5', { text: 'филин', likes: 6 }, { text: 'филин', likes: 5 }],
  ['shares:3', 'shares:3', { text: 'x', shares: 3 }, { text: 'x', shares: 4 }],
  ['from:"olga"', 'handle:olga', { text: 'x', author: olga }, { text: 'x', author: ivan }],
  [
    'NOT from:olga AND филин',
    'NOT handle:olga AND =филин',
    { text: 'филин', author: ivan },
    { text: 'филин', author: olga },
  ],
  ['to:"filinbank"', 'mentions:filinbank', '@filinbank', 'filinbank'],
  [
    'SourceName:"bank_sluhi"',
    'source:bank_sluhi',
    { text: 'x', source: 'bank_sluhi' },
    { text: 'x', source: 'kopeyka_live' },
  ],
  [
    'site:"*.moneta-news.example"',
    'site:moneta-news.example',
    { text: 'x', url: 'https://ru.moneta-news.example/1' },
    { text: 'x', url: 'https://a.example' },
  ],
  [
    'language:en AND country:us',
    'lang:en AND country:US',
    { text: 'x', lang: 'en', place: { country: 'US', region: null, city: null } },
    { text: 'x', lang: 'en', place: { country: 'GB', region: null, city: null } },
  ],
  ['verified:true', 'verified:yes', { text: 'x', author: ivan }, { text: 'x', author: olga }],
  ['socialType:"reddit"', 'platform:reddit', { text: 'x', platform: 'reddit' }, 'x'],
  ['infoType:"news"', 'media:news', { text: 'x', media: 'news' }, { text: 'x', media: 'blog' }],
  [
    'филин AND postType:og',
    '=филин AND NOT kind:(repost OR quote OR reply)',
    { text: 'филин', kind: 'post' },
    { text: 'филин', kind: 'quote' },
  ],
  ['attachmentType:video', 'has:video', { text: 'x', has: ['video'] }, { text: 'x', has: ['image'] }],
  ['caseSensitive:(Филин)', '{Филин}', 'наш Филин', 'филин в лесу'],
  ['hashtag:"сова"', 'hashtag:сова', '#сова', 'сова'],
])

examples('youscan', [
  ['филин OR филинбанк OR filin', 'филин OR филинбанк OR filin', 'у филина', 'у сойки'],
  ['филин AND карта', 'филин AND карта', 'карты филина', 'филин'],
  ['филин карта', 'филин AND карта', 'карты филина', 'филин'],
  ['карта /1 сова', 'карта NEAR/0 сова', 'карту сова', 'карта моя сова'],
  ['карта /2 сова', 'карта NEAR/1 сова', 'сова — моя карта', 'сова и моя карта'],
  ['(филин OR гранат) AND карта', '(филин OR гранат) AND карта', 'карта граната', 'карта сойки'],
  ['"Филин Банк"', '"Филин Банк"', 'филин банк', 'филина банк'],
  [
    '(филин OR гранат) AND NOT варенье /2 зёрна',
    '(филин OR гранат) AND NOT варенье NEAR/1 зёрна',
    'гранат, варенье, и потом ещё зёрна',
    'гранат: варенье, зёрна',
  ],
  [
    'гранат -варенье -"гранатовый сок"',
    'гранат AND NOT варенье AND NOT "гранатовый сок"',
    'гранат',
    'гранат и гранатовый сок',
  ],
  ['комп*', 'комп*', 'компания', 'кома'],
  ['<<< бренд >>> филин', 'филин', 'филин', 'сойка'],
  ['филин\nAND\n(карта OR вклад)', 'филин AND (карта OR вклад)', 'вклад в филине', 'филин'],
  [
    '(филин OR гранат) /2 (карта OR "новый вклад")',
    '(филин OR гранат) NEAR/1 (карта OR "новый вклад")',
    'новый вклад от граната',
    'вклад от граната',
  ],
  ['C++', 'raw:"C++"', { text: 'на C++', lang: 'ru' }, 'на C#'],
  ['#сова', '#сова', '#сова', 'сова'],
  ['@filinbank', '@filinbank', '@filinbank', 'filinbank'],
  ['филин | гранат', 'филин OR гранат', 'гранаты', 'сойка'],
  ['ёжик', 'ёжик', 'ежики', 'уж'],
  ['карта /3 комиссия /3 филин', '(карта NEAR/2 комиссия) NEAR/2 филин', 'комиссия за карту филина', 'карта филина'],
  ['author:"olga"', 'handle:olga OR author:olga', { text: 'x', author: olga }, { text: 'x', author: ivan }],
  [
    'author:(Петров Иван)',
    '(handle:Петров OR author:Петров) AND (handle:Иван OR author:Иван)',
    { text: 'x', author: ivan },
    { text: 'x', author: olga },
  ],
  ['title:филин', 'title:филин', { title: 'О филине', text: 'x' }, { title: 'x', text: 'филин' }],
  [
    'филин -site:otzyvy.example',
    'филин AND NOT site:otzyvy.example',
    { text: 'филин', url: 'https://a.example' },
    { text: 'филин', url: 'https://otzyvy.example/1' },
  ],
  ['subscribers:[1000 TO 9000]', 'followers:[1000 TO 9000]', { text: 'x', author: ivan }, { text: 'x', author: olga }],
  ['почему филин?', 'почему AND филин', 'почему у филина', 'филин'],
])

examples('brand-analytics', [
  ['Филин, филинбанк', 'Филин OR филинбанк', 'филину', 'сойка'],
  ['филин | филинбанк', 'филин OR филинбанк', 'филинбанка', 'сойка'],
  ['филин карта', 'филин AND карта', 'карты филина', 'филин'],
  ['филин & карта', 'филин AND карта', 'карты филина', 'филин'],
  ['филин -лес', 'филин AND NOT лес', 'филин', 'филин в лесу'],
  ['"карта сова"', '[карта сова]', 'карту сову', 'сова, карта'],
  ['!карта', '=карта', 'карта', 'карты'],
  ['!"карта сова"', '"карта сова"', 'карта сова', 'карту сову'],
  ['карта /2 сова', 'карта NEAR/1 сова', 'сова — моя карта', 'сова и моя карта'],
  ['"карта комиссия"~2', 'карта NEAR/2 комиссия', 'комиссии по моей карте', 'комиссии по моей новой карте'],
  [
    '"карта комиссия тариф"~3',
    '"карта комиссия тариф"~3',
    'тариф карты и комиссии',
    'тариф раз два три четыре карты комиссии',
  ],
  ['(филин | гранат) (карта | вклад)', '(филин OR гранат) AND (карта OR вклад)', 'вклад в гранате', 'вклад в сойке'],
  ['(филин, гранат) -(лес, сок)', '(филин OR гранат) AND NOT (лес OR сок)', 'гранат', 'гранатовый сок, гранат'],
  ['банк*', 'банк*', 'банкомат', 'бак'],
  ['филин И карта', 'филин AND карта', 'карты филина', 'филин'],
  ['филин ИЛИ гранат', 'филин OR гранат', 'гранаты', 'сойка'],
  ['#сова', '#сова', '#сова', 'сова'],
  ['«карта сова»', '[карта сова]', 'карту сову', 'сова, карта'],
])
