/**
 * The posts that new ones are compared with, numbered from 1 in the order they came. They stand in blocks, and the oldest
 * block is forgotten as a whole, so memory is bounded.
 */
export class PostLog {
  #blocks: Block[] = []
  /** The number of the first block that is still known. */
  #first = 0
  #next = 1
  readonly #mostBlocks: number

  constructor(mostPosts: number) {
    this.#mostBlocks = Math.max(1, Math.ceil(mostPosts / blockPosts))
  }

  get bytes(): number {
    return this.#blocks.reduce((sum, block) => sum + blockPosts * 29 + block.names.length, 0)
  }

  /** The block of the post, which stands in it at `inBlock(post)`; null when it is forgotten. */
  blockOf(post: number): Block | null {
    return this.#blocks[(post >>> blockBits) - this.#first] ?? null
  }

  /** The number of a new post in a cluster of this name; the caller fills the other columns. */
  add(name: string): number {
    const post = this.#next++
    if ((post >>> blockBits) - this.#first === this.#blocks.length) {
      this.#blocks.push(makeBlock())
      if (this.#blocks.length > this.#mostBlocks) {
        this.#blocks.shift()
        this.#first++
      }
    }
    const block = this.#blocks.at(-1)!
    const start = nameStart(block, inBlock(post))
    const end = start + Buffer.byteLength(name)
    if (end > block.names.length) {
      const wider = Buffer.alloc(Math.max(end, Math.ceil(block.names.length * 1.5)))
      block.names.copy(wider)
      block.names = wider
    }
    block.names.write(name, start)
    block.nameEnds[inBlock(post)] = end
    return post
  }

  /** The name of the post's cluster. */
  name(post: number): string {
    const block = this.blockOf(post)!
    return block.names.toString('utf8', nameStart(block, inBlock(post)), block.nameEnds[inBlock(post)]!)
  }
}

export function inBlock(post: number): number {
  return post & (blockPosts - 1)
}

function nameStart(block: Block, place: number): number {
  return place === 0 ? 0 : block.nameEnds[place - 1]!
}

export type Block = ReturnType<typeof makeBlock>

function makeBlock() {
  return {
    /** Minutes since 1970. */
    minutes: new Int32Array(blockPosts),
    /** Hashes: of the name of the cluster, of the post's own id, of all words. */
    cluster: new Int32Array(blockPosts),
    id: new Int32Array(blockPosts),
    whole: new Int32Array(blockPosts),
    /** One bit of 32 for each number in the text. */
    numbers: new Int32Array(blockPosts),
    words: new Uint16Array(blockPosts),
    /** How many of its rows are in the table: those that say something of it, whose hash ends with `level` zeros. */
    rows: new Uint16Array(blockPosts),
    level: new Uint8Array(blockPosts),
    nameEnds: new Int32Array(blockPosts),
    names: Buffer.alloc(blockPosts * 16),
  }
}

const blockBits = 14
const blockPosts = 2 ** blockBits
