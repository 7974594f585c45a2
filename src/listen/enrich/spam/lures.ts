import type { Analysis } from '../../../base/text/analyse.ts'
import { Cues } from '../stage/cues.ts'
import { mostUnits, units } from '../stage/units.ts'

/**
 * How frauds and touts speak, as cues of docs/models/stage.md are written: money promised without work, a way to reach whoever
 * promises it, and secrets asked for. They were written by a person, for no set of labelled posts has such spam.
 */
type Lures = { promises: readonly string[]; calls: readonly string[]; secrets: readonly string[] }

const lures: { [lang in 'en' | 'ru']: Lures } = {
  ru: {
    promises: [
      'заработ*|доход*|прибыл*|выплат* … день|неделю|месяц|сутки|час',
      'зарабатыва* … телефон*|дома|интернет*|ставк*',
      'без вложений; пассивн* доход*; легк*|быстр* деньги|заработ*',
      'работа|подработк*|заработ* на|из дому|дома',
      'займ*|заем|микрозайм*|кредит*|деньги … без отказ*|справок|проверок|поручител*',
      'займ*|заем|деньги … на любую карту; займ*|заем … под 0; одобр* … безработн*',
      'гарант* доход*|прибыл*|процент*|выплат*',
      'удво*|утро* … деньги|вклад*|сбережени*|депозит*; вырос* втрое|вдвое|впятеро',
      'ваш приз; вы выиграл*|стали … клиентом; вам … начислен* … бонус*|компенсац*|выплат*',
      'поднял* … ставк*|матч*; торгу* за меня|вас; обмен*|меняем … токен*|крипт*',
      'снимаю|снять порч*|венец|приворот*; расклад* на',
    ],
    calls: [
      'пиш* … личку|лс|личные|личк*|директ|сообщество|мне|вотсап|ватсап|телеграм*',
      'напиш* … личку|лс|личные|директ|сообщество|мне',
      'ставь* … плюс|хочу; жду в личк*|лс; контакт* … профил*; бот* в описани*|профил*',
      'ссылк* в профил*|описани*|шапк*; переход* по ссылк*; осталось … мест*|места; набираю|набираем … команду',
      'успей*|успевайте|торопитесь|поторопитесь; заявк* … сайт*|ссылк*; первый … бесплатн*; первые … бесплатно',
    ],
    secrets: ['цифр* сзади; введите карту|карты; номер карты … подтвержд*'],
  },
  en: {
    promises: [
      'earn|earned|earning|made|make|making|makes … day|week|month|hour|home',
      'work|working from home; passive income; financial freedom; easy|fast|quick money|cash',
      'guaranteed … profit*|return*|income|daily|weekly|monthly; weekly|daily guaranteed|profit*|returns',
      'doubled|tripled my|your … savings|money|deposit|investment; double|triple your … money|savings|deposit',
      'bitcoin|crypto|forex|btc … profit*|invest*|trad*|signal*; loan* … no|without … credit|check',
      'send … get … back; you … won|winner … prize|gift; claim your … prize|reward|gift',
      'trades for me; earn while i|you sleep; more|buy|free followers; cheap followers|likes',
    ],
    calls: [
      'dm me; message|text|contact|inbox|write me|him|her; in dm|dms; link in … bio; whatsapp|telegram',
      'limited places|slots|spots; only … places|slots|spots left; places|slots|spots left; click here|below|the link',
    ],
    secrets: ['card number … confirm|verify|cvv; seed phrase; verify your … card|wallet'],
  },
}

/** Whether somebody promises money and says nearby how to get at it, or asks for what nobody may ask. */
export function isLure(analysis: Analysis, lang: 'en' | 'ru'): boolean {
  units.read(analysis)
  last[promise] = -never
  last[call] = never
  lured = false
  readerOf(lang).find(units, noNames, hold)
  return lured
}

const promise = 0
const call = 1
const secret = 2
/** In words; frauds are short, and in a long text both stand by chance. */
const nearby = 40
const never = -1_000_000

// One thread reads one text at a time.
const noNames = new Uint8Array(mostUnits)
const last = new Int32Array(3)
let lured = false

const hold = (owner: number, from: number): void => {
  last[owner] = from
  lured ||= owner === secret || Math.abs(last[promise]! - last[call]!) <= nearby
}

const readers = new Map<string, Cues>()

function readerOf(lang: 'en' | 'ru'): Cues {
  let reader = readers.get(lang)
  if (!reader) {
    reader = new Cues()
    for (const cue of lures[lang].promises) reader.add(promise, cue)
    for (const cue of lures[lang].calls) reader.add(call, cue)
    for (const cue of lures[lang].secrets) reader.add(secret, cue)
    readers.set(lang, reader)
  }
  return reader
}
