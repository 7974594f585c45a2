import type { Mention } from './mention.ts'

/** What a person may judge otherwise. */
export const judgedFields = ['sentiment', 'stage', 'place'] as const
export type JudgedField = (typeof judgedFields)[number]

/** The columns that hold a field, as the engine names and types them; the first one is what people judge. */
export const judgedColumns = {
  sentiment: {
    sentiment: 'String',
    sentiment_confidence: 'Nullable(Float32)',
    chance_negative: 'Nullable(Float32)',
    chance_positive: 'Nullable(Float32)',
  },
  stage: { stage: 'String', stage_confidence: 'Nullable(Float32)' },
  place: {
    country: 'String',
    region: 'String',
    city: 'String',
    place_from: 'String',
    place_confidence: 'Nullable(Float32)',
  },
} as const satisfies { [field in JudgedField]: { [column: string]: string } }

/** Values of these columns; an empty string is “unknown”. */
export type Standing = { [column: string]: string | number | null }

export function standing(mention: Mention, field: JudgedField): Standing {
  switch (field) {
    case 'sentiment':
      return {
        sentiment: mention.sentiment ?? '',
        sentiment_confidence: mention.sentimentConfidence,
        chance_negative: mention.chanceNegative,
        chance_positive: mention.chancePositive,
      }
    case 'stage':
      return { stage: mention.stage ?? '', stage_confidence: mention.stageConfidence }
    case 'place':
      return {
        country: mention.place?.country ?? '',
        region: mention.place?.region ?? '',
        city: mention.place?.city ?? '',
        place_from: mention.placeFrom ?? '',
        place_confidence: mention.placeConfidence,
      }
  }
}

/** The same when a person says `value`. Whoever names another country says nothing of regions in it. */
export function judgedAs(mention: Mention, field: JudgedField, value: string): Standing {
  switch (field) {
    case 'sentiment':
      return {
        sentiment: value,
        sentiment_confidence: 1,
        chance_negative: value === 'negative' ? 1 : 0,
        chance_positive: value === 'positive' ? 1 : 0,
      }
    case 'stage':
      return { stage: value, stage_confidence: 1 }
    case 'place': {
      const same = mention.place?.country === value
      return {
        country: value,
        region: (same && mention.place?.region) || '',
        city: (same && mention.place?.city) || '',
        place_from: '',
        place_confidence: 1,
      }
    }
  }
}

/** What people judge of a field; null is unknown. */
export function valueOf(mention: Mention, field: JudgedField): string | null {
  return field === 'place' ? (mention.place?.country ?? null) : mention[field]
}
