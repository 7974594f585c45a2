export const vkProblems = {
  'vk.wanted': {
    en: 'Write words to look for, the address of a community, a person or discussions like vk.com/acme or vk.com/board123, vk.com/feed?section=mentions, “topics” or “stream: words”',
    ru: 'Напишите слова для поиска, адрес сообщества, человека или обсуждений вида vk.com/acme или vk.com/board123, vk.com/feed?section=mentions, «topics» или «stream: слова»',
  },
  'vk.board-person': {
    en: 'In discussions VK lets only people write through programs; connect the key of an administrator and name the community',
    ru: 'В обсуждениях ВКонтакте даёт писать программам только от имени человека; подключите ключ администратора и укажите сообщество',
  },
  'vk.no-words': {
    en: 'The topics of this project have no words that VK could send by; write “stream: words” instead',
    ru: 'В темах проекта нет слов, по которым ВКонтакте мог бы присылать; напишите «stream: слова»',
  },
  'vk.rule-refused': {
    en: 'VK does not take the words “{rule}” as a rule ({reason}); what they would bring is missing from the stream',
    ru: 'ВКонтакте не принимает слова «{rule}» как правило ({reason}); того, что они принесли бы, в потоке нет',
  },
  'vk.stream-ended': {
    en: 'VK ended the stream ({reason}); Heed connects again and searches for what was said meanwhile',
    ru: 'ВКонтакте закрыл поток ({reason}); Heed подключается снова и ищет, что сказали за это время',
  },
  'vk.signed-out': {
    en: 'VK does not accept this key: it ran out, was taken back, or is of another kind. Make a new one and enter it here',
    ru: 'ВКонтакте не принимает этот ключ: он истёк, отозван или другого вида. Получите новый и введите его здесь',
  },
  'vk.too-fast': {
    en: 'Somebody else asks VK with the same key, and together it is more than three times a second; give Heed a key of its own',
    ru: 'С тем же ключом ВКонтакте спрашивает кто-то ещё, вместе чаще трёх раз в секунду; дайте Heed отдельный ключ',
  },
  'vk.flood': {
    en: 'VK finds that the same is asked too often; Heed waits a quarter of an hour',
    ru: 'ВКонтакте считает, что одно и то же спрашивают слишком часто; Heed подождёт четверть часа',
  },
  'vk.daily': {
    en: 'What VK allows this key in a day is used up; collecting goes on when it allows more. Another app has a limit of its own',
    ru: 'Дневной предел ВКонтакте для этого ключа исчерпан; сбор продолжится, когда он обновится. У другого приложения предел свой',
  },
  'vk.broken': {
    en: 'Something is broken at VK; Heed tries again by itself',
    ru: 'У ВКонтакте что-то сломалось; Heed попробует снова сам',
  },
  'vk.captcha': {
    en: 'VK wants to see that a person is there. Sign in to vk.com with this account and go on for a while by hand, or use a service key of an app: it is never asked this',
    ru: 'ВКонтакте хочет убедиться, что за ключом человек. Зайдите на vk.com под этим аккаунтом или используйте сервисный ключ приложения: у него такого не спрашивают',
  },
  'vk.closed': {
    en: 'VK does not show this to the key: the community or the wall is closed. A key of somebody who is a member may see it',
    ru: 'ВКонтакте не показывает это по такому ключу: сообщество или стена закрыты. Ключ участника может их видеть',
  },
  'vk.gone': {
    en: 'VK says that this page is deleted or blocked',
    ru: 'ВКонтакте сообщает, что эта страница удалена или заблокирована',
  },
  'vk.blocked': {
    en: 'VK has blocked what is shown here; Heed will look again',
    ru: 'ВКонтакте заблокировал то, что здесь публикуется; Heed проверит ещё раз',
  },
  'vk.private': {
    en: 'This profile is private: VK shows it to friends only',
    ru: 'Этот профиль закрыт: ВКонтакте показывает его только друзьям',
  },
  'vk.refused': { en: 'VK refused (error {code}): {reason}', ru: 'ВКонтакте отказал (ошибка {code}): {reason}' },
  'vk.not-found': {
    en: 'There is no community and no person called {name} on VK; check the address',
    ru: 'Во ВКонтакте нет сообщества или человека с адресом {name}; проверьте адрес',
  },
  'vk.comments-closed': {
    en: 'The comments of this post are closed to the key; its text is there',
    ru: 'Комментарии к этой записи по ключу не видны; сама запись собрана',
  },
  'vk.no-callback': {
    en: 'VK does not let the community’s key set up notices: it needs the right “Manage community”, and at most ten servers are allowed. Until then the wall is read as before',
    ru: 'Ключ сообщества не может включить уведомления: нужно право «Управление сообществом», и серверов может быть не больше десяти. Пока стена читается как прежде',
  },
  'vk.token': {
    en: 'Write the key: that of the community (Manage → API usage → Access keys), or of one of its administrators',
    ru: 'Укажите ключ: сообщества («Управление → Работа с API → Ключи доступа») или его администратора',
  },
  'vk.service': {
    en: 'This is no service key; it stands in the settings of the app at id.vk.com',
    ru: 'Это не сервисный ключ; он указан в настройках приложения на id.vk.com',
  },
  'vk.community': {
    en: 'Write the number of the community, like club123456',
    ru: 'Укажите номер сообщества, например club123456',
  },
  'vk.other-community': {
    en: 'The key belongs to another community; leave the number out or enter the key of this one',
    ru: 'Ключ принадлежит другому сообществу; не указывайте номер или введите ключ этого сообщества',
  },
  'vk.no-replies': {
    en: 'VK does not let this account comment there: comments are closed, or only members may write',
    ru: 'ВКонтакте не даёт этому аккаунту комментировать: комментарии закрыты или писать могут только участники',
  },
  'vk.no-links': {
    en: 'Links are forbidden in the comments there; take the link out and send it again',
    ru: 'Ссылки в комментариях там запрещены; уберите ссылку и отправьте снова',
  },
  'vk.too-many-replies': {
    en: 'VK finds that the account answers too often; the reply goes out in an hour',
    ru: 'ВКонтакте считает, что аккаунт отвечает слишком часто; ответ уйдёт через час',
  },
  'vk.no-look-up': {
    en: 'Whether the reply arrived, VK does not tell to a community’s key; look below the post, or enter the app’s service key with the account so that Heed can look',
    ru: 'Дошёл ли ответ, ключу сообщества ВКонтакте не сообщает; посмотрите под записью или добавьте к аккаунту сервисный ключ приложения, чтобы Heed мог проверить',
  },
  'vk.person-only': {
    en: 'With a community’s key VK lets nobody change or delete comments; do it on the page of the post, or connect the key of an administrator',
    ru: 'По ключу сообщества ВКонтакте не даёт менять и удалять комментарии; сделайте это под записью или подключите ключ администратора',
  },
} as const
