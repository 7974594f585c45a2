import { ActionIcon, Menu, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Invitation, Member, Role } from '../../serve/api/shapes/project.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { useMe, useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { FormButtons } from '../parts/FormButtons.tsx'
import { offerUndo, tell, tellFailure } from '../parts/notices.ts'
import { mayManage, rolesUpTo } from '../parts/roles.ts'
import { EditedRows } from './EditedRows.tsx'
import { OneTime } from './OneTime.tsx'
import { membersQuery } from './queries.ts'
import styles from './Settings.module.css'

export function MembersPart() {
  const { t } = useTranslation()
  const project = useProject()
  const me = useMe().member
  const client = useQueryClient()
  const members = useQuery(membersQuery(project.id))
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const manages = mayManage(project.role)
  const { queryKey } = membersQuery(project.id)
  const show = (change: (items: Member[]) => Member[]) =>
    client.setQueryData(queryKey, (items) => items && change(items))

  const changeRole = async (member: Member, role: Role) => {
    const put = async (to: Role) => {
      show((items) => items.map((one) => (one.id === member.id ? { ...one, role: to } : one)))
      try {
        await send('PATCH', `/projects/${project.id}/members/${encodeURIComponent(member.id)}`, { role: to })
        return true
      } catch (error) {
        show((items) => items.map((one) => (one.id === member.id ? { ...one, role: member.role } : one)))
        tellFailure(t('settings.roleNotChanged'), error)
        return false
      }
    }
    if (await put(role))
      offerUndo(t('settings.roleChanged', { name: member.name, role: t(`roles.${role}`) }), () => put(member.role))
  }
  const remove = async (member: Member) => {
    show((items) => items.filter(({ id }) => id !== member.id))
    try {
      await send('DELETE', `/projects/${project.id}/members/${encodeURIComponent(member.id)}`)
      offerUndo(t('settings.memberRemoved', { name: member.name }), async () => {
        const { name, email, role } = member
        await send('POST', `/projects/${project.id}/members`, { name, email, role })
        await client.invalidateQueries({ queryKey })
      })
    } catch (error) {
      tellFailure(t('settings.memberNotRemoved'), error)
    }
    void client.invalidateQueries({ queryKey })
  }
  const takeOff = async (member: Member) => {
    try {
      await send('DELETE', `/projects/${project.id}/members/${encodeURIComponent(member.id)}/second-factor`)
      show((items) => items.map((one) => (one.id === member.id ? { ...one, secondFactor: false } : one)))
      tell(t('settings.secondFactorTaken', { name: member.name }))
    } catch (error) {
      tellFailure(t('settings.secondFactorNotTaken'), error)
    }
  }
  const renew = async (member: Member) => {
    try {
      setInvitation(
        await send<Invitation>('POST', `/projects/${project.id}/members/${encodeURIComponent(member.id)}/link`),
      )
    } catch (error) {
      tellFailure(t('settings.noLink'), error)
    }
  }

  return (
    <section className={styles.wide}>
      {invitation !== null && (
        <OneTime
          title={t('settings.linkFor', { name: invitation.member.name })}
          words={t('settings.linkWords')}
          secret={invitation.link}
          onDone={() => setInvitation(null)}
        />
      )}
      <EditedRows
        of={members}
        mayAdd={manages}
        words={{
          help: t('settings.membersHelp'),
          add: t('settings.invite'),
          none: t('settings.noMembers'),
          noneWords: t('settings.noMembersWords'),
        }}
        form={(_, close) => (
          <InviteForm
            onClose={close}
            onInvited={(fresh) => {
              close()
              setInvitation(fresh)
              void client.invalidateQueries({ queryKey })
            }}
          />
        )}
      >
        {(items) => (
          <ul className={styles.rows}>
            {items.map((member) => {
              const given = rolesUpTo(project.role)
              // Nobody changes themselves, or somebody above them.
              const mayChange = manages && member.id !== me.id && given.includes(member.role)
              return (
                <li key={member.id} className={styles.member}>
                  <span className={styles.who}>
                    <bdi className={styles.name}>
                      {member.name}
                      {member.id === me.id && <span className={styles.quiet}> · {t('tickets.you')}</span>}
                    </bdi>
                    <bdi className={styles.quiet}>{member.email}</bdi>
                  </span>
                  <span className={styles.seen}>
                    {member.lastSeenAt === null ? (
                      t('settings.neverSeen')
                    ) : (
                      <>
                        {t('settings.seen')} <When at={member.lastSeenAt} />
                      </>
                    )}
                  </span>
                  {mayChange ? (
                    <Select
                      className={styles.role}
                      size="xs"
                      aria-label={t('settings.roleOf', { name: member.name })}
                      allowDeselect={false}
                      value={member.role}
                      data={given.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
                      onChange={(value) => {
                        const role = given.find((known) => known === value)
                        if (role !== undefined && role !== member.role) void changeRole(member, role)
                      }}
                    />
                  ) : (
                    <span className={styles.role}>{t(`roles.${member.role}`)}</span>
                  )}
                  <span className={styles.rowMenu}>
                    {mayChange && (
                      <Menu position="bottom-end">
                        <Menu.Target>
                          <ActionIcon aria-label={t('settings.more', { name: member.name })}>
                            <Icon name="more" />
                          </ActionIcon>
                        </Menu.Target>
                        <Menu.Dropdown>
                          <Menu.Item leftSection={<Icon name="link" />} onClick={() => void renew(member)}>
                            {t('settings.freshLink')}
                          </Menu.Item>
                          {me.isHead && member.secondFactor && (
                            <Menu.Item leftSection={<Icon name="close" />} onClick={() => void takeOff(member)}>
                              {t('settings.takeSecondFactor')}
                            </Menu.Item>
                          )}
                          <Menu.Item leftSection={<Icon name="trash" />} onClick={() => void remove(member)}>
                            {t('settings.removeMember')}
                          </Menu.Item>
                        </Menu.Dropdown>
                      </Menu>
                    )}
                  </span>
                </li>
              )
            })}
          </ul>
        )}
      </EditedRows>
    </section>
  )
}

function InviteForm({ onClose, onInvited }: { onClose: () => void; onInvited: (invitation: Invitation) => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('moderator')
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const given = rolesUpTo(project.role)
  const invite = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setProblem(null)
    try {
      onInvited(
        await send<Invitation>('POST', `/projects/${project.id}/members`, {
          name: name.trim(),
          email: email.trim(),
          role,
        }),
      )
      tell(t('settings.invited', { name: name.trim() }))
    } catch (error) {
      if (error instanceof Problem) setProblem(error)
      else tellFailure(t('settings.notInvited'), error)
    } finally {
      setSending(false)
    }
  }
  return (
    <form className={styles.inline} onSubmit={(event) => void invite(event)}>
      <div className={styles.fields}>
        <TextInput
          label={t('settings.name')}
          value={name}
          required
          withAsterisk={false}
          maxLength={120}
          autoComplete="off"
          error={problem?.field === 'name' ? problem.message : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('settings.email')}
          type="email"
          value={email}
          required
          withAsterisk={false}
          maxLength={320}
          autoComplete="off"
          error={problem?.field === 'email' ? problem.message : undefined}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select
          label={t('settings.role')}
          value={role}
          allowDeselect={false}
          data={given.map((one) => ({ value: one, label: t(`roles.${one}`) }))}
          onChange={(value) => setRole(given.find((known) => known === value) ?? role)}
        />
      </div>
      <p className={styles.help}>{t(`settings.role_${role}`)}</p>
      {problem !== null && problem.field !== 'name' && problem.field !== 'email' && (
        <p className={styles.wrong} role="alert">
          {problem.message}
        </p>
      )}
      <FormButtons does={t('settings.makeLink')} sending={sending} onCancel={onClose} />
    </form>
  )
}
