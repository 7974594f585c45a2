import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HelpPost } from '../../serve/api/shapes/help.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { tell, tellFailure } from '../parts/notices.ts'

/** What a moderator does with a post of the help page; the lists follow at once. */
export function useHelpActions() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const act = async (post: HelpPost, what: string, body: object, done: string) => {
    try {
      await send('PUT', `/projects/${project.id}/help/posts/${post.id}/${what}`, body)
      tell(done)
    } catch (error) {
      tellFailure(t('help.notDone'), error)
    }
    await client.invalidateQueries({ queryKey: ['project', project.id, 'help'] })
  }
  return {
    publish: (post: HelpPost) => act(post, 'decision', { publish: true }, t('help.published')),
    reject: (post: HelpPost, reason: string) => act(post, 'decision', { publish: false, reason }, t('help.rejected')),
    merge: (post: HelpPost, into: { id: number; title: string }) =>
      act(post, 'merge', { into: into.id }, t('help.mergedInto', { title: into.title })),
    setStatus: (post: HelpPost, status: HelpPost['status']) =>
      act(post, 'status', { status }, t('help.statusSet', { status: t(`help.status_${status}`) })),
  }
}
