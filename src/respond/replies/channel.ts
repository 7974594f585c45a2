import type { Database } from '../../base/postgres/postgres.ts'
import { blueskyReplies } from '../../listen/connectors/bluesky/reply.ts'
import type { AnsweredMention, ReplyChannel } from '../../listen/connectors/reply-channel.ts'
import { mastodonReplies } from '../../listen/connectors/mastodon/reply.ts'
import { emailReplies } from '../../listen/connectors/email/reply.ts'
import { telegramReplies } from '../../listen/connectors/telegram-bot/reply.ts'
import { vkReplies } from '../../listen/connectors/vk/reply.ts'
import { ghostReplies } from '../../listen/connectors/ghost/reply.ts'
import { nodebbReplies } from '../../listen/connectors/nodebb/reply.ts'
import { wordpressReplies } from '../../listen/connectors/wordpress/reply.ts'
import { youtubeReplies } from '../../listen/connectors/youtube/reply.ts'
import { facebookReplies } from '../../listen/connectors/facebook/reply.ts'
import { appStoreReplies } from '../../listen/connectors/app-store/reply.ts'
import { googlePlayReplies } from '../../listen/connectors/google-play/reply.ts'
import { instagramReplies } from '../../listen/connectors/instagram/reply.ts'
import { threadsReplies } from '../../listen/connectors/threads/reply.ts'
import { redditReplies } from '../../listen/connectors/reddit/reply.ts'
import { googleBusinessReplies } from '../../listen/connectors/google-business/reply.ts'
import { xReplies } from '../../listen/connectors/x/reply.ts'
import { helpReplies } from '../help/channel.ts'

/** Every platform that Heed answers on by itself; for all others a person copies the reply and opens the mention. */
export function replyChannels(db: Database): readonly ReplyChannel<unknown>[] {
  return [
    mastodonReplies,
    blueskyReplies,
    telegramReplies,
    vkReplies,
    emailReplies,
    wordpressReplies,
    ghostReplies,
    nodebbReplies,
    xReplies,
    googleBusinessReplies,
    redditReplies,
    instagramReplies,
    threadsReplies,
    appStoreReplies,
    googlePlayReplies,
    facebookReplies,
    youtubeReplies,
    helpReplies(db),
  ]
}

/** Null: replies on this platform are copied and posted by a person. */
export function findReplyChannel(db: Database, platform: string): ReplyChannel<unknown> | null {
  return replyChannels(db).find((channel) => channel.platform === platform) ?? null
}

/** The text as it will stand at the platform. */
export function worded(channel: ReplyChannel<unknown> | null, text: string, to: AnsweredMention): string {
  return channel?.compose?.(text, to) ?? text
}
