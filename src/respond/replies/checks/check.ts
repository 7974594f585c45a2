import type { ReplyLimits } from '../../../listen/connectors/reply-channel.ts'
import type { Voice } from '../voice.ts'
import { speaksToAnother } from './addressed.ts'
import { likeOthers } from './alike.ts'
import { blames } from './blame.ts'
import { keepsWaiting } from './delay.ts'
import { namesAnother, usesBanned } from './client-words.ts'
import { leavesGap } from './gap.ts'
import { inOtherLanguage } from './language.ts'
import { tooLong } from './length.ts'
import { privateData } from './private-data.ts'
import { promisesNothingSure } from './promise.ts'
import { leavesQuestion } from './question.ts'
import { speaksOtherwise } from './tone.ts'

/** A draft with what is known about where it goes. */
export type ReadDraft = {
  text: string
  /** As it will stand at the platform. */
  worded: string
  limit: ReplyLimits['length']
  mention: { title: string | null; text: string; lang: string | null }
  /** How long they have been without an answer of ours; null: they have one, or nobody knows. */
  waitedMs: number | null
  /** What the person who is answered is known as: the name at the platform first, then the account, then the customer's. */
  answered: string[]
  /** Names of those who may write it. */
  ours: string[]
  /** How the client speaks, and what the other clients are called. */
  voice: Voice & { others: { name: string; sure: boolean }[] }
  /** Who works on the ticket; null: nobody yet. */
  assignee: string | null
  /** What others were told last, newest first. */
  lastSent: { ticketId: number; text: string }[]
}

export type CheckName =
  | 'length'
  | 'gap'
  | 'other-client'
  | 'banned'
  | 'addressed'
  | 'private-data'
  | 'blame'
  | 'tone'
  | 'question'
  | 'delay'
  | 'promise'
  | 'language'
  | 'alike'

export type Warning = {
  check: CheckName
  /** Such a reply cannot go out at all; all others can, when the sender says that they have read the warning. */
  blocks: boolean
  reason: { en: string; ru: string }
  /** The words it is about, as they stand in the draft or in the mention; null where it is about the whole. */
  words: string | null
}

/** What a careful colleague would say before this goes out, the gravest first. Empty: nothing. */
export function readBeforeSending(draft: ReadDraft): Warning[] {
  if (draft.text.trim() === '') return []
  return [
    ...tooLong(draft), // it cannot go out
    ...leavesGap(draft), // nobody wants it to
    ...namesAnother(draft), // it was meant for another client
    ...usesBanned(draft), // this one never says it
    ...speaksToAnother(draft), // it was meant for another person
    ...privateData(draft), // it cannot be taken back
    ...blames(draft),
    ...speaksOtherwise(draft),
    ...leavesQuestion(draft),
    ...keepsWaiting(draft),
    ...promisesNothingSure(draft),
    ...inOtherLanguage(draft),
    ...likeOthers(draft),
  ]
}
