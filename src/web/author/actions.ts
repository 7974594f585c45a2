import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AuthorCard, AuthorProposal, AuthorRole, Forgotten } from '../../serve/api/shapes/author.ts'
import { send } from '../api/client.ts'
import { useFormat } from '../parts/format.ts'
import { offerUndo, tell, tellFailure } from '../parts/notices.ts'
import { roleName } from './words.ts'
import { authorPath } from './queries.ts'

/** What a person says about an author. Everything but forgetting is taken back with one key. */
export function useAuthorActions(project: number, { author, role }: AuthorCard) {
  const { t } = useTranslation()
  const f = useFormat()
  const client = useQueryClient()
  const navigate = useNavigate()
  const at = authorPath(project, author.id)

  const refresh = async () => {
    await Promise.all(
      ['author', 'author-proposals'].map((subject) =>
        client.invalidateQueries({ queryKey: ['project', project, subject] }),
      ),
    )
  }
  /** Afterwards the card shows what is true, whether it was saved or not. */
  const save = async (work: () => Promise<unknown>, words: string, back: () => Promise<unknown>) => {
    try {
      await work()
      offerUndo(words, async () => {
        await back()
        await refresh()
      })
    } catch (error) {
      tellFailure(t('author.notChanged'), error)
    }
    await refresh()
  }

  const join = (other: string) => send('POST', `${at}/links`, { author: other })
  const separate = (other: string) => send('DELETE', `${authorPath(project, other)}/links`)
  const refusal = (method: 'PUT' | 'DELETE', other: string) =>
    send(method, `${at}/refusals/${encodeURIComponent(other)}`)
  const setRole = (to: AuthorRole | null) => send('PUT', `${at}/role`, { role: to })

  return {
    join: ({ account }: { account: Pick<AuthorCard['author'], 'id' | 'name' | 'handle'> }) =>
      save(
        () => join(account.id),
        t('author.joined', { name: account.name ?? account.handle ?? account.id }),
        () => separate(account.id),
      ),
    separate: (account: AuthorCard['author'], others: AuthorCard['accounts']) =>
      save(
        () => separate(account.id),
        t('author.separated', { name: account.name ?? account.handle ?? account.id }),
        () => {
          const stays = others.find(({ id }) => id !== account.id)
          return stays === undefined
            ? Promise.resolve()
            : send('POST', `${authorPath(project, stays.id)}/links`, { author: account.id })
        },
      ),
    refuse: ({ account }: AuthorProposal) =>
      save(
        () => refusal('PUT', account.id),
        t('author.refused', { name: account.name ?? account.handle ?? account.id }),
        () => refusal('DELETE', account.id),
      ),
    setRole: (to: AuthorRole | null) =>
      save(
        () => setRole(to),
        to === null ? t('author.roleTakenBack') : t('author.roleSetTo', { role: roleName(t, to) }),
        () => setRole(role.set?.role ?? null),
      ),
    async forget(): Promise<void> {
      try {
        const { mentions } = await send<Forgotten>('DELETE', at)
        await navigate({ to: '/projects/$project/inbox', params: { project: String(project) }, replace: true })
        client.removeQueries({ queryKey: ['project', project] })
        tell(t('author.forgotten', { count: mentions, shown: f.number(mentions) }))
      } catch (error) {
        tellFailure(t('author.notForgotten'), error)
      }
    },
  }
}

export type AuthorActions = ReturnType<typeof useAuthorActions>
