import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProjectIfAny } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { AccountItems } from './AccountItems.tsx'
import styles from './Frame.module.css'
import { ProjectChooser } from './ProjectChooser.tsx'
import { sectionsIn } from './sections.ts'

const onBar = 3

/** The rail of a phone: what is needed most under the thumb, the rest one press away. */
export function BottomBar({ switching, onSwitching }: { switching: boolean; onSwitching: (open: boolean) => void }) {
  const { t } = useTranslation()
  const project = useProjectIfAny()
  const [more, setMore] = useState(false)
  return (
    <>
      <nav className={styles.bottom} aria-label={t('frame.navigation')}>
        <Link to="/" className={styles.tab} activeOptions={{ exact: true }}>
          <Icon name="today" size={20} /> <span>{t('sections.today')}</span>
        </Link>
        {project === null && (
          <Link to="/queue" className={styles.tab}>
            <Icon name="clock" size={20} /> <span>{t('tickets.shift')}</span>
          </Link>
        )}
        {project === null && (
          <Link to="/service" className={styles.tab}>
            <Icon name="heart" size={20} /> <span>{t('sections.service')}</span>
          </Link>
        )}
        {project !== null &&
          sectionsIn(project)
            .slice(0, onBar)
            .map(({ to, name, icon }) => (
              <Link key={name} to={to} params={{ project: String(project.id) }} className={styles.tab}>
                <Icon name={icon} size={20} /> <span>{t(`sections.${name}`)}</span>
              </Link>
            ))}
        <button type="button" className={styles.tab} onClick={() => setMore(true)}>
          <Icon name="more" size={20} /> <span>{t('frame.more')}</span>
        </button>
      </nav>
      <Sheet open={more} title={project?.name ?? t('frame.allProjects')} side="bottom" onClose={() => setMore(false)}>
        <div className={styles.more}>
          <button
            type="button"
            className={styles.item}
            onClick={() => {
              setMore(false)
              onSwitching(true)
            }}
          >
            <Icon name="layers" /> {t('frame.chooseProject')}
          </button>
          <Link to="/queue" className={styles.item} onClick={() => setMore(false)}>
            <Icon name="clock" /> {t('tickets.shift')}
          </Link>
          {project !== null &&
            sectionsIn(project)
              .slice(onBar)
              .map(({ to, name, icon }) => (
                <Link
                  key={name}
                  to={to}
                  params={{ project: String(project.id) }}
                  className={styles.item}
                  onClick={() => setMore(false)}
                >
                  <Icon name={icon} /> {t(`sections.${name}`)}
                </Link>
              ))}
          <AccountItems
            line={null}
            item={({ icon, words, chosen, onClick }) => (
              <button
                key={words}
                type="button"
                className={styles.item}
                aria-pressed={chosen}
                data-on={chosen || undefined}
                onClick={onClick}
              >
                <Icon name={icon} /> {words}
              </button>
            )}
          />
        </div>
      </Sheet>
      <Sheet open={switching} title={t('frame.chooseProject')} side="bottom" bare onClose={() => onSwitching(false)}>
        <ProjectChooser onChosen={() => onSwitching(false)} />
      </Sheet>
    </>
  )
}
