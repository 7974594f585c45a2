/** All filters with their counts in one panel: <FilterSheet project={id} open={…} onClose={…}/>. Same address as the chips. */
import { useTranslation } from 'react-i18next'
import { useTopics } from '../api/queries.ts'
import { topicColor } from '../look/colors.ts'
import { facetOptions, useFacets } from './facets.ts'
import { type FacetName, facetNames, listOf, toggled, useFilter } from './filter.ts'
import styles from './FilterSheet.module.css'
import { useFormat } from './format.ts'
import { Sheet } from './Sheet.tsx'
import { Answer } from './states.tsx'

const shown = 12

export function FilterSheet({ project, open, onClose }: { project: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { search, filter, set } = useFilter()
  const facets = useFacets(project, filter, open)
  const topics = useTopics(project).data ?? []
  const colorOf = (facet: FacetName, value: string) => {
    const topic = facet === 'topic' ? topics.find(({ id }) => String(id) === value) : undefined
    return topic === undefined ? 'var(--line-strong)' : topicColor(topic.color)
  }
  return (
    <Sheet open={open} title={t('filter.all')} onClose={onClose}>
      <Answer of={facets}>
        {(found) => (
          <div className={styles.facets}>
            {facetNames.map((facet) => {
              const options = facetOptions(t, f, facet, found).slice(0, shown)
              const largest = Math.max(1, ...options.map(({ count }) => count ?? 0))
              const chosen = listOf(search[facet])
              return options.length === 0 ? null : (
                <fieldset key={facet} className={styles.facet}>
                  <legend>{t(`filter.${facet}`)}</legend>
                  {options.map(({ value, label, count = 0 }) => (
                    <label key={value} className={styles.value}>
                      <input
                        type="checkbox"
                        checked={chosen.includes(value)}
                        onChange={() => set({ [facet]: toggled(search[facet], value) })}
                      />
                      <bdi>{label}</bdi>
                      <span className={styles.count}>{f.number(count)}</span>
                      <i style={{ width: `${(count / largest) * 100}%`, background: colorOf(facet, value) }} />
                    </label>
                  ))}
                </fieldset>
              )
            })}
          </div>
        )}
      </Answer>
    </Sheet>
  )
}
