import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { useProject } from '../api/queries.ts'
import { isWebAddress } from './web-address.ts'
import { Icon } from '../look/icons.tsx'
import styles from './MentionImages.module.css'
import { LargeImage } from './LargeImage.tsx'
import { NoPicture } from './NoPicture.tsx'
import { useCovered, type Covered } from './covered-pictures.ts'

export type Picture = {
  /** Under /api. */
  path: string
  alt: string | null
  /** What it shows, or else which of them it is. */
  name: string
  /** Where people find it themselves. */
  original: string | null
}

/** The pictures of a mention in tiles of one size, so that nothing moves when they arrive; a tile opens its picture large. */
export function MentionImages({ mention }: { mention: Pick<Mention, 'id' | 'toxic' | 'images' | 'url'> }) {
  const { t } = useTranslation()
  const project = useProject()
  const { covered, show } = useCovered(mention)
  const [at, setAt] = useState<number | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const [justShown, setJustShown] = useState(false)
  const count = mention.images.length
  useEffect(() => {
    // The button that was pressed is gone.
    if (justShown && covered === 'open') list.current?.querySelector('button')?.focus()
  }, [justShown, covered])
  if (count === 0) return null
  const original = [mention.url ?? '', mention.images[0]?.url ?? ''].find(isWebAddress) ?? null
  const pictures = mention.images.map(({ alt }, n) => ({
    path: `/projects/${project.id}/mentions/${encodeURIComponent(mention.id)}/images/${n}`,
    alt,
    name: alt ?? t('care.picture', { n: n + 1, count }),
    original,
  }))
  return (
    <div className={styles.images} data-covered={covered === 'open' ? undefined : covered}>
      <ul ref={list} aria-label={t('care.pictures')} title={t('care.picturesHelp')}>
        {pictures.map((picture, n) => (
          <li key={picture.path}>
            <Tile picture={picture} covered={covered} onOpen={() => setAt(n)} />
          </li>
        ))}
      </ul>
      {(covered === 'toxic' || covered === 'by-wish') && (
        <button
          type="button"
          className={styles.show}
          title={covered === 'toxic' ? t('understood.uncoverHelp') : undefined}
          onClick={() => {
            setJustShown(true)
            show()
          }}
        >
          <Icon name="eye" size={12} /> {covered === 'toxic' ? t('care.showToxic') : t('care.showPictures', { count })}
        </button>
      )}
      <LargeImage pictures={pictures} at={at} onGo={setAt} onClose={() => setAt(null)} />
    </div>
  )
}

function Tile({ picture, covered, onOpen }: { picture: Picture; covered: Covered; onOpen: () => void }) {
  const [failed, setFailed] = useState(false)
  const { path, name, original } = picture
  if (failed) return <NoPicture path={path} original={original} />
  const image = covered !== 'not-known' && (
    <img src={`/api${path}`} alt={name} loading="lazy" decoding="async" onError={() => setFailed(true)} />
  )
  // What is blurred is not there for readers aloud either.
  if (covered !== 'open')
    return (
      <span className={styles.tile} aria-hidden="true" inert>
        {image}
      </span>
    )
  return (
    <button type="button" className={styles.tile} onClick={onOpen}>
      {image}
    </button>
  )
}
