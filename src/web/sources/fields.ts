import type { TFunction } from 'i18next'

/** The fields of a mention in the order in which people look for them. A field not listed here is shown by its code. */
export const fieldGroups = [
  { group: 'what', fields: ['text', 'title', 'posted_at', 'url', 'id', 'lang', 'kind', 'tags', 'rating'] },
  { group: 'where', fields: ['platform', 'source', 'site', 'media', 'parent', 'root'] },
  {
    group: 'author',
    fields: ['author.name', 'author.handle', 'author.id', 'author.followers', 'author.bio', 'author.verified'],
  },
  { group: 'numbers', fields: ['likes', 'shares', 'comments', 'views'] },
  { group: 'more', fields: ['place.country', 'place.region', 'place.city', 'links', 'has', 'images'] },
] as const

type Known = (typeof fieldGroups)[number]['fields'][number]
type Plain<Name extends string> = Name extends `${infer Before}.${infer After}` ? `${Before}_${After}` : Name

const all: readonly Known[] = fieldGroups.flatMap(({ fields }) => fields)

export function fieldName(t: TFunction, code: string): string {
  const known = all.find((one) => one === code)
  // A dot divides the keys of the dictionary, so a field is written there with an underscore.
  return known === undefined ? code : t(`sources.field_${known.replace('.', '_') as Plain<Known>}`)
}

export function isKnownField(code: string): boolean {
  return all.some((one) => one === code)
}
