import { ActionIcon } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../look/icons.tsx'
import styles from './MentionImages.module.css'
import { NoPicture } from './NoPicture.tsx'
import type { Picture } from './MentionImages.tsx'

/** One picture over the screen: the arrows go to its neighbours, Esc closes, and the focus goes back to where it was. */
export function LargeImage({
  pictures,
  at,
  onGo,
  onClose,
}: {
  pictures: Picture[]
  /** Null: closed. */
  at: number | null
  onGo: (at: number) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const close = useRef<HTMLButtonElement>(null)
  const open = at !== null
  const one = at === null ? undefined : pictures[at]
  useEffect(() => {
    if (!open) return dialog.current?.close()
    dialog.current?.showModal()
    close.current?.focus()
  }, [open])
  const step = (by: number) => {
    if (at !== null && pictures[at + by] !== undefined) onGo(at + by)
  }
  return (
    <dialog
      ref={dialog}
      className={styles.large}
      aria-label={one?.name ?? t('care.pictures')}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      onKeyDown={(event) => {
        // The keys of the screen behind it are not meant.
        event.stopPropagation()
        if (event.key === 'ArrowLeft') step(-1)
        if (event.key === 'ArrowRight') step(1)
      }}
    >
      {one !== undefined && at !== null && (
        <figure className={styles.inside}>
          <header className={styles.bar}>
            <span className={styles.count}>{t('care.picture', { n: at + 1, count: pictures.length })}</span>
            {pictures.length > 1 && (
              <>
                <Step name={t('care.previousPicture')} icon="left" off={at === 0} go={() => step(-1)} />
                <Step name={t('care.nextPicture')} icon="right" off={at === pictures.length - 1} go={() => step(1)} />
              </>
            )}
            <ActionIcon ref={close} aria-label={t('common.close')} onClick={onClose}>
              <Icon name="close" />
            </ActionIcon>
          </header>
          <Large key={one.path} picture={one} />
          {one.alt !== null && (
            <figcaption dir="auto">
              <bdi>{one.alt}</bdi>
            </figcaption>
          )}
        </figure>
      )}
    </dialog>
  )
}

/** At an end it stays a button: one that is disabled would take the keys with it. */
function Step({ name, icon, off, go }: { name: string; icon: 'left' | 'right'; off: boolean; go: () => void }) {
  return (
    <ActionIcon aria-label={name} aria-disabled={off} data-disabled={off || undefined} onClick={go}>
      <Icon name={icon} />
    </ActionIcon>
  )
}

function Large({ picture: { path, name, original } }: { picture: Picture }) {
  const [failed, setFailed] = useState(false)
  if (failed) return <NoPicture path={path} original={original} />
  return <img className={styles.whole} src={`/api${path}`} alt={name} onError={() => setFailed(true)} />
}
