import { Button, Menu } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PlayDetail } from '../../serve/api/shapes/playbook.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { tellFailure } from '../parts/notices.ts'
import styles from './Playbooks.module.css'
import { playbooksQuery } from './queries.ts'
import { PlayList } from './PlayList.tsx'

/** Playbooks at a ticket, and beginning one; nothing where the project has none that may be used. */
export function TicketPlays({ ticket }: { ticket: number }) {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const navigate = useNavigate()
  const client = useQueryClient()
  const known = useQuery(playbooksQuery(project.id, i18n.language)).data?.items ?? []
  const usable = known.filter(({ approved }) => approved !== null)
  const open = (play: number) =>
    void navigate({
      to: '/projects/$project/playbooks',
      params: { project: String(project.id) },
      search: { play: String(play) },
    })
  const start = async (playbook: number) => {
    try {
      const { play } = await send<PlayDetail>('POST', `/projects/${project.id}/plays`, {
        playbook,
        ticket,
        alarm: null,
      })
      await client.invalidateQueries({ queryKey: ['project', project.id, 'plays'] })
      open(play.id)
    } catch (error) {
      tellFailure(t('playbooks.notChanged'), error)
    }
  }
  return (
    <>
      <PlayList ticket={ticket} onOpen={open} />
      {usable.length > 0 && (
        <Menu>
          <Menu.Target>
            <Button className={styles.begin} size="xs" leftSection={<Icon name="play" size={14} />}>
              {t('playbooks.startHere')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {usable.map(({ id, name }) => (
              <Menu.Item key={id} onClick={() => void start(id)}>
                <bdi>{name}</bdi>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}
