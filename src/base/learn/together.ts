import { together, words, type Bag } from './bag.ts'

/** Beyond these the pairs would drown all else, and a long text says what it is about without them. */
const mostWords = 32

/**
 * Adds any two different words among the first 32 of the text, in whatever order they stand: "card … not arrived" is one
 * thing however it is put. For short texts of many classes, where a separator of single words is not enough.
 */
export function addTogether(bag: Bag): Bag {
  const some = [...new Set(bag.featuresOf(words).subarray(0, mostWords))].sort((a, b) => a - b)
  for (let i = 0; i < some.length; i++)
    for (let j = i + 1; j < some.length; j++)
      bag.add(Math.imul(Math.imul(some[i]!, 0x85ebca6b) ^ some[j]! ^ 0x2c1b3c6d, 0x9e3779b1))
  bag.endFamily(together)
  return bag
}
