import { z } from 'zod'
import { barePost } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { absolute, htmlToText } from '../html-to-text.ts'
import type { Wanted } from './wanted.ts'

const Id = z.int().positive()
const Count = z.int().nullish()

/** A question, an answer or a comment: which of them say its numbers. */
export const Said = z.object({
  question_id: Id,
  answer_id: Id.nullish(),
  comment_id: Id.nullish(),
  title: z.string().nullish(),
  body: z.string(),
  creation_date: z.number(),
  link: z.string().nullish(),
  owner: z.object({ user_id: z.int().nullish(), display_name: z.string().nullish() }).nullish(),
  score: Count,
  answer_count: Count,
  view_count: Count,
  tags: z.array(z.string()).nullish(),
})
export type Said = z.infer<typeof Said>

/** Questions with their answers and all comments one after the other, each knowing what it belongs to. */
export function spread(questions: readonly unknown[]): unknown[] {
  return questions.flatMap((question) => {
    const { question_id, answers, comments } = partsOf(question)
    return [
      question,
      ...comments.map((comment) => ({ ...asObject(comment), question_id })),
      ...answers.flatMap((answer) => {
        const { answer_id, comments: below } = partsOf(answer)
        return [
          { ...asObject(answer), question_id },
          ...below.map((comment) => ({ ...asObject(comment), question_id, answer_id })),
        ]
      }),
    ]
  })
}

/** One of them as a post. A score below zero is no number of likes. */
export function saidToPost(said: Said, wanted: Wanted, now: Date): Mapped {
  const question = `stackexchange:${wanted.site}/question/${said.question_id}`
  const answer = said.answer_id == null ? null : `stackexchange:${wanted.site}/answer/${said.answer_id}`
  const comment = said.comment_id == null ? null : `stackexchange:${wanted.site}/comment/${said.comment_id}`
  const url = absolute(said.link ?? '', null) ?? addressOf(said, wanted.site)
  const { text, links, has, images } = htmlToText(said.body, url)
  const title = said.title == null ? null : htmlToText(said.title).text || null
  if (text === '' && title === null) return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(said.creation_date, now)
  const name = htmlToText(said.owner?.display_name ?? '').text || null
  return {
    post: barePost({
      id: comment ?? answer ?? question,
      platform: 'stackexchange',
      source: wanted.site,
      media: 'forum',
      kind: comment !== null ? 'comment' : answer !== null ? 'reply' : 'question',
      url,
      title,
      text: text || (title ?? ''),
      postedAt,
      // Whoever has left the site has a name and no number.
      author:
        said.owner?.user_id == null
          ? null
          : {
              id: `${wanted.site}/${said.owner.user_id}`,
              name,
              handle: null,
              bio: null,
              followers: null,
              verified: null,
            },
      likes: said.score != null && said.score >= 0 ? said.score : null,
      comments: said.answer_count != null && said.answer_count >= 0 ? said.answer_count : null,
      views: said.view_count != null && said.view_count >= 0 ? said.view_count : null,
      parent: comment !== null ? (answer ?? question) : answer !== null ? question : null,
      root: comment !== null || answer !== null ? question : null,
      links,
      has,
      images,
      tags: said.tags ?? [],
    }),
    problems,
  }
}

function addressOf({ question_id: question, answer_id: answer, comment_id: comment }: Said, site: string): string {
  if (comment != null) return `https://${site}/questions/${question}#comment${comment}_${answer ?? question}`
  return answer == null ? `https://${site}/questions/${question}` : `https://${site}/a/${answer}`
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : { broken: value }
}

function partsOf(value: unknown): {
  question_id: unknown
  answer_id: unknown
  answers: unknown[]
  comments: unknown[]
} {
  const whole = asObject(value) as { [name: string]: unknown }
  const listOf = (name: string): unknown[] => (Array.isArray(whole[name]) ? whole[name] : [])
  return {
    question_id: whole['question_id'],
    answer_id: whole['answer_id'],
    answers: listOf('answers'),
    comments: listOf('comments'),
  }
}
