import type { StoryWords } from './story-words.ts'

/**
 * Groups posts about one event as they come in, told in words of their own. A post joins the story whose posts are on
 * average the most like it; the average, because one post between two stories must not make one of them.
 */
export class Stories {
  #stories: Story[] = []
  // By word: the stories that have it, with the sum of its shares in their posts.
  #withWord = new Map<number, Map<Story, number>>()
  #ofPost = new Map<string, Story>()

  /** The name of the post's story: the id of its first post. `copyOf`: a post whose words these are, with its story. */
  place(words: StoryWords, { id, at }: { id: string; at: Date }, copyOf: string): string {
    const known = this.#ofPost.get(id)
    if (known) return known.name
    const story = this.#ofPost.get(copyOf) ?? this.#mostAlike(words, at) ?? this.#begin(id)
    story.posts++
    story.lastAt = at
    this.#ofPost.set(id, story)
    for (const [word, share] of words) {
      let stories = this.#withWord.get(word)
      if (!stories) this.#withWord.set(word, (stories = new Map()))
      stories.set(story, (stories.get(story) ?? 0) + share)
    }
    return story.name
  }

  #mostAlike(words: StoryWords, at: Date): Story | null {
    const sums = new Map<Story, number>()
    for (const [word, share] of words)
      for (const [story, its] of this.#withWord.get(word) ?? []) sums.set(story, (sums.get(story) ?? 0) + share * its)
    let best: Story | null = null
    let bestLikeness = alikeEnough
    for (const [story, sum] of sums) {
      if (sum / story.posts < bestLikeness || Math.abs(at.getTime() - story.lastAt.getTime()) > windowMs) continue
      best = story
      bestLikeness = sum / story.posts
    }
    return best
  }

  #begin(name: string): Story {
    const story = { name, posts: 0, lastAt: new Date(0) }
    if (this.#stories.push(story) > mostStories) this.#forget(this.#stories.splice(0, mostStories / 2))
    return story
  }

  #forget(stories: Story[]): void {
    const forgotten = new Set(stories)
    for (const [id, story] of this.#ofPost) if (forgotten.has(story)) this.#ofPost.delete(id)
    for (const [word, having] of this.#withWord) {
      for (const story of having.keys()) if (forgotten.has(story)) having.delete(story)
      if (having.size === 0) this.#withWord.delete(word)
    }
  }
}

type Story = { name: string; posts: number; lastAt: Date }

// Set on pairs of articles (docs/measured/clusters.md).
const alikeEnough = 0.36
const windowMs = 7 * 86_400_000
const mostStories = 20_000
