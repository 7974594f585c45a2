import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { namesQuery, useMe, useProjectIfAny, useTopics } from '../api/queries.ts'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { Chooser, type Option } from '../parts/Chooser.tsx'
import { KeyNames } from '../parts/KeyNames.tsx'
import { useBoundKeys } from '../parts/keys.ts'
import { Sheet } from '../parts/Sheet.tsx'

type Command = Option & { run: () => void }

/**
 * Everything that can be done here and everywhere one can go, found by its name: for whoever does not know the key yet.
 * Customers and articles of the project are looked for while one types. A number is a ticket, and what is no name may stand
 * in mentions.
 */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('keys.palette')} side="middle" bare onClose={onClose}>
      <Commands onChosen={onClose} />
    </Sheet>
  )
}

function Commands({ onChosen }: { onChosen: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { projects } = useMe()
  const project = useProjectIfAny()
  const topics = useTopics(project?.id ?? 0, project !== null).data ?? []
  const everywhere = t('keys.everywhere')
  const bound = useBoundKeys()
    .toSorted((one, other) => Number(one.title === everywhere) - Number(other.title === everywhere))
    .flatMap(({ keys }) => keys)
  const commands: Command[] = [
    ...bound
      .filter(({ keys, off }) => off !== true && keys !== 'mod k' && keys !== 'Escape')
      .map(({ keys, does, run }) => ({ value: `key ${keys}`, label: does, tail: <KeyNames keys={keys} />, run })),
    ...topics.map(({ id, name }) => ({
      value: `topic ${id}`,
      label: name,
      hint: t('filter.topic'),
      run: () =>
        void navigate({
          to: '/projects/$project/inbox',
          params: { project: String(project?.id) },
          search: { topic: String(id) },
        }),
    })),
    ...projects.map(({ id, name }) => ({
      value: `project ${id}`,
      label: name,
      hint: t('keys.project'),
      run: () => void navigate({ to: '/projects/$project/inbox', params: { project: String(id) } }),
    })),
  ]
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 100)
  const named = useQuery(namesQuery(project?.id ?? 0, asked)).data
  const params = { project: String(project?.id) }
  const found: Command[] = [
    ...(named?.customers ?? []).map(({ authorId, platform, name, handle }) => ({
      value: `customer ${authorId}`,
      label: name ?? handle ?? authorId,
      mark: <PlatformMark platform={platform} size={14} />,
      hint: t('tickets.customer'),
      run: () => void navigate({ to: '/projects/$project/authors/$author', params: { ...params, author: authorId } }),
    })),
    ...(named?.articles ?? []).map(({ id, kind, title }) => ({
      value: `article ${id}`,
      label: title,
      mark: <Icon name="book" size={14} />,
      hint: t(`knowledge.kind_${kind}`),
      run: () => void navigate({ to: '/projects/$project/knowledge', params, search: { article: String(id) } }),
    })),
  ]
  const numberIn = (text: string) => /^#?(\d{1,9})$/.exec(text)?.[1]
  const look =
    project === null
      ? {}
      : {
          createWords(text: string) {
            const ticket = numberIn(text)
            return ticket === undefined ? t('keys.findMentions', { text }) : t('keys.openTicket', { ticket })
          },
          onCreate(text: string) {
            const ticket = numberIn(text)
            onChosen()
            void (ticket === undefined
              ? navigate({ to: '/projects/$project/inbox', params, search: { q: text } })
              : navigate({ to: '/projects/$project/tickets/$ticket', params: { ...params, ticket } }))
          },
        }
  return (
    <Chooser
      label={t('keys.paletteFind')}
      options={commands}
      more={found}
      onType={setTyped}
      {...look}
      onChoose={(value) => {
        onChosen()
        // The focus is back where it was before anything else happens.
        setTimeout(() => [...commands, ...found].find((command) => command.value === value)?.run())
      }}
    />
  )
}
