import type { OpenProject } from '../api/queries.ts'
import type { IconName } from '../look/icons.tsx'
import { mayManage, mayWork } from '../parts/roles.ts'

/** What the rail offers inside a project, in the order of a day. `key` is pressed after g. */
export const sections = [
  { to: '/projects/$project/inbox', name: 'inbox', icon: 'inbox', key: 'i' },
  { to: '/projects/$project/tickets', name: 'tickets', icon: 'ticket', key: 't' },
  { to: '/projects/$project/overview', name: 'overview', icon: 'overview', key: 'o' },
  { to: '/projects/$project/service', name: 'service', icon: 'heart', key: 'v' },
  { to: '/projects/$project/phrasebook', name: 'phrasebook', icon: 'speech', key: 'f' },
  { to: '/projects/$project/knowledge', name: 'knowledge', icon: 'book', key: 'k' },
  { to: '/projects/$project/topics', name: 'topics', icon: 'topics', key: 'q' },
  { to: '/projects/$project/rules', name: 'rules', icon: 'steps', key: 'r' },
  { to: '/projects/$project/playbooks', name: 'playbooks', icon: 'folder', key: 'b' },
  { to: '/projects/$project/sources', name: 'sources', icon: 'sources', key: 's' },
  { to: '/projects/$project/settings', name: 'settings', icon: 'settings', key: ',' },
] as const satisfies readonly { to: string; name: string; icon: IconName; key: string }[]

/** Those that are there for this person. */
export function sectionsIn(project: OpenProject) {
  return sections.filter(
    ({ name }) => (name !== 'rules' || mayManage(project.role)) && (name !== 'service' || mayWork(project.role)),
  )
}
