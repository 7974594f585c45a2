import { useSyncExternalStore } from 'react'

// A phone held upright: the rail becomes a bar below, the detail covers the list.
const query = '(max-width: 720px)'

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}
