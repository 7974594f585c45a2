import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Kind } from '../../serve/api/shapes/webhook.ts'
import { send } from '../api/client.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import styles from './Settings.module.css'

/** Whoever is told what happens, a person's channel or a program: what they are told, and what can be done about it. */
export function ToldRow({
  told: { name, kinds, isOn },
  path,
  removeWords,
  test,
  about,
  more,
  onEdit,
  onChanged,
  children,
}: {
  told: { name: string; kinds: readonly Kind[]; isOn: boolean }
  path: string
  /** What goes with it when it is removed. */
  removeWords: string
  test: () => Promise<void>
  about: ReactNode
  /** Further buttons. */
  more?: ReactNode
  onEdit: () => void
  onChanged: () => void
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const [removing, setRemoving] = useState(false)
  const doing = async (failure: string, work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      tellFailure(failure, error)
    }
    onChanged()
  }
  const turn = () => doing(t('alarms.notChanged', { name }), () => send('PATCH', path, { isOn: !isOn }))
  const remove = () =>
    doing(t('alarms.notChanged', { name }), async () => {
      await send('DELETE', path)
      setRemoving(false)
      tell(t('alarms.removed', { name }))
    })
  return (
    <li className={styles.told}>
      <span className={styles.who}>
        <bdi className={styles.name}>{name}</bdi>
        {about}
        <span className={styles.kindsLine}>{kinds.map((kind) => t(`alarms.kind_${kind}`)).join(' · ')}</span>
      </span>
      <span className={styles.rowButtons}>
        {more}
        <Button variant="subtle" onClick={() => void doing(t('alarms.notTested', { name }), test)}>
          {t('alarms.test')}
        </Button>
        <Button variant="subtle" onClick={onEdit}>
          {t('alarms.edit')}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => void turn()}>
          {t(isOn ? 'alarms.switchOff' : 'alarms.switchOn')}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => setRemoving(true)}>
          {t('alarms.remove')}
        </Button>
      </span>
      {children}
      <Confirm
        open={removing}
        title={t('alarms.removeSure', { name })}
        does={t('alarms.remove')}
        onDo={remove}
        onClose={() => setRemoving(false)}
      >
        {removeWords}
      </Confirm>
    </li>
  )
}
