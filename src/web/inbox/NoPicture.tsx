import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '../api/client.ts'
import { Problem, Unreachable } from '../api/problem.ts'
import { Icon } from '../look/icons.tsx'
import styles from './MentionImages.module.css'

/** Why a picture is not here, and where it was. A browser only tells that it failed, so the server is asked for its words. */
export function NoPicture({ path, original }: { path: string; original: string | null }) {
  const { t } = useTranslation()
  const why = useQuery({
    queryKey: ['picture', path],
    queryFn: ({ signal }) => get(path, { signal }),
    retry: false,
    gcTime: 0,
  }).error
  return (
    <span className={styles.failed} role="status">
      {why !== null && (
        <span>
          {why instanceof Problem
            ? why.message
            : why instanceof Unreachable
              ? t('care.pictureUnreachable')
              : // It came, and is no picture all the same.
                t('care.pictureBroken')}
        </span>
      )}
      {original !== null && (
        <a href={original} target="_blank" rel="noopener noreferrer nofollow">
          <Icon name="out" size={12} /> {t('care.pictureOriginal')}
        </a>
      )}
    </span>
  )
}
