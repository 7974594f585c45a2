import { useQueryClient } from '@tanstack/react-query'
import { type HistoryState, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Corrected, CorrectionInput, Mention } from '../../serve/api/shapes/mention.ts'
import type { Member } from '../../serve/api/shapes/project.ts'
import type { Ticket, TicketDetail } from '../../serve/api/shapes/ticket.ts'
import { send } from '../api/client.ts'
import { inTurn } from '../api/in-turn.ts'
import { stageName, tonalityName } from '../parts/names.ts'
import { offerUndo, tell, tellFailure } from '../parts/notices.ts'
import { countryName } from '../parts/places.ts'
import { applyTo, type Change, changeShown, mentionsLine } from './queries.ts'

const atOnce = 1000

/** What a person does to one or many mentions: seen at once, undone with one key, put back when the server refuses. */
export function useMentionActions(project: number) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()

  const save = async (mentions: readonly Mention[], change: Change) => {
    const ids = mentions.map(({ id }) => id)
    changeShown(client, project, ids, (mention) => applyTo(mention, change))
    try {
      for (let from = 0; from < ids.length; from += atOnce) {
        const some = { ids: ids.slice(from, from + atOnce), ...change }
        await inTurn(mentionsLine(project), () => send('PATCH', `/projects/${project}/mentions`, some))
      }
    } catch (error) {
      changeShown(client, project, ids, (mention) => mentions.find(({ id }) => id === mention.id) ?? mention)
      tellFailure(t('inbox.notChanged'), error)
      return false
    } finally {
      void client.invalidateQueries({ queryKey: ['project', project, 'facets'] })
      void client.invalidateQueries({ queryKey: ['project', project, 'mention'] })
    }
    return true
  }

  /** Only those it makes a difference to, so that undo gives back exactly what was. */
  const change = async (mentions: readonly Mention[], step: Change, back: Change, words: (count: number) => string) => {
    const touched = mentions.filter((mention) => differs(mention, applyTo(mention, step)))
    if (touched.length === 0) return
    const saving = save(touched, step)
    const takeBack = offerUndo(words(touched.length), async () => {
      if (await saving)
        await save(
          touched.map((mention) => applyTo(mention, step)),
          back,
        )
    })
    if (!(await saving)) takeBack()
  }

  const saveJudged = async (mentions: readonly Mention[], judged: Judged): Promise<boolean> => {
    const ids = mentions.map(({ id }) => id)
    const { field, value } = judged
    const shown = (now: ReadonlyMap<string, { value: string | null; corrected: boolean }>) =>
      changeShown(client, project, [...now.keys()], (mention) => judgedAs(mention, field, now.get(mention.id)))
    // What the machine said is known to the server alone.
    if (value !== null) shown(new Map(ids.map((id) => [id, { value, corrected: true }])))
    try {
      for (let from = 0; from < ids.length; from += atOnce) {
        const some = { ids: ids.slice(from, from + atOnce), ...judged }
        const { items } = await inTurn(mentionsLine(project), () =>
          send<Corrected>('POST', `/projects/${project}/corrections`, some),
        )
        shown(new Map(items.map((one) => [one.id, one])))
      }
      return true
    } catch (error) {
      changeShown(client, project, ids, (mention) => mentions.find(({ id }) => id === mention.id) ?? mention)
      tellFailure(t('inbox.notChanged'), error)
      return false
    } finally {
      void client.invalidateQueries({ queryKey: ['project', project, 'facets'] })
      void client.invalidateQueries({ queryKey: ['project', project, 'mention'] })
      void client.invalidateQueries({ queryKey: ['project', project, 'understood'] })
    }
  }

  /** A person's word on the tonality or the stage; null gives the machine its word again. */
  const judge = async (mentions: readonly Mention[], judged: Judged) => {
    const { field, value } = judged
    const touched = mentions.filter((mention) => {
      const corrected = mention.corrected.includes(field)
      return value === null ? corrected : !corrected || judgedValue(mention, field) !== value
    })
    const count = touched.length
    if (value !== null && count < mentions.length) {
      // Somebody said so already; whether it was this person, the server knows.
      const held = mentions.filter((mention) => !touched.includes(mention))
      if ((await saveJudged(held, judged)) && count === 0) tell(t('understood.agreed', { count: held.length }))
    }
    if (count === 0) return
    const what = t(field === 'sentiment' ? 'inbox.tonality' : field === 'stage' ? 'inbox.stage' : 'understood.place')
    const said =
      field === 'sentiment'
        ? tonalityName(t, value ?? '')
        : field === 'stage'
          ? stageName(t, value ?? '')
          : countryName(i18n.language, value ?? '')
    const saving = saveJudged(touched, judged)
    const takeBack = offerUndo(
      value === null ? t('inbox.judgedBack', { count }) : t('inbox.judged', { count, what, value: said }),
      async () => {
        if (!(await saving)) return
        const before = Map.groupBy(touched, (mention) =>
          mention.corrected.includes(field) ? judgedValue(mention, field) : null,
        )
        for (const [old, some] of before) await saveJudged(some, { field, value: old } as Judged)
      },
    )
    if (!(await saving)) takeBack()
  }

  /** Why a person judged so; it is kept beside what they said. */
  const explain = async (mention: Mention, field: Judged['field'], reason: string) => {
    const value = judgedValue(mention, field)
    if (value !== null && (await saveJudged([mention], { field, value, reason } as Judged)))
      tell(t('understood.whyKept'))
  }

  const open = async (mentions: readonly Mention[]): Promise<Ticket | null> => {
    const ids = mentions.map(({ id }) => id)
    try {
      const { ticket } = await inTurn(mentionsLine(project), () =>
        send<TicketDetail>('POST', `/projects/${project}/tickets`, { mentions: ids }),
      )
      changeShown(client, project, ids, (mention) => ({ ...mention, ticket: ticket.id, status: ticket.status }))
      void client.invalidateQueries({ queryKey: ['project', project, 'tickets'] })
      void client.invalidateQueries({ queryKey: ['project', project, 'mention'] })
      return ticket
    } catch (error) {
      tellFailure(t('inbox.ticketFailed'), error)
      return null
    }
  }

  const goTo = (ticket: Ticket, state: HistoryState = {}) =>
    void navigate({
      to: '/projects/$project/tickets/$ticket',
      params: { project: String(project), ticket: String(ticket.id) },
      state,
    })

  return {
    judge,
    explain,
    setRead: (mentions: readonly Mention[], read: boolean) =>
      change(mentions, { read }, { read: !read }, (count) =>
        t(read ? 'inbox.marked_read' : 'inbox.marked_unread', { count }),
      ),
    setImportant: (mentions: readonly Mention[], important: boolean) =>
      change(mentions, { important }, { important: !important }, (count) =>
        t(important ? 'inbox.marked_important' : 'inbox.marked_plain', { count }),
      ),
    addTag: (mentions: readonly Mention[], tag: string) =>
      change(mentions, { addTags: [tag] }, { removeTags: [tag] }, (count) => t('inbox.tagged', { count, tag })),
    removeTag: (mentions: readonly Mention[], tag: string) =>
      change(mentions, { removeTags: [tag] }, { addTags: [tag] }, (count) => t('inbox.untagged', { count, tag })),
    async openTicket(mentions: readonly Mention[]) {
      const ticket = await open(mentions)
      if (ticket !== null)
        tell(t('inbox.ticketOpened', { ticket: ticket.id }), { words: t('inbox.ticketShow'), run: () => goTo(ticket) })
    },
    /** Opens the ticket of these mentions where there is none, and goes there: that is where people are answered. */
    async answer(mentions: readonly Mention[]) {
      const ticket = await open(mentions)
      if (ticket !== null) goTo(ticket, { write: 'reply' })
    },
    /** Gives the ticket of these mentions to a member, and opens one where there is none. */
    async assign(mentions: readonly Mention[], member: Pick<Member, 'id' | 'name'> | null) {
      const ticket = await open(mentions)
      if (ticket === null || ticket.assignee?.id === member?.id) return
      const give = (to: Pick<Member, 'id'> | null) =>
        send('PUT', `/projects/${project}/tickets/${ticket.id}/assignment`, { member: to?.id ?? null })
      try {
        await give(member)
        const values = { ticket: ticket.id, name: member?.name ?? '' }
        offerUndo(t(member === null ? 'inbox.unassigned' : 'inbox.assigned', values), () => give(ticket.assignee))
      } catch (error) {
        tellFailure(t('inbox.notAssigned'), error)
      }
    },
  }
}

