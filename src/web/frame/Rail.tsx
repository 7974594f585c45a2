import { Menu, Popover, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useProjectIfAny } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { useKeys } from '../parts/keys.ts'
import { AccountItems } from './AccountItems.tsx'
import styles from './Frame.module.css'
import { ProjectChooser, ProjectInitial } from './ProjectChooser.tsx'
import { sectionsIn } from './sections.ts'

const stored = 'heed.rail'
const roomyPx = 1200

export function Rail({
  switching,
  onSwitching,
  onHelp,
}: {
  switching: boolean
  onSwitching: (open: boolean) => void
  onHelp: () => void
}) {
  const { t } = useTranslation()
  const me = useMe()
  const project = useProjectIfAny()
  const [open, setOpen] = useState(() => {
    const chosen = localStorage.getItem(stored)
    return chosen === null ? window.innerWidth >= roomyPx : chosen === 'open'
  })
  const turn = () => {
    localStorage.setItem(stored, open ? 'closed' : 'open')
    setOpen(!open)
  }
  useKeys(t('keys.everywhere'), [{ keys: '[', does: t('keys.rail'), run: turn }])
  return (
    <nav className={styles.rail} data-open={open || undefined} aria-label={t('frame.navigation')}>
      <Popover opened={switching} onChange={onSwitching} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            className={styles.project}
            onClick={() => onSwitching(!switching)}
            aria-haspopup="dialog"
            aria-label={t('frame.switchFrom', { name: project?.name ?? t('frame.allProjects') })}
          >
            <ProjectInitial project={project} />
            {open && <bdi>{project?.name ?? t('frame.allProjects')}</bdi>}
            {open && <Icon name="updown" />}
          </button>
        </Popover.Target>
        <Popover.Dropdown p={0}>
          <ProjectChooser onChosen={() => onSwitching(false)} />
        </Popover.Dropdown>
      </Popover>
      <div className={styles.links}>
        <Named name={t('sections.today')} open={open}>
          <Link to="/" className={styles.item} activeOptions={{ exact: true }}>
            <Icon name="today" /> <Word open={open}>{t('sections.today')}</Word>
          </Link>
        </Named>
        <Named name={t('tickets.shift')} open={open}>
          <Link to="/queue" className={styles.item}>
            <Icon name="clock" /> <Word open={open}>{t('tickets.shift')}</Word>
          </Link>
        </Named>
        {project === null && (
          <Named name={t('sections.service')} open={open}>
            <Link to="/service" className={styles.item}>
              <Icon name="heart" /> <Word open={open}>{t('sections.service')}</Word>
            </Link>
          </Named>
        )}
        {project !== null &&
          sectionsIn(project).map(({ to, name, icon }) => (
            <Named key={name} name={t(`sections.${name}`)} open={open}>
              <Link to={to} params={{ project: String(project.id) }} className={styles.item}>
                <Icon name={icon} /> <Word open={open}>{t(`sections.${name}`)}</Word>
              </Link>
            </Named>
          ))}
      </div>
      <div className={styles.foot}>
        <Named name={t('keys.help')} open={open}>
          <button type="button" className={styles.item} onClick={onHelp}>
            <Icon name="keyboard" /> <Word open={open}>{t('keys.help')}</Word>
          </button>
        </Named>
        <Menu position="right-end">
          <Menu.Target>
            <button type="button" className={styles.item} aria-label={t('frame.account', { name: me.member.name })}>
              <Icon name="person" /> {open && <bdi>{me.member.name}</bdi>}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <AccountItems
              item={({ icon, words, chosen, onClick }) => (
                <Menu.Item
                  key={words}
                  leftSection={<Icon name={icon} />}
                  rightSection={chosen && <Icon name="check" />}
                  onClick={onClick}
                >
                  {words}
                </Menu.Item>
              )}
              line={<Menu.Divider />}
            />
          </Menu.Dropdown>
        </Menu>
        <Named name={open ? t('frame.closeRail') : t('frame.openRail')} open={open}>
          <button type="button" className={styles.item} onClick={turn} aria-expanded={open}>
            <Icon name={open ? 'left' : 'right'} />{' '}
            <Word open={open}>{open ? t('frame.closeRail') : t('frame.openRail')}</Word>
          </button>
        </Named>
      </div>
    </nav>
  )
}

function Named({ name, open, children }: { name: string; open: boolean; children: ReactNode }) {
  return (
    <Tooltip label={name} position="right" disabled={open}>
      <div>{children}</div>
    </Tooltip>
  )
}

function Word({ open, children }: { open: boolean; children: ReactNode }) {
  return <span className={open ? undefined : 'visually-hidden'}>{children}</span>
}
