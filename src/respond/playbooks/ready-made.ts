import type { PlaybookInput, PlaybookStep } from './playbook.ts'

type Written = Pick<PlaybookStep, 'title' | 'help' | 'minutes' | 'role'> & { text?: string }

/**
 * The two schemes that every reputation desk knows, to begin from: where people are angry for a reason, the matter is solved
 * and the solution shown; where somebody makes them angry, it is proved, shown and met with calm.
 */
export function readyMade(locale: 'en' | 'ru'): PlaybookInput[] {
  return schemes[locale].map(({ steps, ...scheme }) => ({
    ...scheme,
    steps: steps.map((step): PlaybookStep => ({
      ...step,
      aroundTheClock: true,
      member: null,
      text: step.text ?? null,
    })),
  }))
}

const schemes: { [locale in 'en' | 'ru']: { name: string; kind: PlaybookInput['kind']; steps: Written[] }[] } = {
  en: [
    {
      name: 'People are angry for a reason',
      kind: 'natural',
      steps: [
        {
          title: 'Say that we know',
          help: 'One public answer where most people ask. No excuses and no promises yet.',
          minutes: 15,
          role: 'moderator',
          text: 'We see that this is not working as it should, and are already finding out why. We will tell you here what we learn. We are sorry for the trouble.',
        },
        {
          title: 'Find out what happened',
          help: 'Who is concerned, since when, what can be done right now. Write it into the notes of the ticket.',
          minutes: 60,
          role: 'manager',
        },
        {
          title: 'Solve it for those who wrote',
          help: 'One by one, each in their own words; the ones with the most to lose first.',
          minutes: 240,
          role: 'moderator',
        },
        {
          title: 'Show the solution where the complaint is seen',
          help: 'Answer in the same places, so that whoever reads the complaint reads the end of it, too.',
          minutes: 300,
          role: 'copywriter',
          text: 'It is solved: here is what happened, what we did, and what you can do if anything is still wrong.',
        },
        {
          title: 'Ask those concerned whether it is good now',
          help: 'What they write next is the best evidence.',
          minutes: 1440,
          role: 'moderator',
        },
      ],
    },
    {
      name: 'Somebody makes people angry',
      kind: 'directed',
      steps: [
        {
          title: 'Keep the evidence',
          help: 'Copies of the texts, accounts, times. Look at copies of one text and at when the accounts began.',
          minutes: 30,
          role: 'moderator',
        },
        {
          title: 'Check whether there is something true in it',
          help: 'If there is, that part belongs to the other playbook.',
          minutes: 60,
          role: 'manager',
        },
        {
          title: 'Answer once, calmly, with facts',
          help: 'For those who read, not for those who attack. No quarrel, no second answer to the same account.',
          minutes: 90,
          role: 'copywriter',
          text: 'This is not so. Here are the facts and where anybody can check them. Whoever has a question of their own is welcome to write to us, and we will answer.',
        },
        {
          title: 'Report what breaks the rules of the platform',
          help: 'With the evidence; write down when and what was answered.',
          minutes: 120,
          role: 'moderator',
        },
        {
          title: 'Show what was found, if it goes on',
          help: 'Only what is proved, agreed with the client and whoever answers for the law.',
          minutes: 1440,
          role: 'manager',
        },
        {
          title: 'Look whether it has calmed down',
          help: 'Volume, new accounts, whether others took it up.',
          minutes: 2880,
          role: 'manager',
        },
      ],
    },
  ],
  ru: [
    {
      name: 'Естественный негатив',
      kind: 'natural',
      steps: [
        {
          title: 'Сказать, что мы знаем',
          help: 'Один публичный ответ там, где спрашивают больше всего. Пока без оправданий и обещаний.',
          minutes: 15,
          role: 'moderator',
          text: 'Видим, что всё работает не так, как должно, и уже разбираемся, в чём дело. О том, что выясним, напишем здесь же. Извините за неудобства.',
        },
        {
          title: 'Выяснить, что случилось',
          help: 'Кого коснулось, с какого времени, что можно сделать прямо сейчас. Записать в заметки тикета.',
          minutes: 60,
          role: 'manager',
        },
        {
          title: 'Решить вопрос тех, кто написал',
          help: 'По одному, каждому своими словами; сначала тем, кому хуже всего.',
          minutes: 240,
          role: 'moderator',
        },
        {
          title: 'Показать решение там, где видна жалоба',
          help: 'Ответить в тех же местах, чтобы тот, кто прочтёт жалобу, прочёл и чем она кончилась.',
          minutes: 300,
          role: 'copywriter',
          text: 'Вопрос решён. Вот что произошло, что мы сделали и что делать, если у вас всё ещё не так.',
        },
        {
          title: 'Спросить у людей, всё ли теперь хорошо',
          help: 'Лучшее подтверждение — то, что они напишут дальше.',
          minutes: 1440,
          role: 'moderator',
        },
      ],
    },
    {
      name: 'Направленный негатив',
      kind: 'directed',
      steps: [
        {
          title: 'Сохранить доказательства',
          help: 'Копии текстов, аккаунты, время. Посмотреть копии одного текста и когда появились аккаунты.',
          minutes: 30,
          role: 'moderator',
        },
        {
          title: 'Проверить, нет ли в этом правды',
          help: 'Если есть, эта часть — для другого сценария.',
          minutes: 60,
          role: 'manager',
        },
        {
          title: 'Ответить один раз, спокойно, с фактами',
          help: 'Для тех, кто читает, а не для тех, кто нападает. Без спора и без второго ответа тому же аккаунту.',
          minutes: 90,
          role: 'copywriter',
          text: 'Это не так. Вот факты и где каждый может их проверить. Если у вас есть свой вопрос, напишите нам — ответим.',
        },
        {
          title: 'Сообщить о нарушении правил площадки',
          help: 'С доказательствами; записать, когда и что ответили.',
          minutes: 120,
          role: 'moderator',
        },
        {
          title: 'Показать, что удалось выяснить, если не утихло',
          help: 'Только доказанное, согласовав с клиентом и теми, кто отвечает за право.',
          minutes: 1440,
          role: 'manager',
        },
        {
          title: 'Посмотреть, утихло ли',
          help: 'Объём, новые аккаунты, подхватили ли другие.',
          minutes: 2880,
          role: 'manager',
        },
      ],
    },
  ],
}
