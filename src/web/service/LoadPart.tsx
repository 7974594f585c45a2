import { useTranslation } from 'react-i18next'
import type { Service } from '../../serve/api/shapes/service.ts'
import { Panel } from '../overview/Panel.tsx'
import { Unknown } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { useServiceSearch } from './address.ts'
import styles from './Service.module.css'
import { minuteMs, useLength } from './words.ts'

/** Who has how much of the period's work. A press narrows every figure to that member. */
export function LoadPart({ service: { load, measures } }: { service: Service }) {
  const { t } = useTranslation()
  const f = useFormat()
  const length = useLength()
  const { set } = useServiceSearch()
  const nameOf = (member: Service['load'][number]['member']) => member?.name ?? t('service.nobody')
  const table = [
    [
      'service.member',
      'service.tickets',
      'service.solvedOnes',
      'service.unsolvedOnes',
      'service.firstMedian',
      'service.recorded',
    ].map((key) => t(key as 'service.member')),
    ...load.map(({ member, tickets, solved, unsolved, firstMs, minutes }) => [
      ...[nameOf(member), tickets, solved, unsolved],
      ...[firstMs === null ? null : length(firstMs), minutes === 0 ? null : length(minutes * minuteMs)],
    ]),
  ]
  return (
    <Panel title={t('service.load')} facts={[]} formula={measures.load} table={table} size="wide">
      <div className={styles.wide}>
        <table className={styles.table}>
          <thead>
            <tr>
              {table[0]?.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {load.map(({ member, tickets, solved, unsolved, firstMs, minutes }) => (
              <tr key={member?.id ?? ''}>
                <th scope="row">
                  {member === null ? (
                    <span className={styles.quiet}>{t('service.nobody')}</span>
                  ) : (
                    <button type="button" className={styles.opens} onClick={() => set({ member: member.id })}>
                      <bdi>{member.name}</bdi>
                    </button>
                  )}
                </th>
                <td>{f.number(tickets)}</td>
                <td>{f.number(solved)}</td>
                <td>{f.number(unsolved)}</td>
                <td>{firstMs === null ? <Unknown why={t('service.noneYet')} /> : length(firstMs)}</td>
                <td>{minutes === 0 ? <Unknown why={t('outcome.minutesNone')} /> : length(minutes * minuteMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
