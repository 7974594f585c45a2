import { ActionIcon, Menu } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import { Formula } from './Formula.tsx'
import styles from './Overview.module.css'
import { pictureOfTable } from './table-picture.ts'

/**
 * A list of figures with everything a reader may ask of it: what was found, of what period, from how many mentions,
 * how it is counted. `table` is what is copied, its first row the names of the columns.
 */
export function Panel({
  title,
  facts,
  formula,
  table,
  size,
  children,
}: {
  title: string
  facts: readonly string[]
  formula?: string | undefined
  table: readonly (readonly (string | number | null)[])[]
  size?: 'wide' | 'narrow' | 'tall'
  children: ReactNode
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const id = useId()
  const said = facts.filter((fact) => fact !== '').join(' · ')
  const copy = (work: Promise<unknown>) =>
    void work.then(
      () => tell(t('chart.copied')),
      (error: unknown) => tellFailure(t('chart.notCopied'), error),
    )
  // Copied figures are for a spreadsheet and stay plain; drawn ones are for people.
  const plain = table.map((row) => row.map((cell) => String(cell ?? '')).join('\t')).join('\n')
  const drawn = () => table.map((row) => row.map((cell) => (typeof cell === 'number' ? f.number(cell) : (cell ?? '—'))))
  return (
    <section className={styles.panel} data-size={size} aria-labelledby={id}>
      <header className={styles.head}>
        <div className={styles.words}>
          <div className={styles.titleLine}>
            <h2 id={id} className={styles.title}>
              <bdi>{title}</bdi>
            </h2>
            {said === '' && <Formula of={formula} />}
          </div>
          {said !== '' && (
            <p className={styles.facts}>
              {said} <Formula of={formula} />
            </p>
          )}
        </div>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('chart.more')}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Icon name="table" />} onClick={() => copy(navigator.clipboard.writeText(plain))}>
              {t('chart.copyTable')}
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name="copy" />}
              onClick={() =>
                copy(
                  navigator.clipboard.write([
                    new ClipboardItem({ 'image/png': pictureOfTable(title, facts.join(' · '), drawn()) }),
                  ]),
                )
              }
            >
              {t('chart.copyPicture')}
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name="link" />}
              onClick={() => copy(navigator.clipboard.writeText(location.href))}
            >
              {t('chart.copyLink')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {children}
    </section>
  )
}
