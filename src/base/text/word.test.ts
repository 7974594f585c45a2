import { expect, test } from 'vitest'
import { analyse, numbersOf, type Analysis } from './analyse.ts'
import { NumberPerWord, NumbersPerWord, wordNumbers } from './word.ts'

test('what readers know of words stays right while words are added, and after their numbers began anew', () => {
  let found = 0
  const length = new NumberPerWord(({ folded }) => {
    found++
    return folded.length
  })
  // So many columns that they do not fit beside the others.
  const letters = new NumbersPerWord(12, ({ folded }, into, at) => {
    for (let i = 0; i < 12; i++) into[at + i] = i === 0 ? 1 : folded.charCodeAt(i) || -1
  })
  const check = (analysis: Analysis) => {
    for (const [token, number] of numbersOf(analysis).entries()) {
      const { folded } = analysis.words[token]!
      if (length.of(number) !== folded.length) throw new Error(`the length of ${folded}`)
      const at = letters.at(number)
      for (let i = 1; i < 12; i++)
        if (letters.numbers[at + i] !== (folded.charCodeAt(i) || -1)) throw new Error(`letter ${i} of ${folded}`)
    }
  }
  const first = analyse('alpha beta gamma', { mode: 'plain' })
  check(first)
  const { time } = wordNumbers
  let words = 0
  while (wordNumbers.time === time) {
    const some = analyse(Array.from({ length: 10_000 }, () => `w${words++}`).join(' '), { mode: 'plain' })
    check(some)
    check(first)
  }
  // Each word is found out about once in each time; the three of the first text in both.
  expect(found).toBe(words + 3 + 3)
  check(first)
  expect(found).toBe(words + 6)
})
