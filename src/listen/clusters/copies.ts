import { hashSeed, hashStep } from '../../base/text/hash.ts'
import { alike, type Comparison } from './alike.ts'
import { inBlock, PostLog, type Block } from './post-log.ts'
import { mixed, type Prints } from './prints.ts'
import { often, RowTable } from './row-table.ts'
import { Votes } from './votes.ts'

/** What is known of a post besides its words. */
export type Arrival = {
  id: string
  at: Date
  /** Only posts of one scope are compared. */
  scope: number
}

/**
 * Finds copies of one text as they come in: the same words, also cut to their beginning, extended, or with some of them
 * swapped, within 30 days of the copy before. Their cluster is named after the first that came in, and keeps its name when
 * an older one comes in later: which was posted first is a question to the times of its posts. What is known of the last
 * `mostPosts` posts takes about 200 bytes each.
 */
export class Copies {
  readonly #posts: PostLog
  readonly #table: RowTable
  readonly #votes = new Votes()
  // Of the present text, how many rows end with at least so many zeros.
  readonly #mine = new Int32Array(levels)

  constructor(mostPosts: number) {
    this.#posts = new PostLog(mostPosts)
    this.#table = new RowTable(mostPosts * 16)
  }

  get bytes(): number {
    return this.#posts.bytes + this.#table.bytes
  }

  /**
   * The name of the post's cluster, its own id when it is the first. A post that was here already keeps its cluster. Short
   * texts say the same by chance and stand alone.
   */
  place(prints: Prints, arrival: Arrival): string {
    const { id, scope } = arrival
    const known = this.#exactly(idRow(id, scope), 'id', idHash(id))
    if (known !== 0) return this.#posts.name(known)
    if (prints.letters < enoughLetters) return id
    const minutes = minutesOf(arrival.at)
    const original = this.#same(prints, scope, minutes) || this.#nearest(prints, scope, minutes)
    const name = original === 0 ? id : this.#posts.name(original)
    this.#keep(prints, arrival, name)
    return name
  }

  /** Whether the post is kept; short texts never are. */
  knows(id: string, scope: number): boolean {
    return this.#exactly(idRow(id, scope), 'id', idHash(id)) !== 0
  }

  /** Takes in a post whose cluster is settled; one that is here already keeps its own. */
  restore(prints: Prints, arrival: Arrival, cluster: string): void {
    if (!this.knows(arrival.id, arrival.scope)) this.#keep(prints, arrival, cluster)
  }

