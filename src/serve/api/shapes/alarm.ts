import { z } from '@hono/zod-openapi'
import { alarmProblems } from '../../../respond/alarms/service.ts'
import { Kind, Kinds } from './webhook.ts'

const Moment = z.iso.datetime()
const Minute = z
  .int()
  .min(0)
  .max(1439)
  .nullable()
  .openapi({ description: 'Minute of the day in the time zone of the project; both null: never quiet.' })
export const Service = z.enum(['email', 'telegram', 'slack'])

const Told = { name: z.string().trim().min(1).max(80), kinds: Kinds, quietFrom: Minute, quietTo: Minute }

export const AlarmChannelInput = z
  .object({
    ...Told,
    service: Service,
    locale: z.enum(['en', 'ru']),
    settings: z.record(z.string().max(40), z.string().max(4000)).openapi({
      description:
        'email: addresses. telegram: token of a bot, chat. slack: url of an incoming webhook. Kept sealed and never shown again.',
    }),
  })
  .openapi('AlarmChannelInput')
export const AlarmChannelChange = z
  .object({ ...Told, locale: z.enum(['en', 'ru']), isOn: z.boolean() })
  .partial()
  .openapi('AlarmChannelChange')

export const AlarmChannel = z
  .object({
    ...Told,
    id: z.int(),
    service: Service,
    locale: z.enum(['en', 'ru']),
    isOn: z.boolean(),
    madeAt: Moment,
  })
  .openapi('AlarmChannel')
export type AlarmChannel = z.infer<typeof AlarmChannel>

const Problem = z.enum(alarmProblems).nullable()

export const AlarmTry = z
  .object({
    state: z
      .enum(['sent', 'written', 'not-sent'])
      .openapi({ description: 'written: letters that wait for the mail account to send them.' }),
    problem: Problem,
    reason: z.string().nullable().openapi({ description: 'What the service said, in its words.' }),
  })
  .openapi('AlarmTry')
export type AlarmTry = z.infer<typeof AlarmTry>

export const Alarms = z
  .object({
    channels: z.array(AlarmChannel),
    messages: z.array(
      z.object({
        id: z.int(),
        channelId: z.int(),
        count: z.int().openapi({ description: 'How many happenings it is about.' }),
        madeAt: Moment,
        state: z.enum(['waiting', 'sent', 'refused', 'unsure', 'gone']),
        problem: Problem,
        reason: z.string().nullable(),
      }),
    ),
    kinds: z
      .array(Kind)
      .openapi({ description: 'What a channel can be told, in the order in which it grows to trouble.' }),
    spikesOpenTickets: z.boolean(),
    hasMail: z.boolean().openapi({ description: 'Whether letters leave; without a mail account they wait.' }),
  })
  .openapi('Alarms')
export type Alarms = z.infer<typeof Alarms>
