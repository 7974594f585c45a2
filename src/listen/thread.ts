import { parentPort, workerData } from 'node:worker_threads'
import { must } from '../base/errors.ts'
import { createCategories, type CategoryChange } from './categories/project-categories.ts'
import type { Memory } from './match/memory.ts'
import { PageWriter } from './mentions/page.ts'
import { understand, type Circumstances } from './pipeline.ts'
import type { Post } from './posts/post.ts'
import { createTopicMatcher, type TopicChange } from './topics/topic-matcher.ts'

// One thread that takes pages through the steps. Changes of topics and categories come in the order in which they were made.
type Page = { turn: number; posts: Post[]; circumstances: Circumstances }
type Message =
  | { change: TopicChange }
  | { learnt: CategoryChange }
  | Page
  /** The page of this turn is saved. */
  | { kept: number }

const port = must(parentPort, 'thread that started this one')
const topics = createTopicMatcher(workerData as Memory)
const categories = createCategories()
const engine = {}
const mentions = new PageWriter(engine)
const archive = new PageWriter(engine)
const saving = new Map<number, () => void>()

port.on('message', (message: Message) => {
  if ('change' in message) topics.take(message.change)
  else if ('learnt' in message) categories.take(message.learnt)
  else if ('kept' in message) {
    saving.get(message.kept)?.()
    saving.delete(message.kept)
  } else answer(message)
})

function answer({ turn, posts, circumstances }: Page): void {
  try {
    const { understood, kept } = understand(posts, { ...circumstances, topics, categories, mentions, archive })
    saving.set(turn, kept)
    const pages = [understood.mentions, understood.archive].map(({ rows }) => rows.bytes.buffer)
    const prints = new Set(understood.prints.map((post) => post.prints.buffer as ArrayBuffer))
    port.postMessage({ turn, understood }, [...pages, ...prints])
  } catch (error) {
    port.postMessage({ turn, understood: null, error: error instanceof Error ? error.stack : String(error) })
  }
}
