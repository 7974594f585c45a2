import { Button, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiKey, Role } from '../../serve/api/shapes/project.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { useProject } from '../api/queries.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { When } from '../parts/figures.tsx'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { rolesUpTo } from '../parts/roles.ts'
import { EditedRows } from './EditedRows.tsx'
import { OneTime } from './OneTime.tsx'
import { keysQuery } from './queries.ts'
import styles from './Settings.module.css'

type Made = { key: ApiKey; secret: string }

export function KeysPart() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const keys = useQuery(keysQuery(project.id))
  const [made, setMade] = useState<Made | null>(null)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const refresh = () => void client.invalidateQueries({ queryKey: keysQuery(project.id).queryKey })
  const revoke = async (key: ApiKey) => {
    setRevoking(null)
    try {
      await send('DELETE', `/projects/${project.id}/api-keys/${key.id}`)
      tell(t('settings.keyRevoked', { name: key.name }))
    } catch (error) {
      tellFailure(t('settings.keyNotRevoked'), error)
    }
    refresh()
  }
  return (
    <section className={styles.wide}>
      {made !== null && (
        <OneTime
          title={t('settings.keyMade', { name: made.key.name })}
          words={t('settings.keyWords')}
          secret={made.secret}
          onDone={() => setMade(null)}
        />
      )}
      <EditedRows
        of={keys}
        words={{
          help: (
            <>
              {t('settings.keysHelp')}{' '}
              <a href="/api" target="_blank" rel="noopener">
                {t('settings.apiPage')}
              </a>
            </>
          ),
          add: t('settings.newKey'),
          none: t('settings.noKeys'),
          noneWords: t('settings.noKeysWords'),
        }}
        form={(_, close) => (
          <KeyForm
            onClose={close}
            onMade={(fresh) => {
              close()
              setMade(fresh)
              refresh()
            }}
          />
        )}
      >
        {(items) => (
          <ul className={styles.rows}>
            {items.map((key) => (
              <li key={key.id} className={styles.member}>
                <span className={styles.who}>
                  <bdi className={styles.name}>{key.name}</bdi>
                  <code className={styles.quiet}>{key.prefix}…</code>
                </span>
                <span className={styles.seen}>
                  {key.lastUsedAt === null ? (
                    t('settings.neverUsed')
                  ) : (
                    <>
                      {t('settings.used')} <When at={key.lastUsedAt} />
                    </>
                  )}
                </span>
                <span className={styles.role}>{t(`roles.${key.role}`)}</span>
                <span className={styles.rowMenu}>
                  <Button variant="subtle" color="gray" onClick={() => setRevoking(key)}>
                    {t('settings.revoke')}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        )}
      </EditedRows>
      <Confirm
        open={revoking !== null}
        title={t('settings.revokeTitle')}
        does={t('settings.revoke')}
        onDo={async () => revoking !== null && revoke(revoking)}
        onClose={() => setRevoking(null)}
      >
        {t('settings.revokeSure', { name: revoking?.name ?? '' })}
      </Confirm>
    </section>
  )
}

function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (made: Made) => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('moderator')
  const [sending, setSending] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const given = rolesUpTo(project.role)
  const make = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setWrong(null)
    try {
      onMade(await send<Made>('POST', `/projects/${project.id}/api-keys`, { name: name.trim(), role }))
    } catch (error) {
      if (error instanceof Problem) setWrong(error.message)
      else tellFailure(t('settings.keyNotMade'), error)
    } finally {
      setSending(false)
    }
  }
  return (
    <form className={styles.inline} onSubmit={(event) => void make(event)}>
      <div className={styles.fields}>
        <TextInput
          label={t('settings.keyName')}
          placeholder={t('settings.keyPlace')}
          value={name}
          required
          withAsterisk={false}
          maxLength={120}
          autoComplete="off"
          error={wrong ?? undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('settings.keyRole')}
          value={role}
          allowDeselect={false}
          data={given.map((one) => ({ value: one, label: t(`roles.${one}`) }))}
          onChange={(value) => setRole(given.find((known) => known === value) ?? role)}
        />
      </div>
      <p className={styles.help}>{t(`settings.role_${role}`)}</p>
      <FormButtons does={t('settings.makeKey')} sending={sending} onCancel={onClose} />
    </form>
  )
}
