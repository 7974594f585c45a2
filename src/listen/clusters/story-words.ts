import { join } from 'node:path'
import { readModel } from '../../base/learn/model-file.ts'
import type { Analysis } from '../../base/text/analyse.ts'
import { hashOf } from '../../base/text/hash.ts'
import { mixed } from './prints.ts'

/** Words of a post by their hash, each with its share of what the post is about; the squares of the shares add up to 1. */
export type StoryWords = Map<number, number>

/**
 * What a post is about: its words without their endings, rare ones more than frequent ones, the title more than the first
 * sentences, those more than the rest. Empty when it has no words.
 */
export function storyWords(analysis: Analysis): StoryWords {
  const counts = new Map<number, number>()
  for (const [token, word] of analysis.words.entries()) {
    const position = analysis.positions[token]!
    if (word.width > 1 || !/^[\p{L}\p{N}]+$/u.test(word.folded)) continue
    const isTitle = token < analysis.textToken
    const weight = isTitle ? titleWeight : weightAt(position - analysis.textPosition)
    const key = keyOf(word.stems[0] ?? word.folded)
    if (weight > 0) counts.set(key, (counts.get(key) ?? 0) + weight)
  }
  let squares = 0
  for (const [key, count] of counts) {
    const share = Math.log(1 + count) * rarity(key)
    counts.set(key, share)
    squares += share * share
  }
  for (const [key, share] of counts) counts.set(key, share / Math.sqrt(squares))
  return counts
}

/** Under which a stem or a word without stems is counted; its upper bits are its place in the table of rarities. */
export function keyOf(stem: string): number {
  return mixed(hashOf(stem)) >>> 0
}

const titleWeight = 2

function weightAt(word: number): number {
  return word < 30 ? 1.5 : word < 120 ? 1 : word < 400 ? 0.4 : 0
}

let rarities: Uint8Array | null = null

/** The logarithm of how many posts there are for one with the word (inverse document frequency). */
function rarity(key: number): number {
  rarities ??= readModel(storyModelPath, 'story').arrays['rarities'] as Uint8Array
  return rarities[key >>> (32 - rarityBits)]! / rarityStep
}

export const storyModelPath = join(import.meta.dirname, '../../../models/story.all.model')
export const rarityBits = 16
/** Rarities are kept in sixteenths. */
export const rarityStep = 16
