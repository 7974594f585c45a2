import type { ReadDraft, Warning } from './check.ts'
import { isGivenName, mayBeOnePerson } from './given-names.ts'

/**
 * Whether it begins with the name of somebody else than the person who is answered: the sign of a text that was meant for another
 * ticket. Silent where the person goes by a nickname, signed with that name, or somebody of ours introduces themselves.
 */
export function speaksToAnother({ text, mention, answered, ours, voice }: ReadDraft): Warning[] {
  const said = nameAtTheBeginning(text)
  if (said === null) return []
  const known = answered.flatMap(wordsOf)
  if (!answered.some(isOfPerson)) return []
  const fits = (names: string[]) => said.words.some((word) => names.some((name) => mayBeOnePerson(word, name)))
  if (fits(known) || fits(signedWith(`${mention.title ?? ''}\n${mention.text}`))) return []
  if (!said.greets && fits(ours.flatMap(wordsOf))) return []
  if (voice.names.some((own) => wordsOf(own).includes(said.words[0]!))) return []
  const called = said.words.join(' ')
  return [
    {
      check: 'addressed',
      blocks: false,
      reason: {
        en: `It speaks to ${called}, and you are answering ${answered[0]}. Make sure that it is meant for this ticket`,
        ru: `Обращение — «${called}», а отвечаете вы автору «${answered[0]}». Проверьте, для этого ли тикета текст`,
      },
      words: called,
    },
  ]
}

type Said = {
  words: string[]
  /** A greeting stands beside the name, so it is the customer's and not the writer's own. */
  greets: boolean
}

/** «Мария, здравствуйте», “Hello Mary!”, «Уважаемый Иван Петрович!»; null where the text begins with nobody's name. */
function nameAtTheBeginning(text: string): Said | null {
  const plain = text.replace(/^(?:\s|@\S+|\p{Extended_Pictographic}|\uFE0F)+/u, '')
  const after = afterGreeting.exec(plain)
  // “Thanks! Great service”: behind a full stop, or thanks, any word may stand; behind «Здравствуйте,» hardly another than a name.
  if (after) {
    const isNewSentence = /[.!…\n]/.test(after[2]!)
    return sure(after[3]!, { greets: !isNewSentence, known: isNewSentence || !greets.test(after[1]!) })
  }
  const before = beforeGreeting.exec(plain)
  if (before) return sure(before[1]!, { greets: true, known: !/,/.test(before[2]!) || !greets.test(before[3]!) })
  const alone = called.exec(plain)
  return alone && sure(alone[1]!, { greets: false, known: true })
}

/** `known`: only a name that people are known to be called by. */
function sure(found: string, { greets, known }: { greets: boolean; known: boolean }): Said | null {
  const words = found.split(/[ \u00a0]/)
  if (isGivenName(words[0]!)) return { words, greets }
  // Initials and names of firms are written in capitals.
  return known || words.some((word) => noName.test(word) || /^\p{Lu}+$/u.test(word)) ? null : { words, greets }
}

// The first letter large in all of them; three at most: Иван Иванович Петров.
const name = `\\p{Lu}\\p{L}+(?:[-’']\\p{L}+)?`
const whole = `${name}(?:[ \\u00a0]${name}){0,2}`
const title = `(?:(?:[Mm]rs?|[Mm]s|[Mm]iss|[Dd]r|[Гг]-н|[Гг]-жа|[Гг]осподин|[Гг]оспожа)\\.?\\s+)?`
const greeting = `здравствуйте|здравствуй|добрый\\s+(?:день|вечер)|доброе\\s+утро|доброго\\s+(?:дня|вечера|утра)|приветствуем|приветствую|привет|hello|hi|hey|good\\s+(?:morning|afternoon|evening)`
const esteem = 'уважаем(?:ый|ая)|дорог(?:ой|ая)|dear'
const courtesy = `спасибо|благодарим(?:\\s+вас)?|извините|простите|thank\\s+you|thanks|sorry`
const greets = new RegExp(`^(?:${greeting}|${esteem})$`, 'iu')
const opening = caseless(`${greeting}|${esteem}|${courtesy}`)
const afterGreeting = new RegExp(
  `^(?:${opening}[\\s,.!…]+)?(${opening})(?!\\p{L})([\\s,.!…]+)${title}(${whole})(?=[,!.?…:;)\\n]|\\s*(?:[—–]|$))`,
  'u',
)
const beforeGreeting = new RegExp(
  `^${title}(${whole})([,!.]?\\s+)(${caseless(`${greeting}|${courtesy}`)})(?!\\p{L})`,
  'u',
)
// «Роза, которую вы заказали» is a flower, and who has a surname as well is spoken of.
const called = new RegExp(
  `^${title}(${name}(?:[ \\u00a0]\\p{Lu}\\p{L}+(?:вич|вна|чна))?)[,!](?!\\s*(?:котор|что|где|как|чья|чей|чьи|who|which|that|whose|where|\\d))`,
  'u',
)

// Titles, teams and what else stands behind a greeting.
const noName =
  /^(?:здравствуй|добр|приве|спасибо|благодар|извини|прости|hello|hi$|hey$|dear$|good$|thank|sorry|клиент|покупател|пользовател|гост[ьи]|друг|друзья|коллег|команд|автор|подписчи|участни|читател|житель|жители|соседи?$|все[мх]?$|вас$|вам$|мы$|наш|ваш|это$|что$|за$|мо[йяи]$|уважаем|дорог|банк|компани|магазин|служба|поддержк|customers?$|clients?$|guests?$|friends?$|team|all$|everyone|everybody|folks|sir$|madam|there$|users?$|valued|again$|we$|you|your|the$|this$|that$|for$|our$|it$|if$|so$|and$|to$|please|just$|from$|support|bank|mon|tue|wed|thu|fri|sat|sun)/iu

/** Whether people know the author by a name: «Иван Петров», maria_k; not «кот_бегемот» or user4711. */
function isOfPerson(shown: string): boolean {
  return wordsOf(shown).some(isGivenName) || new RegExp(`^${whole}$`, 'u').test(shown.trim())
}

function wordsOf(shown: string): string[] {
  return shown.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').match(/\p{L}{2,}/gu) ?? []
}

/** What the author calls themselves: «Меня зовут Мария», or a name at the very end. */
function signedWith(text: string): string[] {
  const told = [
    ...text.matchAll(new RegExp(`(?:${caseless('меня\\s+зовут|my\\s+name\\s+is|this\\s+is')})\\s+(${name})`, 'gu')),
  ]
  const last = text.match(/\p{L}{2,}/gu)?.slice(-2) ?? []
  return [...told.map(([, found]) => found!), ...last.filter((word) => /^\p{Lu}/u.test(word))]
}

/** Both cases of every letter, for a pattern in which names are told by theirs. */
function caseless(wording: string): string {
  const either = wording.replace(/(?<!\\)\p{L}/gu, (letter) => `[${letter}${letter.toUpperCase()}]`)
  return `(?:${either})`
}
