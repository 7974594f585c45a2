import { blueskyReplies } from '../../listen/connectors/bluesky/reply.ts'
import type { AnsweredMention, ReplyChannel } from '../../listen/connectors/reply-channel.ts'
import { mastodonReplies } from '../../listen/connectors/mastodon/reply.ts'
import { emailReplies } from '../../listen/connectors/email/reply.ts'

/** Every platform that Heed answers on by itself; for all others a person copies the reply and opens the mention. */
export const replyChannels: readonly ReplyChannel<unknown>[] = [mastodonReplies, blueskyReplies, emailReplies]

/** Null: replies on this platform are copied and posted by a person. */
export function findReplyChannel(platform: string): ReplyChannel<unknown> | null {
  return replyChannels.find((channel) => channel.platform === platform) ?? null
}

/** The text as it will stand at the platform. */
export function worded(channel: ReplyChannel<unknown> | null, text: string, to: AnsweredMention): string {
  return channel?.compose?.(text, to) ?? text
}
