/** What the letters of a help page say, in the language of the page. */
export const letterWords = {
  en: {
    hello: 'Hello!',
    subject: { answer: 'There is an answer', status: 'News', merged: 'This was asked before' },
    news: {
      answer: (title: string, text: string) => `There is an official answer to “${title}”:\n\n${text}`,
      status: (title: string, status: string) => `“${title}” has a new status: ${status}.`,
      merged: (title: string, other: string) =>
        `“${title}” asks the same as “${other}”. We have put them together: your vote counts there, and you will hear what becomes of it.`,
    },
    status: { open: 'open', planned: 'planned', solved: 'solved', declined: 'not planned' },
    end: 'No more letters about this, with one press',
    confirmSubject: 'Please confirm your address',
    confirm: (page: string) =>
      `Somebody has asked for letters to this address when there is news on “${page}”. If it was you, please confirm it here; the link works for seven days:`,
    notYou: 'If it was not you, do nothing: no further letter will come of it.',
  },
  ru: {
    hello: 'Здравствуйте!',
    subject: { answer: 'Есть ответ', status: 'Новости', merged: 'Об этом уже спрашивали' },
    news: {
      answer: (title: string, text: string) => `На «${title}» есть официальный ответ:\n\n${text}`,
      status: (title: string, status: string) => `У темы «${title}» новый статус: ${status}.`,
      merged: (title: string, other: string) =>
        `«${title}» — о том же, что и «${other}». Мы объединили темы: ваш голос учтён там, и о решении вы узнаете.`,
    },
    status: { open: 'открыто', planned: 'запланировано', solved: 'решено', declined: 'не планируется' },
    end: 'Больше не писать об этом, одним нажатием',
    confirmSubject: 'Подтвердите адрес',
    confirm: (page: string) =>
      `Кто-то попросил присылать на этот адрес новости со страницы «${page}». Если это вы, подтвердите по ссылке; она действует семь дней:`,
    notYou: 'Если это были не вы, ничего делать не нужно: других писем не будет.',
  },
}
