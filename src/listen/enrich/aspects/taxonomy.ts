/** What people praise and blame, in any business; a project's own terms come on top (discover.ts). */
export const aspects = {
  price: 'functional',
  terms: 'functional',
  quality: 'functional',
  performance: 'functional',
  speed: 'functional',
  delivery: 'functional',
  service: 'functional',
  staff: 'emotional',
  support: 'functional',
  app: 'functional',
  connection: 'functional',
  payment: 'functional',
  returns: 'functional',
  choice: 'functional',
  safety: 'functional',
  honesty: 'emotional',
  design: 'emotional',
  atmosphere: 'emotional',
  comfort: 'functional',
  taste: 'emotional',
  place: 'functional',
  size: 'functional',
  material: 'functional',
  screen: 'functional',
  sound: 'functional',
  battery: 'functional',
  camera: 'functional',
  keyboard: 'functional',
  advertising: 'emotional',
} as const satisfies { [aspect: string]: 'functional' | 'emotional' }

export type Aspect = keyof typeof aspects

/** Aspects of whatever is named beside them: in “the screen does not work” they judge the screen. */
export function isOfAnother(aspect: string): boolean {
  return aspect === 'performance' || aspect === 'quality' || aspect === 'comfort'
}

/**
 * Cues of one aspect (the syntax is that of stage/pattern.ts): words that name it, and words that praise or blame it at
 * once, as “expensive” does.
 */
export type AspectCues = { names: readonly string[]; good?: readonly string[]; bad?: readonly string[] }

export type AspectTable = {
  aspects: { readonly [aspect in Aspect]?: AspectCues }
  /** Words that praise or blame anything; they come on top of what was learnt. */
  praise: readonly string[]
  blame: readonly string[]
  negations: readonly string[]
  /** Words between two clauses that disagree: “but”, “зато”. */
  turns: readonly string[]
  /** Words between two clauses that may share their tone: “and”, “который”. */
  joins: readonly string[]
  /** Words by which somebody tells of a feeling: “love”, “бесит”. */
  feelings: readonly string[]
}
