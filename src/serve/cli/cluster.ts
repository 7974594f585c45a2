import { analysePost } from '../../base/text/analyse.ts'
import { Copies } from '../../listen/clusters/copies.ts'
import { Prints } from '../../listen/clusters/prints.ts'
import { Stories } from '../../listen/clusters/stories.ts'
import { storyWords } from '../../listen/clusters/story-words.ts'
import type { Post } from '../../listen/posts/post.ts'
import { settle } from './arriving.ts'
import { oneOf, type Command } from './command.ts'
import { filterLines, strictOption } from './filter.ts'
import { readPostLine } from './post-line.ts'

const mostPosts = 2_000_000

export const cluster: Command = {
  name: 'cluster',
  operands: '[POSTS]',
  operandCount: { least: 0, most: 1 },
  summary: {
    en: 'Groups copies of one text, and articles on one story, under the id of the first',
    ru: 'Собирает копии одного текста и статьи об одном событии под id первой записи',
  },
  options: {
    by: {
      type: 'string',
      value: 'copy|story|either',
      help: {
        en: 'copy: the same text; story: one event in any words; either: story for posts with a title, copy for the rest (either)',
        ru: 'copy — тот же текст; story — одно событие любыми словами; either — story для записей с заголовком, copy для прочих (either)',
      },
    },
    ...strictOption,
  },
  run: async (call) => {
    const by = oneOf(call, 'by', ['copy', 'story', 'either'], 'either')
    const place = clusterer((post) => by === 'story' || (by === 'either' && post.title !== null))
    return filterLines(call, readPostLine, ({ id, post }) => ({ id, cluster: place(id, post) }))
  },
}

/** Knows only the posts before. A post without a time is of the time of the one before it. */
function clusterer(hasStory: (post: Post) => boolean): (id: Id, post: Post) => Id {
  const copies = new Copies(mostPosts)
  const stories = new Stories()
  const prints = new Prints()
  let lastAt = new Date(0)
  return (id, post) => {
    if (hasStory(post)) settle(post, 'forms')
    const analysis = analysePost(post)
    // As it stands in the line: 7 and "7" are two ids, and the answer is of the same kind.
    const arrival = { id: JSON.stringify(id), at: post.postedAt ?? lastAt, scope: 0 }
    lastAt = arrival.at
    prints.read(analysis)
    const copyOf = copies.place(prints, arrival)
    const name = hasStory(post) ? stories.place(storyWords(analysis), arrival, copyOf) : copyOf
    return JSON.parse(name) as Id
  }
}

type Id = string | number
