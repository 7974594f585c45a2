import { z } from 'zod'
import { typed, wrong, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { postedOf } from '../posted.ts'
import { problem, type Problem } from '../problems.ts'
import type { Changed, Published, ReplyChannel, Sent } from '../reply-channel.ts'
import { askBot, callBot, readBot, retryAtOf, usualServer, type BotAccess, type Called } from './call.ts'
import { Chat, idOf, spotOf, urlOf } from './message.ts'

const Me = z.object({ username: z.string().min(1) })
const Made = z.object({ message_id: z.int(), chat: Chat })

/**
 * Answers of a bot, below what they answer. The Bot API has neither a key against sending twice nor a question “did you
 * take it?”: where an answer was lost nobody can tell, and a person looks into the chat and decides.
 */
export const telegramReplies: ReplyChannel<BotAccess> = {
  platform: 'telegram',
  // No look-up will ever prove anything, so a person is asked soon.
  settleMs: 15_000,

  parseAccount(input) {
    const [token, server] = [typed(input, 'botToken'), typed(input, 'botServer')]
    if (!/^[\w:-]{3,200}$/.test(token)) throw wrong('telegram-bot.token', {}, 'botToken')
    if (server !== '' && (!/^https?:\/\//i.test(server) || !URL.canParse(server)))
      throw wrong('site.url', {}, 'botServer')
    return { token, server: server === '' ? usualServer : new URL(server).href.replace(/\/+$/, '') }
  },

  async greet(account, io) {
    const asked = await callBot(account, 'getMe', {}, Me, io)
    if ('value' in asked) return { kind: 'ready', name: `@${asked.value.username}`, account }
    return { kind: asked.trouble.kind === 'signed-out' ? 'refused' : 'unknown', problem: problemOf(asked) }
  },

  limits: () => ({ length: { most: 4096, unit: 'utf16' } }),

  async send(reply, account, io) {
    const spot = spotOf(reply.to.id)
    if (spot === null) return { kind: 'refused', problem: problem('reply.gone') }
    const parameters = { chat_id: spot.chat, text: reply.text, reply_parameters: { message_id: spot.message } }
    const done = await change('sendMessage', parameters, account, Made, io)
    return 'trouble' in done ? done.trouble : { kind: 'sent', ...publishedAs(done.value) }
  },

  find: async () => ({ kind: 'unknown', problem: problem('telegram-bot.no-look-up') }),

  async edit(published, text, account, io) {
    const spot = spotOf(published.mention)
    if (spot === null) return { kind: 'refused', problem: problem('reply.gone') }
    const parameters = { chat_id: spot.chat, message_id: spot.message, text }
    return changed(await change('editMessageText', parameters, account, z.unknown(), io), /not modified/i)
  },

  async remove(published, account, io) {
    const spot = spotOf(published.mention)
    if (spot === null) return { kind: 'refused', problem: problem('reply.gone') }
    const parameters = { chat_id: spot.chat, message_id: spot.message }
    return changed(await change('deleteMessage', parameters, account, z.unknown(), io), /not found/i)
  },
}

function publishedAs({ chat, message_id: message }: z.infer<typeof Made>): Published {
  return { id: `${chat.id}/${message}`, mention: idOf(chat, message), url: urlOf(chat, message) }
}

type NotDone = { trouble: Exclude<Sent, { kind: 'sent' }>; said: string }

async function change<Value>(
  method: string,
  parameters: object,
  account: BotAccess,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): Promise<{ value: Value } | NotDone> {
  const answer = await askBot(account, method, parameters, io)
  const called = readBot(answer, shape, io.now())
  if ('value' in called) return called
  if ('refusal' in called) return refusedAs(called, io)
  const posted = postedOf(answer, io.now())
  // It was taken, in a form that does not say where it is.
  return { trouble: 'trouble' in posted ? posted.trouble : { kind: 'unknown', problem: problemOf(called) }, said: '' }
}

function refusedAs(called: Extract<Called<unknown>, { refusal: unknown }>, io: ConnectorIo): NotDone {
  const { error_code: code, description: said } = called.refusal
  if (code === 429)
    return {
      said,
      trouble: { kind: 'later', at: retryAtOf(called.refusal, io.now()), problem: problem('reply.slow-down') },
    }
  if (code >= 500) return { said, trouble: { kind: 'unknown', problem: problemOf(called) } }
  return { said, trouble: { kind: 'refused', problem: reasonFor(said, called) } }
}

function reasonFor(said: string, called: { trouble: Trouble }): Problem {
  if (/repl(y|ied) not found|message to be replied|chat not found|upgraded to a supergroup/i.test(said))
    return problem('reply.gone')
  if (/can't be (edited|deleted)/i.test(said)) return problem('telegram-bot.too-old')
  if (/kicked|blocked|not a member|not enough rights|have no rights|can't initiate|CHAT_WRITE_FORBIDDEN/i.test(said))
    return problem('telegram-bot.not-allowed', { reason: said })
  return problemOf(called)
}

/** What Telegram calls wrong, and is as it was wanted, is done. */
function changed(done: { value: unknown } | NotDone, isAsWanted: RegExp): Changed {
  if ('value' in done || isAsWanted.test(done.said)) return { kind: 'done' }
  const { kind, problem: why } = done.trouble
  return { kind: kind === 'refused' ? 'refused' : 'unknown', problem: why }
}

function problemOf({ trouble }: { trouble: Trouble }): Problem {
  if (trouble.kind === 'rate-limited') return problem('reply.slow-down')
  return trouble.problem ?? problem('site.stopped')
}
