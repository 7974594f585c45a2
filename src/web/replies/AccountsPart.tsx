import { Button, PasswordInput, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplyAccount } from '../../serve/api/shapes/reply.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { useProject } from '../api/queries.ts'
import { PlatformMark } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { FormButtons } from '../parts/FormButtons.tsx'
import { platformName } from '../parts/names.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import { mayManage } from '../parts/roles.ts'
import { Answer } from '../parts/states.tsx'
import styles from '../settings/Settings.module.css'
import { ApproversPart } from './ApproversPart.tsx'
import { ModelPart } from './ModelPart.tsx'
import { PolicyPart } from './PolicyPart.tsx'
import { VoicePart } from './VoicePart.tsx'
import { accountsQuery } from './queries.ts'
import own from './Replies.module.css'

/** What each platform asks for, in the order in which a person has it at hand. */
const asked = {
  mastodon: ['server', 'token'],
  bluesky: ['handle', 'password'],
  telegram: ['botToken', 'botServer'],
  vk: ['vkKey', 'serviceKey', 'community'],
  email: ['smtp', 'imap', 'user', 'password', 'address', 'name'],
  wordpress: ['site', 'user', 'password'],
  ghost: ['site', 'key', 'member'],
  nodebb: ['site', 'apiToken'],
  x: ['apiKey', 'apiSecret', 'accessToken', 'accessSecret'],
  youtube: ['clientId', 'clientSecret', 'refreshToken'],
  facebook: ['pageToken', 'appId', 'appSecret'],
  'app-store': ['issuer', 'keyId', 'privateKey'],
  'google-play': ['app', 'keyFile'],
  instagram: ['pageToken', 'appId', 'appSecret'],
  threads: ['threadsToken'],
  reddit: ['clientId', 'clientSecret', 'refreshToken'],
  'google-business': ['clientId', 'clientSecret', 'refreshToken'],
} as const
type Platform = keyof typeof asked
const platforms = Object.keys(asked) as Platform[]
type Setting = (typeof asked)[Platform][number]
const secret: readonly Setting[] = [
  'botToken',
  'vkKey',
  'serviceKey',
  'token',
  'key',
  'apiToken',
  'password',
  'apiSecret',
  'accessToken',
  'accessSecret',
  'clientSecret',
  'refreshToken',
  'pageToken',
  'threadsToken',
  'appSecret',
  'privateKey',
  'keyFile',
]
/** Where what is asked for is found, for platforms whose labels do not say it. */
const explained = ['telegram', 'vk', 'wordpress', 'ghost', 'nodebb'] as const
const optional: readonly Setting[] = ['address', 'name', 'appId', 'appSecret', 'botServer', 'serviceKey', 'community']

/** The official accounts that replies go out from, and who approves them. */
export function AccountsPart() {
  const { t } = useTranslation()
  const project = useProject()
  const accounts = useQuery(accountsQuery(project.id))
  return (
    <>
      <section className={styles.wide}>
        <h2>{t('replies.accounts')}</h2>
        <p className={styles.help}>{t('replies.accountsHelp')}</p>
        <Answer of={accounts} rows={2}>
          {(items) => (
            <ul className={styles.rows}>
              {items.map((account) => (
                <Row key={account.id} account={account} />
              ))}
            </ul>
          )}
        </Answer>
        <Connect />
      </section>
      <PolicyPart />
      <VoicePart />
      <ModelPart />
      {mayManage(project.role) && <ApproversPart />}
    </>
  )
}

function Row({ account }: { account: ReplyAccount }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const disconnect = async () => {
    try {
      await send('DELETE', `/projects/${project.id}/reply-accounts/${account.id}`)
    } catch (error) {
      tellFailure(t('replies.accountNotChanged'), error)
    }
    await client.invalidateQueries({ queryKey: ['project', project.id, 'reply-accounts'] })
  }
  return (
    <li className={own.account}>
      <PlatformMark platform={account.platform} size={16} />
      <bdi className={own.name}>{account.name}</bdi>
      <span className={own.quiet}>
        {platformName(t, account.platform)} · <When at={account.connectedAt} />
        {account.connectedBy !== null && (
          <>
            , <bdi>{account.connectedBy}</bdi>
          </>
        )}
      </span>
      <Button variant="subtle" color="gray" onClick={() => void disconnect()}>
        {t('replies.disconnect')}
      </Button>
    </li>
  )
}

function Connect() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const [platform, setPlatform] = useState<Platform>('mastodon')
  const [settings, setSettings] = useState<{ [name in Setting]?: string }>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const names: readonly Setting[] = asked[platform]
  const how = explained.find((one) => one === platform)
  const connect = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    setBusy(true)
    try {
      const given = Object.fromEntries(names.map((name) => [name, settings[name] ?? '']))
      const account = await send<ReplyAccount>('POST', `/projects/${project.id}/reply-accounts`, {
        platform,
        settings: given,
      })
      setSettings({})
      tell(t('replies.connected', { name: account.name }))
      await client.invalidateQueries({ queryKey: ['project', project.id, 'reply-accounts'] })
    } catch (error) {
      if (error instanceof Problem && names.some((name) => name === error.field)) setProblem(error)
      else tellFailure(t('replies.accountNotChanged'), error)
    }
    setBusy(false)
  }
  return (
    <form className={styles.form} onSubmit={(event) => void connect(event)}>
      <Select
        label={t('replies.platform')}
        data={Object.keys(asked).map((value) => ({ value, label: platformName(t, value) }))}
        value={platform}
        allowDeselect={false}
        onChange={(value) => {
          setPlatform(platforms.find((one) => one === value) ?? 'mastodon')
          setSettings({})
          setProblem(null)
        }}
      />
      {how !== undefined && <p className={styles.help}>{t(`replies.how_${how}`)}</p>}
      {names.map((name) => {
        const Input = secret.includes(name) ? PasswordInput : TextInput
        return (
          <Input
            key={name}
            label={t(`replies.setting_${name}`)}
            required={!optional.includes(name)}
            withAsterisk={false}
            value={settings[name] ?? ''}
            error={problem?.field === name ? problem.message : undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setSettings({ ...settings, [name]: event.currentTarget.value })}
          />
        )
      })}
      <FormButtons does={t('replies.connect')} sending={busy} />
    </form>
  )
}
