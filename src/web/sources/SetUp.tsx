import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogueEntry, Source, SourceCheck } from '../../serve/api/shapes/source.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import styles from './Catalogue.module.css'
import { BudgetOf } from './Budgets.tsx'
import { CatalogueWords } from './CatalogueCard.tsx'
import { FeedPresets } from './FeedPresets.tsx'
import { FoundItems } from './FoundItems.tsx'
import { PushAddress } from './PushAddress.tsx'
import { GatewayForm } from './GatewayForm.tsx'
import { sourcesQuery } from './queries.ts'
import own from './Sources.module.css'

type Entered = { url: string; fields: { [name: string]: string } }

/** First what is needed, then what it brings, which also tries the credentials; only then it is saved. */
export function SetUp({ entry, onBack }: { entry: CatalogueEntry; onBack: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [entered, setEntered] = useState<Entered>({ url: '', fields: {} })
  const [name, setName] = useState<string | null>(null)
  const [made, setMade] = useState<Source | null>(null)
  const toSources = () => void navigate({ to: '/projects/$project/sources', params: { project: String(project.id) } })
  const check = useMutation({
    mutationFn: (what: Entered) =>
      send<SourceCheck>('POST', `/projects/${project.id}/sources/check`, asked(entry, what)),
  })
  const checked = check.data
  const isSame = JSON.stringify(check.variables) === JSON.stringify(entered)
  const good = checked?.ok === true && isSame && !check.isPending ? checked : null
  const add = useMutation({
    mutationFn: () => {
      const chosen = (name ?? checked?.title ?? '').trim().slice(0, 200)
      return send<Source>('POST', `/projects/${project.id}/sources`, {
        ...asked(entry, { ...entered, url: checked?.movedTo ?? entered.url }),
        ...(chosen === '' ? {} : { name: chosen }),
      })
    },
    onSuccess: (source) => {
      void client.invalidateQueries({ queryKey: sourcesQuery(project.id).queryKey })
      tell(t('sources.added', { name: source.name }))
      if (source.platform === 'webhook') setMade(source)
      else toSources()
    },
    onError: (error) => {
      if (!(error instanceof Problem)) tellFailure(t('sources.notAdded'), error)
    },
  })
  const wrong = [add.error, check.error].find((error) => error instanceof Problem)
  const look = (event: FormEvent) => {
    event.preventDefault()
    add.reset()
    setName(null)
    check.mutate(entered, {
      onError: (error) => error instanceof Problem || tellFailure(t('sources.notLooked'), error),
    })
  }
  const isReady =
    entered.url.trim() !== '' &&
    entry.fields.every((field) => !field.required || (entered.fields[field.name] ?? '').trim() !== '')
  if (made !== null)
    return (
      <div className={styles.setUp}>
        <div>
          <PushAddress source={made.id} />
          <Button size="sm" variant="filled" onClick={toSources}>
            {t('sources.addressDone')}
          </Button>
        </div>
      </div>
    )
  return (
    <div className={styles.setUp}>
      <div className={styles.steps}>
        {entry.cost !== null && <BudgetOf platform={entry.platform} currency={entry.cost.currency} />}
        <form onSubmit={look}>
          <Step number={1} title={t('sources.stepEnter')}>
            <TextInput
              label={entry.asks}
              description={entry.asksHelp}
              placeholder={entry.example}
              value={entered.url}
              required
              withAsterisk={false}
              autoCapitalize="none"
              spellCheck={false}
              autoComplete="off"
              maxLength={4000}
              error={blames(wrong, entry, null)}
              onChange={(event) => setEntered({ ...entered, url: event.currentTarget.value })}
            />
            {entry.platform === 'feed' && <FeedPresets onAddress={(url) => setEntered({ ...entered, url })} />}
            {entry.platform === 'gateway' && (
              <GatewayForm gateway={entered.url} onAddress={(url) => setEntered({ ...entered, url })} />
            )}
            {entry.fields.map((field) => (
              <SetUpField
                key={field.name}
                field={field}
                value={entered.fields[field.name] ?? ''}
                error={blames(wrong, entry, field.name)}
                onChange={(value) => setEntered({ ...entered, fields: { ...entered.fields, [field.name]: value } })}
              />
            ))}
            <div className={styles.go}>
              <Button
                type="submit"
                size="sm"
                variant={good ? 'default' : 'filled'}
                loading={check.isPending}
                disabled={!isReady}
              >
                {t('sources.look')}
              </Button>
              <Button size="sm" variant="subtle" onClick={onBack}>
                {t('sources.otherPlatform')}
              </Button>
            </div>
          </Step>
        </form>
        <Step number={2} title={t('sources.stepLook')} off={checked === undefined || !isSame}>
          {check.isPending && (
            <p className={own.quiet} role="status">
              {t('sources.looking')}
            </p>
          )}
          {checked !== undefined && isSame && !check.isPending && !checked.ok && (
            <p className={own.hint} data-bad role="alert">
              <Icon name="alert" /> <span dir="auto">{checked.hint ?? t('sources.notReadable')}</span>
            </p>
          )}
          {good && <FoundItems check={good} />}
        </Step>
        <Step number={3} title={t('sources.stepSave')} off={good === null} last>
          {good && (
            <form
              className={own.saveLine}
              onSubmit={(event) => {
                event.preventDefault()
                add.mutate()
              }}
            >
              <TextInput
                label={t('sources.name')}
                value={name ?? good.title ?? ''}
                maxLength={200}
                autoComplete="off"
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" size="sm" variant="filled" loading={add.isPending}>
                {t('sources.save')}
              </Button>
            </form>
          )}
        </Step>
      </div>
      <aside className={styles.about}>
        <CatalogueWords entry={entry} />
      </aside>
    </div>
  )
}

function asked(entry: CatalogueEntry, { url, fields }: Entered) {
  const given = entry.fields.filter(({ name }) => (fields[name] ?? '').trim() !== '')
  const of = (secret: boolean) =>
    Object.fromEntries(
      given.filter((field) => field.secret === secret).map(({ name }) => [name, (fields[name] ?? '').trim()]),
    )
  return { platform: entry.platform, url: url.trim(), settings: of(false), secrets: of(true) }
}

/** The words under a field that is to blame; what blames no field of ours stands under the first one. */
function blames(wrong: Problem | undefined, entry: CatalogueEntry, name: string | null): string | null {
  if (wrong === undefined) return null
  const field = entry.fields.find((one) => one.name === wrong.field)?.name ?? null
  return field === name ? wrong.message : null
}

function Step({
  number,
  title,
  off = false,
  last = false,
  children,
}: {
  number: number
  title: string
  off?: boolean
  last?: boolean
  children: ReactNode
}) {
  return (
    <section className={styles.step} data-off={off || undefined} data-last={last || undefined}>
      <h2>
        <i aria-hidden="true">{number}</i> {title}
      </h2>
      {children}
    </section>
  )
}

function SetUpField({
  field,
  value,
  error,
  onChange,
}: {
  field: CatalogueEntry['fields'][number]
  value: string
  error: string | null
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  const Input = field.secret ? PasswordInput : TextInput
  return (
    <Input
      label={field.required ? field.label : t('sources.optional', { label: field.label })}
      description={
        <>
          {field.help} {field.secret && <>{t('sources.secretKept')} </>}
          {field.link !== null && (
            <a href={field.link} target="_blank" rel="noopener noreferrer">
              {t('sources.whereFrom')}
            </a>
          )}
        </>
      }
      placeholder={field.example}
      value={value}
      required={field.required}
      withAsterisk={false}
      autoComplete="off"
      spellCheck={false}
      maxLength={20_000}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
