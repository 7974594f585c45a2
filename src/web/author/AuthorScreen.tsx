import { ActionIcon, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { RecordsPart } from '../integrations/RecordsPart.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { useKeys } from '../parts/keys.ts'
import { Page } from '../parts/Page.tsx'
import { mayWork } from '../parts/roles.ts'
import { Answer, Partial } from '../parts/states.tsx'
import { AccountsPart } from './AccountsPart.tsx'
import { useAuthorActions } from './actions.ts'
import { AskedPart } from './AskedPart.tsx'
import styles from './Author.module.css'
import { ForgetSheet } from './ForgetSheet.tsx'
import { Head } from './Head.tsx'
import { JoinSheet } from './JoinSheet.tsx'
import { LatestPart } from './LatestPart.tsx'
import { PathPart } from './PathPart.tsx'
import { authorQuery, writtenBy } from './queries.ts'
import { RolePart } from './RolePart.tsx'
import { RoleSheet } from './RoleSheet.tsx'
import { ConsentPart, HelpfulPart, PromisesPart } from './ServiceParts.tsx'
import { TonalityChart } from './TonalityChart.tsx'
import { Totals } from './Totals.tsx'
import { WherePart } from './WherePart.tsx'

/** One person who writes, over all accounts: who they are, what they asked and were told, how they speak of us. */
export function AuthorScreen() {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const router = useRouter()
  const { author = '' } = useParams({ strict: false })
  const card = useQuery(authorQuery(project.id, author, i18n.language))
  const navigate = useNavigate()
  const back = () => {
    // Whoever came by a link has nowhere to go back to.
    if (router.history.canGoBack()) router.history.back()
    else void navigate({ to: '/projects/$project/inbox', params: { project: String(project.id) } })
  }
  useKeys(t('author.keys'), [{ keys: 'Escape', does: t('author.back'), run: back }])
  const name = card.data?.author.name ?? card.data?.author.handle ?? t('author.title')
  return (
    <Page
      title={t('author.title')}
      note={card.data === undefined ? undefined : <bdi>{name}</bdi>}
      actions={card.data === undefined ? undefined : <Actions key={author} card={card.data} name={name} />}
    >
      <Answer of={card} rows={10}>
        {(data) => <Card key={author} card={data} />}
      </Answer>
    </Page>
  )
}

function Actions({ card, name }: { card: AuthorCard; name: string }) {
  const { t } = useTranslation()
  const project = useProject()
  const navigate = useNavigate()
  const actions = useAuthorActions(project.id, card)
  const [choosing, setChoosing] = useState(false)
  const [joining, setJoining] = useState(false)
  const [forgetting, setForgetting] = useState(false)
  const works = mayWork(project.role)
  const inbox = {
    to: '/projects/$project/inbox',
    params: { project: String(project.id) },
    search: writtenBy(card),
  } as const
  useKeys(t('author.keys'), [
    { keys: 'm', does: t('author.allMentions'), run: () => void navigate(inbox) },
    { keys: 'r', does: t('author.setRole'), off: !works, run: () => setChoosing(true) },
    { keys: 'j', does: t('author.joinOther'), off: !works, run: () => setJoining(true) },
  ])
  return (
    <>
      <ButtonLink {...inbox} leftSection={<Icon name="inbox" />}>
        {t('author.allMentions')}
      </ButtonLink>
      {(works || project.role === 'head') && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('author.more')}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Icon name="person" />} onClick={() => setChoosing(true)}>
              {t('author.setRole')}
            </Menu.Item>
            {works && (
              <Menu.Item leftSection={<Icon name="link" />} onClick={() => setJoining(true)}>
                {t('author.joinOther')}
              </Menu.Item>
            )}
            {project.role === 'head' && (
              <Menu.Item leftSection={<Icon name="trash" />} color="red" onClick={() => setForgetting(true)}>
                {t('author.forget')}…
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      <RoleSheet card={card} actions={actions} open={choosing} onClose={() => setChoosing(false)} />
      <JoinSheet card={card} actions={actions} open={joining} onClose={() => setJoining(false)} />
      <ForgetSheet
        card={card}
        name={name}
        open={forgetting}
        onForget={actions.forget}
        onClose={() => setForgetting(false)}
      />
    </>
  )
}

function Card({ card }: { card: AuthorCard }) {
  const { t } = useTranslation()
  const project = useProject()
  const actions = useAuthorActions(project.id, card)
  const works = mayWork(project.role)
  return (
    <div className={styles.screen}>
      {card.mentions === 0 && <Partial>{t('author.nothingWritten')}</Partial>}
      <Head card={card} />
      <Totals card={card} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <div>
            {works && <PromisesPart author={card.author.id} />}
            <AskedPart card={card} />
          </div>
          {works && <HelpfulPart author={card.author.id} />}
          {card.mentions > 0 && <TonalityChart card={card} />}
          <LatestPart card={card} />
        </div>
        <div className={styles.side}>
          <PathPart card={card} />
          <RecordsPart author={card.author.id} />
          {works && <ConsentPart author={card.author.id} />}
          <RolePart card={card} actions={actions} />
          <AccountsPart card={card} actions={actions} />
          <WherePart card={card} />
        </div>
      </div>
    </div>
  )
}
