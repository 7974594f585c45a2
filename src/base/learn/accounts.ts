import { hashStep } from '../text/hash.ts'
import { wordNumbers } from '../text/word.ts'
import { accounts, type Bag } from './bag.ts'
import { finish, name, wordFeatures } from './word-features.ts'

/** A text that calls more accounts speaks to nobody. */
const mostNames = 4
const mostLetters = 30
const shortest = 3
const longest = 5

/**
 * Adds the pieces of the names of accounts, three to five letters between two borders: to whom a post speaks, a help desk or a
 * friend, shows in the name. Other models take all accounts for one word.
 */
export function addAccounts(bag: Bag): Bag {
  let found = 0
  for (let i = 0; i < bag.wordCount && found < mostNames; i++) {
    const number = bag.words[i]!
    if ((wordFeatures.kindsOf(number) & name) === 0) continue
    found++
    addPieces(bag, wordNumbers.words[number]!.folded)
  }
  bag.endFamily(accounts)
  return bag
}

/** Its first sign, `@`, is the border before it, and a space the one behind. */
function addPieces(bag: Bag, account: string): void {
  const end = Math.min(account.length, mostLetters)
  for (let from = 0; from <= end; from++) {
    let hash = seed
    for (let i = from; i <= end && i < from + longest; i++) {
      hash = hashStep(hash, i === end ? border : account.charCodeAt(i))
      if (i - from + 1 >= shortest) bag.add(finish(hash))
    }
  }
}

const seed = 0x1f83d9ab
const border = 32
