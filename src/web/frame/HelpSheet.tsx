import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyNames } from '../parts/KeyNames.tsx'
import { useBoundKeys } from '../parts/keys.ts'
import { Sheet } from '../parts/Sheet.tsx'
import styles from './Frame.module.css'

/** All keys that work on the screen of now, the screen's own first. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const titles = [...new Set(useBoundKeys().map(({ title }) => title))]
  const everywhere = t('keys.everywhere')
  titles.sort((one, other) => Number(one === everywhere) - Number(other === everywhere))
  const sections = useBoundKeys()
  return (
    <Sheet open={open} title={t('keys.help')} onClose={onClose}>
      <div className={styles.keys}>
        {titles.map((title) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {sections
                .filter((section) => section.title === title)
                .flatMap(({ keys }) => keys)
                .map(({ keys, also, does }) => (
                  <Fragment key={keys}>
                    <dt>{does}</dt>
                    <dd>
                      <KeyNames keys={keys} /> {also !== undefined && <KeyNames keys={also} />}
                    </dd>
                  </Fragment>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  )
}
