import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe, useProject } from '../api/queries.ts'
import { Page } from '../parts/Page.tsx'
import { mayManage, mayWork } from '../parts/roles.ts'
import { AccountsPart } from '../replies/AccountsPart.tsx'
import { HelpPart } from '../help/HelpPart.tsx'
import { CarePart } from '../care/CarePart.tsx'
import { DeskPart } from '../tickets/DeskPart.tsx'
import { AlarmsPart } from './AlarmsPart.tsx'
import { AuditPart } from './AuditPart.tsx'
import { CategoriesPart } from './CategoriesPart.tsx'
import { KeysPart } from './KeysPart.tsx'
import { LettersPart } from './LettersPart.tsx'
import { IntegrationsPart } from '../integrations/IntegrationsPart.tsx'
import { ListsPart } from './ListsPart.tsx'
import { MembersPart } from './MembersPart.tsx'
import { MePart } from './MePart.tsx'
import { ProjectPart } from './ProjectPart.tsx'
import { WebhooksPart } from './WebhooksPart.tsx'
import styles from './Settings.module.css'

const parts = {
  project: ProjectPart,
  members: MembersPart,
  lists: ListsPart,
  categories: CategoriesPart,
  desk: DeskPart,
  replies: AccountsPart,
  integrations: IntegrationsPart,
  help: HelpPart,
  alarms: AlarmsPart,
  webhooks: WebhooksPart,
  keys: KeysPart,
  audit: AuditPart,
  letters: LettersPart,
  care: CarePart,
  me: MePart,
}
const forManagers = [
  'project',
  'members',
  'lists',
  'categories',
  'desk',
  'replies',
  'integrations',
  'help',
  'alarms',
  'webhooks',
  'keys',
  'audit',
  'care',
  'me',
] as const
const forHeads = [...forManagers.slice(0, -2), 'letters', 'care', 'me'] as const
const forWorkers = ['members', 'categories', 'care', 'me'] as const
const forEverybody = ['members', 'me'] as const

export function SettingsScreen() {
  const { t } = useTranslation()
  const project = useProject()
  const navigate = useNavigate()
  const asked = useSearch({ strict: false }).part
  const { isHead } = useMe().member
  const offered: readonly (keyof typeof parts)[] = mayManage(project.role)
    ? isHead
      ? forHeads
      : forManagers
    : mayWork(project.role)
      ? forWorkers
      : forEverybody
  const part = offered.find((name) => name === asked) ?? offered[0] ?? 'me'
  const Part = parts[part]
  return (
    <Page title={t('sections.settings')} scroll={false}>
      <div className={styles.sideBySide}>
        <nav className={styles.parts} aria-label={t('sections.settings')}>
          {offered.map((name) => (
            <button
              key={name}
              type="button"
              aria-current={name === part ? 'page' : undefined}
              // On a phone the row is longer than the screen.
              ref={(tab) => {
                if (name === part) tab?.scrollIntoView({ inline: 'center', block: 'nearest' })
              }}
              onClick={() => void navigate({ to: '.', search: { part: name } })}
            >
              {t(`settings.part_${name}`)}
            </button>
          ))}
        </nav>
        <div className={styles.part} key={`${project.id} ${part}`}>
          <Part />
        </div>
      </div>
    </Page>
  )
}
