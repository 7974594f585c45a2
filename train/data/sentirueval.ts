import { readRows } from './read-rows.ts'

/** What a Russian tweet says of a bank or a telephone company. */
export type SentiruevalRow = {
  domain: 'banks' | 'telecom'
  part: '2015 train' | '2015 test' | '2016 train'
  label: string
  entity: string
  text: string
}

/**
 * antongolubev5/Targeted-SA-for-Russian-Datasets at 3fd381e1: the training parts. The tweets of 2016 are those of both parts
 * of 2015, but for some dozens. By the days that tweets name, the test part of 2015 is of the winter of 2013 and 2014 and the
 * training part of July and August 2014: not one of the 8,785 tweets of the test part speaks of sanctions or the Crimea.
 */
export function readSentirueval(): SentiruevalRow[] {
  return (['banks', 'telecom'] as const).flatMap((domain) => [
    ...read(`2016_${domain}.train`, domain, '2016 train'),
    ...read(`2015_${domain}.train`, domain, '2015 train'),
    ...read(`2015_${domain}.test_public`, domain, '2015 test'),
  ])
}

function read(file: string, domain: SentiruevalRow['domain'], part: SentiruevalRow['part']): SentiruevalRow[] {
  return readRows<'label' | 'entity' | 'text'>(`sentirueval/${file}.tsv.gz`).map(({ label, entity, text }) => ({
    domain,
    part,
    label,
    entity,
    text,
  }))
}
