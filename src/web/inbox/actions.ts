import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import type { TicketDetail } from '../../serve/api/shapes/ticket.ts'
import { send } from '../api/client.ts'
import { offerUndo, tell, tellFailure } from '../parts/notices.ts'
import { applyTo, type Change, changeShown } from './queries.ts'

const atOnce = 1000

/** What a person does to one or many mentions: seen at once, undone with one key, put back when the server refuses. */
export function useMentionActions(project: number) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()

  const save = async (mentions: readonly Mention[], change: Change) => {
    const ids = mentions.map(({ id }) => id)
    changeShown(client, project, ids, (mention) => applyTo(mention, change))
    try {
      for (let from = 0; from < ids.length; from += atOnce) {
        await send('PATCH', `/projects/${project}/mentions`, { ids: ids.slice(from, from + atOnce), ...change })
      }
    } catch (error) {
      changeShown(client, project, ids, (mention) => mentions.find(({ id }) => id === mention.id) ?? mention)
      tellFailure(t('inbox.notChanged'), error)
      return false
    } finally {
      void client.invalidateQueries({ queryKey: ['project', project, 'facets'] })
    }
    return true
  }

  /** Only those it makes a difference to, so that undo gives back exactly what was. */
  const change = async (mentions: readonly Mention[], step: Change, back: Change, words: (count: number) => string) => {
    const touched = mentions.filter((mention) => differs(mention, applyTo(mention, step)))
    if (touched.length === 0) return
    const saving = save(touched, step)
    const takeBack = offerUndo(words(touched.length), async () => {
      if (await saving)
        await save(
          touched.map((mention) => applyTo(mention, step)),
          back,
        )
    })
    if (!(await saving)) takeBack()
  }

  return {
    setRead: (mentions: readonly Mention[], read: boolean) =>
      change(mentions, { read }, { read: !read }, (count) =>
        t(read ? 'inbox.marked_read' : 'inbox.marked_unread', { count }),
      ),
    setImportant: (mentions: readonly Mention[], important: boolean) =>
      change(mentions, { important }, { important: !important }, (count) =>
        t(important ? 'inbox.marked_important' : 'inbox.marked_plain', { count }),
      ),
    addTag: (mentions: readonly Mention[], tag: string) =>
      change(mentions, { addTags: [tag] }, { removeTags: [tag] }, (count) => t('inbox.tagged', { count, tag })),
    removeTag: (mentions: readonly Mention[], tag: string) =>
      change(mentions, { removeTags: [tag] }, { addTags: [tag] }, (count) => t('inbox.untagged', { count, tag })),
    async openTicket(mentions: readonly Mention[]) {
      const ids = mentions.map(({ id }) => id)
      try {
        const { ticket } = await send<TicketDetail>('POST', `/projects/${project}/tickets`, { mentions: ids })
        changeShown(client, project, ids, (mention) => ({ ...mention, ticket: ticket.id, status: ticket.status }))
        void client.invalidateQueries({ queryKey: ['project', project, 'tickets'] })
        void client.invalidateQueries({ queryKey: ['project', project, 'mention'] })
        tell(t('inbox.ticketOpened', { ticket: ticket.id }), {
          words: t('inbox.ticketShow'),
          run: () =>
            void navigate({
              to: '/projects/$project/tickets/$ticket',
              params: { project: String(project), ticket: String(ticket.id) },
            }),
        })
      } catch (error) {
        tellFailure(t('inbox.ticketFailed'), error)
      }
    },
  }
}

export type MentionActions = ReturnType<typeof useMentionActions>

function differs(one: Mention, other: Mention): boolean {
  return one.read !== other.read || one.important !== other.important || one.tags.join('\n') !== other.tags.join('\n')
}
