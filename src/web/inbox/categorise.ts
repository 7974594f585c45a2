import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CategorySet, Labelled } from '../../serve/api/shapes/category.ts'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { send } from '../api/client.ts'
import { inTurn } from '../api/in-turn.ts'
import { offerUndo, tell, tellFailure } from '../parts/notices.ts'
import { changeShown, mentionsLine } from './queries.ts'

const atOnce = 1000

/** Puts mentions into a category of a set: seen at once, undone with one key, put back when the server refuses. */
export function useCategorise(project: number) {
  const { t } = useTranslation()
  const client = useQueryClient()

  const save = async (mentions: readonly Mention[], set: CategorySet, category: number | null) => {
    const ids = mentions.map(({ id }) => id)
    const name = set.categories.find(({ id }) => id === category)?.name
    const before = new Map<string, number | null>()
    // What was learnt is known to the server alone, so taking back waits for its answer.
    if (name !== undefined) changeShown(client, project, ids, (mention) => withCategory(mention, set, name))
    try {
      for (let from = 0; from < ids.length; from += atOnce) {
        const some = { ids: ids.slice(from, from + atOnce), category }
        const { items } = await inTurn(mentionsLine(project), () =>
          send<{ items: Labelled[] }>('POST', `/projects/${project}/category-sets/${set.id}/labels`, some),
        )
        const now = new Map(items.map((one) => [one.id, one]))
        for (const one of items) before.set(one.id, one.before)
        changeShown(client, project, [...now.keys()], (mention) => ({
          ...mention,
          categories: now.get(mention.id)?.categories ?? mention.categories,
        }))
      }
      return before
    } catch (error) {
      changeShown(client, project, ids, (mention) => mentions.find(({ id }) => id === mention.id) ?? mention)
      tellFailure(t('inbox.notChanged'), error)
      return null
    } finally {
      for (const part of ['facets', 'mention', 'categories'])
        void client.invalidateQueries({ queryKey: ['project', project, part] })
    }
  }

  /** Null takes back what people said. */
  return async (mentions: readonly Mention[], set: CategorySet, category: number | null) => {
    const count = mentions.length
    const name = set.categories.find(({ id }) => id === category)?.name ?? ''
    const saving = save(mentions, set, category)
    const takeBack = offerUndo(
      category === null
        ? t('understood.categoryTakenBack', { count })
        : t('inbox.judged', { count, what: t('understood.category'), value: name }),
      async () => {
        const before = await saving
        if (before === null) return
        const saidBefore = Map.groupBy(
          mentions.filter(({ id }) => before.has(id)),
          ({ id }) => before.get(id) ?? null,
        )
        for (const [old, some] of saidBefore) await save(some, set, old)
      },
    )
    const before = await saving
    if (before === null) takeBack()
    else if (category === null && [...before.values()].every((said) => said === null)) {
      takeBack()
      tell(t('understood.categoryNotSaid'))
    }
  }
}

export type Categorise = ReturnType<typeof useCategorise>

/** A mention has one category of a set. */
function withCategory(mention: Mention, set: CategorySet, name: string): Mention {
  const others = mention.categories.filter((one) => !set.categories.some((category) => category.name === one))
  return { ...mention, categories: [...others, name] }
}
