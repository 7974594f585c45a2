import { readRows } from './read-rows.ts'

/** cbaziotis/datastories-semeval2017-task4 at faeee5fd: English tweets of 2012 to 2016; `part` is year and split. */
export function readSemevalTweets(): { part: string; label: string; text: string }[] {
  return readRows<'part' | 'label' | 'text'>('semeval2017-task4/A.train.tsv.gz')
}

/** Tweets with what they say of a topic: on two points and, in `CE`, on five, read here as three. */
export function readSemevalTopics(): { topic: string; label: string; text: string }[] {
  const two = readRows<'topic' | 'label' | 'text'>('semeval2017-task4/BD.train.tsv.gz')
  const five = readRows<'topic' | 'label' | 'text'>('semeval2017-task4/CE.train.tsv.gz')
  return [
    // Neutral tweets are in one of its parts only, and the five points have them.
    ...two.filter(({ label }) => label === 'positive' || label === 'negative'),
    ...five.map((row) => ({ ...row, label: ofFive(Number(row.label)) })),
  ]
}

function ofFive(points: number): string {
  return points < 0 ? 'negative' : points > 0 ? 'positive' : 'neutral'
}
