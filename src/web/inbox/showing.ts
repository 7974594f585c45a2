import { useQuery } from '@tanstack/react-query'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { ownCareQuery } from '../care/queries.ts'
import { askFor, isAskedFor } from './covered-pictures.ts'
import { isUncovered, useUncover } from './uncovered.ts'

/**
 * One key for all that is blurred in front of a person: it shows abusive words first, with the pictures beside them, then the
 * pictures that this person wants blurred, and then it blurs everything again. `off`: there is nothing of either.
 */
export function useShowing({
  toxic,
  mentions,
  project,
}: {
  /** Ids of the mentions with abusive words. */
  toxic: string[]
  mentions: Pick<Mention, 'id' | 'images'>[]
  /** The one they are of, where the address names none. */
  project?: number | undefined
}): { off: boolean; run: () => void } {
  const uncover = useUncover(project)
  const wishesBlur = useQuery(ownCareQuery).data?.blurImages === true
  const pictured = wishesBlur ? mentions.filter(({ images }) => images.length > 0).map(({ id }) => id) : []
  const run = () => {
    const words = toxic.filter((id) => !isUncovered(id))
    const pictures = pictured.filter((id) => !isAskedFor(id))
    if (words.length > 0) for (const id of words) uncover(id, true)
    else if (pictures.length > 0) for (const id of pictures) askFor(id, true)
    else {
      for (const id of toxic) uncover(id, false)
      for (const id of pictured) askFor(id, false)
    }
  }
  return { off: toxic.length + pictured.length === 0, run }
}
