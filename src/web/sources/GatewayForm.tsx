import { Button, Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bridge } from '../../serve/api/shapes/gateway.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { useProject } from '../api/queries.ts'
import { tellFailure } from '../parts/notices.ts'
import styles from './Catalogue.module.css'
import { filledIn } from './ready-address.ts'
import own from './Sources.module.css'

/** Asks a gateway what it can read, and makes of what a person chooses and types the address of a feed. */
export function GatewayForm({ gateway, onAddress }: { gateway: string; onAddress: (address: string) => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const [chosen, setChosen] = useState<{ bridge: string; way: number } | null>(null)
  const [values, setValues] = useState<{ [name: string]: string }>({})
  const listing = useMutation({
    mutationFn: () =>
      send<{ items: Bridge[] }>('POST', `/projects/${project.id}/sources/gateway`, { url: gateway.trim() }),
    onError: (error) => error instanceof Problem || tellFailure(t('sources.gatewayNot'), error),
  })
  const bridges = listing.data?.items ?? []
  const bridge = bridges.find(({ name }) => name === chosen?.bridge)
  const form = bridge?.forms[chosen?.way ?? 0]
  const take = (way: { bridge: string; way: number }, typed: { [name: string]: string }) => {
    const asked = bridges.find(({ name }) => name === way.bridge)?.forms[way.way]
    if (!asked) return
    const all = { ...Object.fromEntries(asked.fields.map(({ name, value }) => [name, value])), ...typed }
    setChosen(way)
    setValues(all)
    const isWhole = asked.fields.every(({ name, required }) => !required || (all[name] ?? '').trim() !== '')
    if (isWhole) onAddress(filledIn(asked.address, all))
  }
  return (
    <div className={styles.ready}>
      <Button
        size="sm"
        variant="default"
        loading={listing.isPending}
        disabled={gateway.trim() === ''}
        onClick={() => listing.mutate()}
      >
        {t('sources.gatewayList')}
      </Button>
      {listing.error instanceof Problem && (
        <p className={own.hint} data-bad role="alert">
          {listing.error.message}
        </p>
      )}
      {bridges.length > 0 && (
        <Select
          label={t('sources.gatewayBridge', { number: bridges.length })}
          data={bridges.map(({ name, title, site }) => ({ value: name, label: site ? `${title} · ${site}` : title }))}
          value={chosen?.bridge ?? null}
          searchable
          limit={50}
          nothingFoundMessage={t('sources.gatewayNoBridge')}
          allowDeselect={false}
          onChange={(name) => name !== null && take({ bridge: name, way: 0 }, {})}
        />
      )}
      {bridge && chosen && bridge.forms.length > 1 && (
        <Select
          label={t('sources.gatewayWay')}
          data={bridge.forms.map(({ title }, at) => ({ value: String(at), label: title ?? String(at + 1) }))}
          value={String(chosen.way)}
          searchable
          allowDeselect={false}
          onChange={(at) => take({ bridge: bridge.name, way: Number(at) }, {})}
        />
      )}
      {chosen &&
        form?.fields.map((field) => {
          const label = field.required ? field.label : t('sources.optional', { label: field.label })
          const change = (value: string) => take(chosen, { ...values, [field.name]: value })
          return field.choices ? (
            <Select
              key={field.name}
              label={label}
              data={field.choices}
              value={values[field.name] ?? ''}
              searchable={field.choices.length > 10}
              allowDeselect={false}
              onChange={(value) => change(value ?? '')}
            />
          ) : (
            <TextInput
              key={field.name}
              label={label}
              placeholder={field.example}
              value={values[field.name] ?? ''}
              maxLength={1000}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => change(event.currentTarget.value)}
            />
          )
        })}
    </div>
  )
}
