import type { ReadDraft, Warning } from './check.ts'

/**
 * Whether it shows what belongs to one person: addresses, telephone numbers, numbers of cards, accounts and papers. What a
 * company shows itself, such as a free hotline or support@, is left alone. Numbers with a check digit are told by it.
 */
export function privateData({ text }: ReadDraft): Warning[] {
  const plain = text.replace(/https?:\/\/\S+/g, (link) => ' '.repeat(link.length))
  for (const { find, fits, en, ru } of kinds) {
    for (const [found] of plain.matchAll(find)) {
      const words = found.trim()
      if (!fits(words, plain)) continue
      return [
        {
          check: 'private-data',
          blocks: false,
          reason: {
            en: `It shows ${en}, and everybody can read it there. Take it out or go on in private`,
            ru: `В тексте ${ru}, а прочесть его там сможет каждый. Уберите или продолжите в личных сообщениях`,
          },
          words,
        },
      ]
    }
  }
  return []
}

const digits = (text: string) => text.replace(/\D/g, '')

const kinds: { find: RegExp; fits: (found: string, text: string) => boolean; en: string; ru: string }[] = [
  {
    find: /(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
    fits: (found) =>
      !/^(?:info|support|help|hello|contact|office|service|press|pr|sales|care|feedback|hotline|mail|noreply)\b/i.test(
        found,
      ) && !/^@/.test(found),
    en: 'an e-mail address',
    ru: 'адрес почты',
  },
  {
    find: /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g,
    fits: (found) => isCard(digits(found)),
    en: 'a card number',
    ru: 'номер карты',
  },
  {
    find: /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])/g,
    fits: isIban,
    en: 'an account number',
    ru: 'номер счёта',
  },
  { find: /(?<!\d)4(?:08|2[36])\d{17}(?!\d)/g, fits: () => true, en: 'an account number', ru: 'номер счёта' },
  {
    find: /(?<!\d)\d{3}[- ]?\d{3}[- ]?\d{3}[- ]\d{2}(?!\d)/g,
    fits: (found) => isSnils(digits(found)),
    en: 'a pension insurance number',
    ru: 'номер СНИЛС',
  },
  { find: /(?<!\d)\d{12}(?!\d)/g, fits: isInn, en: 'a tax number of a person', ru: 'ИНН человека' },
  {
    find: /(?<!\d)\d{2} ?\d{2}[ №]{0,3}\d{6}(?!\d)/g,
    fits: (_found, text) => /паспорт|passport/i.test(text),
    en: 'a passport number',
    ru: 'номер паспорта',
  },
  {
    find: /(?<![\d№#])\+?\d[\d \u00a0().-]{8,18}\d(?!\d)/g,
    fits: isTelephone,
    en: 'a telephone number',
    ru: 'номер телефона',
  },
]

function isTelephone(found: string): boolean {
  const number = digits(found)
  // 8 800, +1 800 and their kind are hotlines; a date with a time is as long as a number.
  if (
    /^[78]?80[0-9]\d{7}$|^18(?:00|33|44|55|66|77|88)\d{7}$/.test(number) ||
    /^\d{4}[-.]\d{2}[-.]\d{2}|^\d{2}\.\d{2}\.\d{4}/.test(found)
  )
    return false
  if (number.length < 10 || number.length > 15) return false
  return found.startsWith('+') || /^[78]9\d{9}$/.test(number) || (/[()-]/.test(found) && number.length <= 11)
}

/** Luhn's check digit, ISO/IEC 7812. */
function isCard(number: string): boolean {
  if (number.length < 13 || number.length > 19 || /^0/.test(number)) return false
  const sum = [...number].toReversed().reduce((total, sign, at) => {
    const value = Number(sign) * (at % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** ISO 13616: the first four signs at the end, letters as numbers, and the remainder by 97 is 1. */
function isIban(found: string): boolean {
  const bare = found.replaceAll(' ', '')
  if (bare.length < 15 || bare.length > 34) return false
  const turned = `${bare.slice(4)}${bare.slice(0, 4)}`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return [...turned].reduce((rest, sign) => (rest * 10 + Number(sign)) % 97, 0) === 1
}

/** The last two digits are the sum of the others by their places from the end, by 101. */
function isSnils(number: string): boolean {
  const sum = [...number.slice(0, 9)].reduce((total, sign, at) => total + Number(sign) * (9 - at), 0)
  return number !== '00000000000' && (sum % 101) % 100 === Number(number.slice(9))
}

/** A person's has twelve digits, the last two of which check the others. */
function isInn(number: string): boolean {
  const check = (weights: number[]) =>
    (weights.reduce((sum, weight, at) => sum + weight * Number(number[at]), 0) % 11) % 10
  return (
    check([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(number[10]) &&
    check([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(number[11])
  )
}