export type MentionActions = ReturnType<typeof useMentionActions>

type Judgement<Field> = Omit<Extract<CorrectionInput, { field: Field }>, 'ids'>
export type Judged = Judgement<'sentiment'> | Judgement<'stage'> | Judgement<'place'>

function judgedValue(mention: Mention, field: Judged['field']): string | null {
  return field === 'place' ? (mention.place?.country ?? null) : mention[field]
}

function judgedAs(
  mention: Mention,
  field: Judged['field'],
  now: { value: string | null; corrected: boolean } | undefined,
): Mention {
  if (now === undefined) return mention
  const others = mention.corrected.filter((name) => name !== field)
  const corrected = now.corrected ? [...others, field] : others
  // How sure the machine was, and the rest of its place, come with the mention itself.
  const sure = now.corrected ? 1 : null
  switch (field) {
    case 'sentiment':
      return { ...mention, sentiment: now.value as Mention['sentiment'], sentimentConfidence: sure, corrected }
    case 'stage':
      return { ...mention, stage: now.value, stageConfidence: sure, corrected }
    case 'place': {
      const same = mention.place?.country === now.value
      const place = same ? mention.place : { country: now.value, region: null, city: null }
      return { ...mention, place, placeFrom: null, placeConfidence: sure, corrected }
    }
  }
}

function differs(one: Mention, other: Mention): boolean {
  return one.read !== other.read || one.important !== other.important || one.tags.join('\n') !== other.tags.join('\n')
}
