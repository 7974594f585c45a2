import { expect, test } from 'vitest'
import { wrote } from '../../../test/written.ts'
import type { Author } from '../../listen/posts/post.ts'
import { gatherEvidence, type Known } from './evidence.ts'
import { judgeRole } from './role.ts'

const topics = [
  { name: 'Филин Банк', group: 'банки' },
  { name: 'Гранат Банк', group: 'банки' },
]
const somebody: Author = { id: 'vk:1', name: 'Анна', handle: 'anna', bio: null, followers: 300, verified: null }

function judge(author: Partial<Author>, written: Known['written'], copies = { texts: 0, copied: 0 }) {
  return judgeRole(gatherEvidence({ authors: [{ ...somebody, ...author }], written, copies, topics }))
}

test('somebody who rated and asked for help is likely a customer, with the reasons', () => {
  const found = judge({}, [wrote(1, { kind: 'review', rating: 2 }), wrote(2, { stage: 'support', ticket: 7 })])
  expect(found.role).toBe('customer')
  expect(found.evidence.map(({ key }) => key)).toEqual(['reviews', 'own-experience', 'tickets'])
})

test('words of the profile and articles speak for a journalist, in several languages', () => {
  for (const bio of ['Корреспондент деловой газеты', 'giornalista economica', 'Журналістка', 'тілші, Алматы'])
    expect(judge({ bio }, []).role, bio).toBe('journalist')
  expect(
    judge({}, [wrote(1, { kind: 'article', media: 'news' }), wrote(2, { kind: 'article', media: 'news' })]).role,
  ).toBe('journalist')
})

test('who is called like what we watch, or names it beside an office, speaks for it', () => {
  expect(judge({ name: 'Филин Банк', verified: true, followers: 50_000 }, []).role).toBe('employee')
  expect(judge({ bio: 'розница и приложение в Филине', verified: true }, [])).toMatchObject({ role: 'employee' })
  expect(judge({ bio: 'люблю слушать филина ночью' }, []).role).toBeNull()
  expect(judge({ bio: 'Банк — это не для меня' }, []).evidence).toEqual([])
})

test('what a bank answers to its customers makes no customer of it', () => {
  const answers = [1, 2, 3].map((day) => wrote(day, { kind: 'reply', stage: 'support', verified: true }))
  expect(judge({ name: 'Филин Банк', verified: true, followers: 50_000 }, answers).role).toBe('employee')
  expect(judge({}, [wrote(1, { kind: 'reply', stage: 'support' })]).evidence).toHaveLength(1)
})

test('a shop says that it sells and how to reach it', () => {
  expect(judge({ bio: 'Шью игрушки на заказ, пишите в личку' }, []).role).toBe('business')
  expect(judge({ bio: 'люблю сериалы и истории' }, []).evidence).toEqual([])
})

test('copies written minute after minute look like a bot, and a verified account less so', () => {
  const burst = Array.from({ length: 12 }, (_, n) => wrote(n / 1440))
  expect(judge({}, burst, { texts: 12, copied: 8 }).role).toBe('bot-like')
  expect(judge({ verified: true }, burst, { texts: 12, copied: 3 }).role).toBeNull()
  expect(judge({ handle: 'sveta_8841', followers: 3 }, [wrote(1)]).role).toBeNull()
})

test('weak evidence, or two roles alike, is unknown', () => {
  expect(judge({ followers: 20_000 }, [wrote(1)]).role).toBeNull()
  const both = judge({ bio: 'журналист' }, [wrote(1, { rating: 5 })])
  expect(both.points).toMatchObject({ journalist: 3, customer: 3 })
  expect(both.role).toBeNull()
})
