import { readRows } from './read-rows.ts'

/** What a Russian tweet says of a bank or a telephone company. */
export type SentiruevalRow = {
  domain: 'banks' | 'telecom'
  year: 2015 | 2016
  label: string
  entity: string
  text: string
}

/**
 * antongolubev5/Targeted-SA-for-Russian-Datasets at 3fd381e1: the training parts. Most tweets of 2015 stand in 2016 again.
 */
export function readSentirueval(): SentiruevalRow[] {
  return (['banks', 'telecom'] as const).flatMap((domain) => [
    ...read(`2016_${domain}.train`, domain, 2016),
    ...read(`2015_${domain}.train`, domain, 2015),
    ...read(`2015_${domain}.test_public`, domain, 2015),
  ])
}

function read(file: string, domain: SentiruevalRow['domain'], year: SentiruevalRow['year']): SentiruevalRow[] {
  return readRows<'label' | 'entity' | 'text'>(`sentirueval/${file}.tsv.gz`).map(({ label, entity, text }) => ({
    domain,
    year,
    label,
    entity,
    text,
  }))
}
