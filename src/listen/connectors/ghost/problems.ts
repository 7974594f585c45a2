export const ghostProblems = {
  'ghost.none': {
    en: 'There is no Ghost at this address; write the address of the site, or the one under which you open /ghost',
    ru: 'По этому адресу нет Ghost; укажите адрес сайта или тот, по которому открывается /ghost',
  },
  'ghost.key': {
    en: 'Ghost does not take this key. In Ghost open Settings → Integrations → Add custom integration, copy the Admin API key (24 signs, a colon, 64 signs) and enter it',
    ru: 'Ghost не принимает этот ключ. Откройте в Ghost «Settings → Integrations → Add custom integration», скопируйте Admin API key (24 знака, двоеточие, 64 знака) и введите его',
  },
  'ghost.comments-hidden': {
    en: 'This key may not read comments, or Ghost is older than version 6, so only articles come',
    ru: 'Этот ключ не даёт читать комментарии, или Ghost старше версии 6, поэтому приходят только статьи',
  },
  'ghost.member': {
    en: 'Replies are written by a member of the site: write the e-mail of one, and add them under Members in Ghost first if need be',
    ru: 'Отвечает участник сайта: укажите его почту; если такого ещё нет, добавьте его в Ghost в разделе Members',
  },
} as const
