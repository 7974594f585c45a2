import type { ComparedTopic, Words } from './measure.ts'

export const shareOfVoiceWords: Words = {
  en: 'Share of voice: mentions of the topic ÷ the sum of the mentions of all topics of its group, near-duplicates counted once per topic. The shares of a group add up to 100 %. Unknown when the group was not mentioned.',
  ru: 'Доля голоса: упоминания темы ÷ сумма упоминаний всех тем её группы, почти одинаковые тексты считаются один раз в каждой теме. Доли группы дают в сумме 100 %. Неизвестна, если группу не упоминали.',
}

export type ShareOfVoice = { topic: number; name: string; group: string | null; count: number; share: number | null }

/**
 * `uniqueOf` holds, for each topic, its mentions with near-duplicates counted once. Topics without a group are
 * compared with each other.
 */
export function shareOfVoice(topics: ComparedTopic[], uniqueOf: Map<number, number>): ShareOfVoice[] {
  const groups = new Map<string | null, number>()
  for (const topic of topics) groups.set(topic.group, (groups.get(topic.group) ?? 0) + (uniqueOf.get(topic.id) ?? 0))
  return topics.map(({ id, name, group }) => {
    const count = uniqueOf.get(id) ?? 0
    const ofGroup = groups.get(group) ?? 0
    return { topic: id, name, group, count, share: ofGroup === 0 ? null : count / ofGroup }
  })
}
