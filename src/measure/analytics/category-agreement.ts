import type { Database } from '../../base/postgres/postgres.ts'
import { listLastWords } from '../../listen/categories/label.ts'
import { alphaOf, fewestPairs } from './agreement.ts'

/**
 * How far people agree about the categories of a set: Krippendorff’s alpha of the last words of different people on the
 * same mention; null below 20 pairs. No model that learns from them can be more right than that.
 */
export async function measureCategoryAgreement(
  db: Database,
  set: number,
): Promise<{ alpha: number | null; pairs: number }> {
  const units = await listLastWords(db, set)
  const pairs = units.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0)
  return { alpha: pairs < fewestPairs ? null : alphaOf(units), pairs }
}
