import { readRows } from './read-rows.ts'

/** A review in Kazakh, often with Russian words, and whether it praises. */
export type KazsandraRow = { id: string; domain: string; label: 'negative' | 'neutral' | 'positive'; text: string }

/** IS2AI/KazSAnDRA at d769cf7f: as many reviews that praise as that blame. */
export function readKazsandraEven(): KazsandraRow[] {
  return readPolarity('train_rus')
}

/** As reviews are in life: four of five praise. */
export function readKazsandraInLife(): KazsandraRow[] {
  return readPolarity('valid')
}

/** Reviews with stars; three stars are neither praise nor blame. As many of each number. */
export function readKazsandraStarsEven(): KazsandraRow[] {
  return readStars('train_rus')
}

/** As they are in life: hardly one in twenty has three stars. */
export function readKazsandraStarsInLife(): KazsandraRow[] {
  return readStars('valid')
}

function readStars(part: string): KazsandraRow[] {
  return readRows<Column>(`kazsandra/sc.${part}.tsv.gz`).map(({ custom_id, domain, label, text }) => ({
    id: custom_id,
    domain,
    label: Number(label) < 2 ? 'negative' : label === '2' ? 'neutral' : 'positive',
    text,
  }))
}

type Column = 'custom_id' | 'domain' | 'label' | 'text'

function readPolarity(part: string): KazsandraRow[] {
  return readRows<Column>(`kazsandra/pc.${part}.tsv.gz`).map(({ custom_id, domain, label, text }) => ({
    id: custom_id,
    domain,
    label: label === '1' ? 'positive' : 'negative',
    text,
  }))
}
