import type { voice as en } from '../en/voice.ts'
import type { RussianOf } from '../words.ts'

export const voice: RussianOf<typeof en> = {
  title: 'Как говорит этот клиент',
  help: 'По этим правилам читаются черновики. Ответ, где назван другой клиент или есть слово из списка, не уйдёт, и причина видна; о чужом тоне Heed предупредит до отправки.',
  names: 'Как называют этого клиента',
  namesLike: 'Филин Банк, Филин, ФилинБанк',
  banned: 'Никогда не пишем, ни в какой форме',
  bannedLike: 'техническая ошибка, наши специалисты',
  address: 'Обращаемся к людям на',
  address_formal: '«вы»',
  address_informal: '«ты»',
  anyAddress: 'как угодно',
  saved: 'Сохранено, черновики читаются по новым правилам',
  notSaved: 'Не сохранено',
}
