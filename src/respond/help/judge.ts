import { analysePost } from '../../base/text/analyse.ts'
import { detectLanguage } from '../../listen/enrich/language.ts'
import { findSpam } from '../../listen/enrich/spam.ts'
import { findToxicity } from '../../listen/enrich/toxicity.ts'
import type { Moderation } from './page.ts'
import { heldReasons, type HeldFor } from './post.ts'

export type Judged = {
  /** ISO 639-1; null: too little to tell. */
  lang: string | null
  heldFor: HeldFor[]
}

/** A person reads the form and writes a sentence; whoever is quicker has not. */
const quickestMs = 3_000
/** Who asks for help points to a page or two; who advertises points to more. */
const mostLinks = 2

/** What speaks for a moderator to look at a post before everybody does. Nothing: it is shown at once. */
export function judge(
  post: { title: string | null; text: string },
  from: { moderation: Moderation; approved: number; tookMs: number; trapped: boolean },
): Judged {
  const whole = [post.title, post.text].filter(Boolean).join('\n')
  const lang = detectLanguage(whole).code
  const analysis = analysePost({ ...post, lang })
  const reasons: { [reason in HeldFor]: boolean } = {
    trap: from.trapped,
    spam: findSpam(analysis, lang)?.label === true,
    toxic: findToxicity(analysis, lang)?.label === true,
    links: (whole.match(/https?:\/\/|www\./gi)?.length ?? 0) > mostLinks,
    fast: from.tookMs < quickestMs,
    first: from.moderation === 'first' && from.approved === 0,
    all: from.moderation === 'all',
  }
  return { lang, heldFor: heldReasons.filter((reason) => reasons[reason]) }
}
