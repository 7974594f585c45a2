import type { TFunction } from 'i18next'
import type { RuleAction, RuleCondition } from '../../serve/api/shapes/rule.ts'
import { statusName } from '../parts/names.ts'
import { isolated } from '../tickets/Conversation.tsx'
import { priorities } from '../tickets/Priority.tsx'
import type { Named } from './queries.ts'

export const alarmKinds = ['spike.volume', 'spike.negative', 'promise.explosion'] as const

/** A condition as a sentence of its own. */
export function conditionWords(t: TFunction, condition: RuleCondition, named: Named): string {
  const { about, is, values, field } = condition
  const what = about === 'field' ? fieldName(field, named) : t(`rules.about_${about}`)
  return t(is ? 'rules.conditionIs' : 'rules.conditionIsNot', {
    what,
    values: values.map((value) => valueWords(t, about, value, named)).join(t('rules.or')),
  })
}

export function valueWords(t: TFunction, about: RuleCondition['about'], value: string, named: Named): string {
  if (about === 'status') return statusName(t, value)
  if (value === 'none') return t(`rules.none_${about === 'queue' || about === 'assignee' ? about : 'any'}`)
  switch (about) {
    case 'priority':
      return priorityWords(t, value)
    case 'queue':
      return isolated(named.queues.find(({ id }) => String(id) === value)?.name ?? '—')
    case 'assignee':
      return memberName(value, named)
    case 'customer':
      return t(value === 'returning' ? 'rules.customer_returning' : 'rules.customer_new')
    case 'alarm': {
      const kind = alarmKinds.find((one) => one === value)
      return kind === undefined ? value : t(`alarms.kind_${kind}`)
    }
    case 'topic':
      return isolated(named.topics.find(({ id }) => String(id) === value)?.name ?? '—')
    case 'hours':
      return t(value === 'outside' ? 'rules.hours_outside' : 'rules.hours_working')
    default:
      return isolated(value)
  }
}

export function actionWords(t: TFunction, action: RuleAction, named: Named): string {
  switch (action.do) {
    case 'open-ticket':
      return t('rules.do_open-ticket')
    case 'priority':
      return t('rules.did_priority', { what: priorityWords(t, action.priority) })
    case 'queue':
      return t('rules.did_queue', {
        what: action.queue === null ? t('rules.none_queue') : valueWords(t, 'queue', String(action.queue), named),
      })
    case 'assign':
      return t('rules.did_assign', {
        what:
          action.member === null
            ? t('rules.none_assignee')
            : action.member === 'turn'
              ? t('shift.turn')
              : memberName(action.member, named),
      })
    case 'tags':
      return t('rules.did_tags', {
        what: [...action.add.map((tag) => `+${tag}`), ...action.remove.map((tag) => `−${tag}`)].join(', '),
      })
    case 'field':
      return t('rules.did_field', { what: `${fieldName(action.field, named)}: ${String(action.value ?? '—')}` })
    case 'watch':
      return t('rules.did_watch', { what: memberName(action.member, named) })
    case 'incident':
      return t('rules.did_incident', {
        what: isolated(named.incidents.find(({ id }) => id === action.incident)?.title ?? '—'),
      })
    case 'note':
      return t('rules.do_note')
    case 'tell':
      return t('rules.did_tell', { what: action.members.map((member) => memberName(member, named)).join(', ') })
    case 'playbook':
      return t('rules.did_playbook', {
        what: isolated(named.playbooks.find(({ id }) => id === action.playbook)?.name ?? '—'),
      })
    case 'mark':
      return t('rules.did_mark', { what: action.tags.join(', ') })
  }
}

export function priorityWords(t: TFunction, code: string): string {
  return t(`tickets.priority_${priorities.find((known) => known === code) ?? 'normal'}`)
}

function memberName(id: string, { members }: Named): string {
  return isolated(members.find((member) => member.id === id)?.name ?? '—')
}

function fieldName(id: number | undefined, { fields }: Named): string {
  return isolated(fields.find((field) => field.id === id)?.name ?? '—')
}
