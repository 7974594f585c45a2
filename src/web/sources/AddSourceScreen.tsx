import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogueEntry, Source, SourceCheck } from '../../serve/api/shapes/source.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { useProject } from '../api/queries.ts'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { When } from '../parts/figures.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { Page } from '../parts/Page.tsx'
import { mayManage } from '../parts/roles.ts'
import { Answer, NoRight } from '../parts/states.tsx'
import { catalogueQuery, sourcesQuery } from './queries.ts'
import styles from './Sources.module.css'

/** First what can be collected, then where, then what it would bring; only then it is saved. */
export function AddSourceScreen() {
  const { t } = useTranslation()
  const project = useProject()
  const catalogue = useQuery(catalogueQuery)
  const [chosen, setChosen] = useState<string | null>(null)
  const params = { project: String(project.id) }
  if (!mayManage(project.role)) return <NoRight />
  return (
    <Page
      title={t('sources.addTitle')}
      actions={
        <ButtonLink to="/projects/$project/sources" params={params}>
          {t('sources.back')}
        </ButtonLink>
      }
    >
      <div className={styles.adding}>
        <Answer of={catalogue} rows={3}>
          {(items) => {
            const entry = items.find(({ platform }) => platform === (chosen ?? items[0]?.platform))
            return (
              <>
                <ul className={styles.catalogue} aria-label={t('sources.catalogue')}>
                  {items.map((one) => (
                    <li key={one.platform}>
                      <button
                        type="button"
                        className={styles.entry}
                        aria-pressed={one === entry}
                        onClick={() => setChosen(one.platform)}
                      >
                        <Entry entry={one} />
                      </button>
                    </li>
                  ))}
                  <li>
                    <Link to="/projects/$project/sources/import" params={params} className={styles.entry}>
                      <span className={styles.entryHead}>
                        <Icon name="upload" /> <strong>{t('sources.file')}</strong>
                      </span>
                      <span className={styles.entryWords}>{t('sources.fileWords')}</span>
                    </Link>
                  </li>
                </ul>
                {entry !== undefined && <AddForm key={entry.platform} entry={entry} />}
              </>
            )
          }}
        </Answer>
      </div>
    </Page>
  )
}

function Entry({ entry }: { entry: CatalogueEntry }) {
  const { t } = useTranslation()
  return (
    <>
      <span className={styles.entryHead}>
        <PlatformMark platform={entry.platform} /> <strong>{entry.name}</strong>
      </span>
      <span className={styles.entryWords}>{entry.brings}</span>
      <span className={styles.quiet}>
        {[t(`sources.needs_${entry.needs}`), ...(entry.replies ? [t('sources.replies')] : [])].join(' · ')}
      </span>
    </>
  )
}

function AddForm({ entry }: { entry: CatalogueEntry }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [url, setUrl] = useState('')
  const [name, setName] = useState<string | null>(null)
  const check = useMutation({
    mutationFn: (address: string) =>
      send<SourceCheck>('POST', `/projects/${project.id}/sources/check`, { platform: entry.platform, url: address }),
  })
  const checked = check.data
  const isSame = check.variables === url.trim()
  const add = useMutation({
    mutationFn: () =>
      send<Source>('POST', `/projects/${project.id}/sources`, {
        platform: entry.platform,
        url: checked?.movedTo ?? url.trim(),
        ...((name ?? checked?.title ?? '').trim() === ''
          ? {}
          : { name: (name ?? checked?.title ?? '').trim().slice(0, 200) }),
      }),
    onSuccess: (source) => {
      void client.invalidateQueries({ queryKey: sourcesQuery(project.id).queryKey })
      tell(t('sources.added', { name: source.name }))
      void navigate({ to: '/projects/$project/sources', params: { project: String(project.id) } })
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
    check.mutate(url.trim(), {
      onError: (error) => error instanceof Problem || tellFailure(t('sources.notLooked'), error),
    })
  }
  return (
    <div className={styles.addForm}>
      <form className={styles.addressLine} onSubmit={look}>
        <TextInput
          label={entry.asks}
          description={entry.asksHelp}
          placeholder={entry.example}
          value={url}
          required
          withAsterisk={false}
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="off"
          maxLength={4000}
          error={wrong?.message}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="sm"
          variant={checked?.ok === true && isSame ? 'default' : 'filled'}
          loading={check.isPending}
          disabled={url.trim() === ''}
        >
          {t('sources.look')}
        </Button>
      </form>
      {check.isPending && (
        <p className={styles.quiet} role="status">
          {t('sources.looking')}
        </p>
      )}
      {checked !== undefined &&
        !check.isPending &&
        isSame &&
        (checked.ok ? (
          <>
            <form
              className={styles.saveLine}
              onSubmit={(event) => {
                event.preventDefault()
                add.mutate()
              }}
            >
              <TextInput
                label={t('sources.name')}
                value={name ?? checked.title ?? ''}
                maxLength={200}
                autoComplete="off"
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" size="sm" variant="filled" loading={add.isPending}>
                {t('sources.save')}
              </Button>
            </form>
            {checked.movedTo !== null && (
              <p className={styles.hint}>
                <Icon name="info" />{' '}
                <span>
                  {t('sources.moved')} <bdi>{checked.movedTo}</bdi>
                </span>
              </p>
            )}
            <Found check={checked} />
          </>
        ) : (
          <p className={styles.hint} data-bad role="alert">
            <Icon name="alert" /> <span dir="auto">{checked.hint ?? t('sources.notReadable')}</span>
          </p>
        ))}
    </div>
  )
}

function Found({ check }: { check: SourceCheck }) {
  const { t } = useTranslation()
  if (check.items.length === 0)
    return (
      <p className={styles.hint}>
        <Icon name="info" /> {t('sources.foundNothing')}
      </p>
    )
  return (
    <section>
      <h2 className={styles.heading}>{t('sources.found', { count: check.items.length })}</h2>
      <ol className={styles.found}>
        {check.items.slice(0, 10).map((item) => (
          <li key={item.id}>
            <span className={styles.foundHead}>
              <bdi className={styles.foundTitle}>{item.title ?? item.text}</bdi>
              <span className={styles.quiet}>
                <When at={item.postedAt} why={t('sources.noDate')} />
              </span>
            </span>
            {item.title !== null && item.text !== '' && (
              <span className={styles.foundText} dir="auto">
                {item.text}
              </span>
            )}
            {item.url !== null && (
              <a className={styles.foundUrl} href={item.url} target="_blank" rel="noopener noreferrer nofollow">
                <bdi>{item.url}</bdi>
              </a>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