  #same(prints: Prints, scope: number, minutes: number): number {
    const post = this.#exactly(wholeRow(prints, scope), 'whole', prints.whole2)
    return post !== 0 && this.#minutesApart(post, minutes) <= windowMinutes ? post : 0
  }

  /** The post under this row whose second hash agrees too; 0 when there is none. */
  #exactly(row: number, column: 'id' | 'whole', hash: number): number {
    const place = this.#table.find(row)
    if (place < 0) return 0
    const post = this.#table.postAt(place)
    const block = this.#posts.blockOf(post)
    return block !== null && block[column][inBlock(post)] === hash ? post : 0
  }

  #minutesApart(post: number, minutes: number): number {
    return Math.abs(this.#posts.blockOf(post)!.minutes[inBlock(post)]! - minutes)
  }

  #nearest(prints: Prints, scope: number, minutes: number): number {
    this.#countVotes(prints, scope, minutes)
    const votes = this.#votes
    let best = 0
    let bestScore = 0
    for (let index = 0; index < votes.count; index++) {
      const post = votes.posts[index]!
      const block = this.#posts.blockOf(post)!
      const score = alike(this.#compare(prints, minutes, block, inBlock(post), index))
      if (score > bestScore || (score === bestScore && score > 0 && post < best)) [best, bestScore] = [post, score]
    }
    return best
  }

  #countVotes(prints: Prints, scope: number, minutes: number): void {
    const table = this.#table
    this.#votes.clear()
    this.#mine.fill(0)
    for (let i = 0; i < prints.count; i++) {
      const row = prints.rows[i]! ^ scope
      const place = table.find(row)
      if (place >= 0 && table.changesAt(place) === often) continue
      this.#mine[zerosOf(row)]!++
      if (place < 0) continue
      const post = table.postAt(place)
      const block = this.#posts.blockOf(post)
      if (block === null || this.#minutesApart(post, minutes) > windowMinutes) continue
      const itsWords = block.words[inBlock(post)]!
      const inHead =
        itsWords > prints.words ? table.wordAt(place) <= headOf(prints.words) : prints.places[i]! <= headOf(itsWords)
      this.#votes.add(post, prints.places[i]!, inHead)
    }
    for (let level = levels - 2; level >= 0; level--) this.#mine[level]! += this.#mine[level + 1]!
  }

  #compare(prints: Prints, minutes: number, block: Block, place: number, index: number): Comparison {
    const isShorter = prints.words <= block.words[place]!
    return {
      shared: this.#votes.votes(index),
      sharedInHead: this.#votes.heads(index),
      sharedFrom: this.#votes.first(index) / prints.words,
      mine: this.#mine[block.level[place]!]!,
      its: block.rows[place]!,
      shortNumbers: isShorter ? prints.numbers : block.numbers[place]!,
      longNumbers: isShorter ? block.numbers[place]! : prints.numbers,
      minutesApart: Math.abs(block.minutes[place]! - minutes),
    }
  }

  #keep(prints: Prints, { id, at, scope }: Arrival, name: string): void {
    const table = this.#table
    const post = this.#posts.add(name)
    const block = this.#posts.blockOf(post)!
    const place = inBlock(post)
    const cluster = idHash(name)
    const level = levelOf(prints.words)
    const mask = (1 << level) - 1
    let kept = 0
    for (let i = 0; i < prints.count; i++) {
      const row = prints.rows[i]! ^ scope
      if ((row & mask) !== 0) continue
      const there = table.find(row)
      const changes = there < 0 ? 0 : table.changesAt(there) + (this.#isOf(table.postAt(there), cluster) ? 0 : 1)
      table.set(row, there, post, prints.places[i]!, changes)
      if (changes < often) kept++
    }
    for (const row of [idRow(id, scope), wholeRow(prints, scope)]) table.set(row, table.find(row), post)
    block.minutes[place] = minutesOf(at)
    block.cluster[place] = cluster
    block.id[place] = idHash(id)
    block.whole[place] = prints.whole2
    block.numbers[place] = prints.numbers
    block.words[place] = prints.words
    block.rows[place] = kept
    block.level[place] = level
  }

  // A forgotten post counts as of the same cluster: nothing is known against it.
  #isOf(post: number, cluster: number): boolean {
    const block = this.#posts.blockOf(post)
    return block === null || block.cluster[inBlock(post)] === cluster
  }
}

/** Of a text of so many words, the rows are kept whose hash ends with so many zeros: all, each second, fourth, … */
export function levelOf(words: number): number {
  return words <= 40 ? 0 : words <= 96 ? 1 : words <= 288 ? 2 : words <= 1024 ? 3 : 4
}

const levels = 5
const enoughLetters = 24
const windowMinutes = 30 * 24 * 60

function zerosOf(row: number): number {
  return (row & 15) === 0 ? 4 : 31 - Math.clz32(row & -row)
}

/** Where the beginning of a text ends that is compared with one of so many words. */
function headOf(words: number): number {
  return words * 1.3 + 4
}

function minutesOf(at: Date): number {
  return Math.floor(at.getTime() / 60_000)
}

// Ids and whole texts stand in the table of rows under numbers of their own.
function idRow(id: string, scope: number): number {
  let hash = hashSeed
  for (let i = 0; i < id.length; i++) hash = hashStep(hash, id.charCodeAt(i))
  return mixed(hash ^ 0x3c6ef372) ^ scope
}

function wholeRow(prints: Prints, scope: number): number {
  return mixed(prints.whole ^ 0x2545f491) ^ scope
}

function idHash(id: string): number {
  let hash = 7
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0
  return hash
}
