/**
 * The values of the filters with their counts, for chips and for the panel of filters.
 *   const facets = useFacets(project, filter)
 *   facetOptions(t, f, 'lang', facets.data)   Option[] for a Chooser, named in the person's language
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import type { Facets, MentionFilter } from '../../serve/api/shapes/mention.ts'
import { get } from '../api/client.ts'
import type { FacetName } from './filter.ts'
import type { Format } from './format.ts'
import type { Option } from './Chooser.tsx'
import {
  emotionName,
  kindName,
  mediaName,
  platformName,
  signName,
  sourceName,
  stageName,
  statusName,
  tonalityName,
} from './names.ts'

export function useFacets(project: number, filter: MentionFilter, wanted = true) {
  return useQuery({
    queryKey: ['project', project, 'facets', filter],
    queryFn: ({ signal }) => get<Facets>(`/projects/${project}/mentions/facets`, { search: filter, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    enabled: wanted,
  })
}

export function facetOptions(t: TFunction, f: Format, facet: FacetName, facets: Facets | undefined): Option[] {
  return (facets?.[facet] ?? []).map(({ value, label, count }) => ({
    value,
    label: facetLabel(t, f, facet, value, label),
    count,
  }))
}

export function facetLabel(t: TFunction, f: Format, facet: FacetName, value: string, label = value): string {
  if (value === 'unknown') return t('filter.unknown')
  switch (facet) {
    case 'media':
      return mediaName(t, value)
    case 'platform':
      return platformName(t, value)
    case 'kind':
      return kindName(t, value)
    case 'status':
      return statusName(t, value)
    case 'sentiment':
      return tonalityName(t, value)
    case 'stage':
      return stageName(t, value)
    case 'emotion':
      return emotionName(t, value)
    case 'sign':
      return signName(t, value)
    case 'lang':
      return f.language(value)
    case 'topic':
    case 'tag':
    case 'category':
      return label
    case 'source':
      return sourceName(t, label)
  }
}
