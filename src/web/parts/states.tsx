/**
 * Every state of a piece of screen.
 *   <Loading rows={8}/>                                   skeleton, only after 200 ms
 *   <Empty says={…} next={<Button…/>}>what it will show</Empty>
 *   <Failed error={error} retry={refetch}/>               Problem → the server's sentence; Unreachable → offline words; 404 → NoRight
 *   <NoRight/>                                            looks like not existing
 *   <Partial>which source is missing</Partial>            a quiet line above what could be shown
 *   <Answer of={query} rows={8}>{(data) => …}</Answer>    draws the right one for a TanStack query
 */
import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isNotFound, Problem, Unreachable } from '../api/problem.ts'
import { Icon } from '../look/icons.tsx'
import { ButtonLink } from './ButtonLink.tsx'
import styles from './states.module.css'

const calmMs = 200

export function Loading({ rows = 6, height = 36 }: { rows?: number; height?: number }) {
  const { t } = useTranslation()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), calmMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles.loading} role="status" aria-label={t('states.loading')}>
      {late && Array.from({ length: rows }, (_, row) => <div key={row} className={styles.bone} style={{ height }} />)}
    </div>
  )
}

export function Empty({ says, children, next }: { says: string; children?: ReactNode; next?: ReactNode }) {
  return (
    <div className={styles.state}>
      <h2 className={styles.says}>{says}</h2>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {next !== undefined && <div className={styles.next}>{next}</div>}
    </div>
  )
}

export function Failed({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const { t } = useTranslation()
  if (isNotFound(error)) return <NoRight />
  if (error instanceof Unreachable) return <Offline {...(retry === undefined ? {} : { retry })} />
  return (
    <div className={styles.state} role="alert">
      <Icon name="alert" size={20} />
      <h2 className={styles.says}>{t('states.failed')}</h2>
      <p className={styles.words}>
        {error instanceof Problem && error.message !== '' ? error.message : t('states.failedWords')}
      </p>
      {retry !== undefined && <RetryButton retry={retry} />}
    </div>
  )
}

export function Offline({ retry }: { retry?: () => unknown }) {
  const { t } = useTranslation()
  return (
    <div className={styles.state} role="alert">
      <h2 className={styles.says}>{t('states.offline')}</h2>
      <p className={styles.words}>{t('states.offlineWords')}</p>
      {retry !== undefined && <RetryButton retry={retry} />}
    </div>
  )
}

export function NoRight() {
  const { t } = useTranslation()
  return (
    <Empty says={t('states.notFound')} next={<ButtonLink to="/">{t('states.toToday')}</ButtonLink>}>
      {t('states.notFoundWords')}
    </Empty>
  )
}

export function Partial({ children }: { children: ReactNode }) {
  return (
    <div className={styles.partial} role="status">
      <Icon name="alert" /> <span>{children}</span>
    </div>
  )
}

export function Answer<T>({
  of,
  rows,
  children,
}: {
  of: UseQueryResult<T>
  rows?: number
  children: (data: T) => ReactNode
}) {
  if (of.data !== undefined) return children(of.data)
  if (of.isError) return <Failed error={of.error} retry={of.refetch} />
  return <Loading {...(rows === undefined ? {} : { rows })} />
}

function RetryButton({ retry }: { retry: () => unknown }) {
  const { t } = useTranslation()
  return (
    <div className={styles.next}>
      <Button leftSection={<Icon name="refresh" />} onClick={() => void retry()}>
        {t('states.retry')}
      </Button>
    </div>
  )
}
