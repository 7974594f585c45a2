import { html, raw } from 'hono/html'
import type { HelpPost, HelpTopic } from '../../../respond/help/post.ts'
import { longestName, longestText, longestTitle } from '../../../respond/help/submit.ts'
import type { Drawn, Visit } from './frame.ts'
import { drawPlain, type Html } from './text.ts'
import { drawTags } from './views.ts'

export type Shown = {
  topic: HelpTopic
  beneath: HelpPost[]
  hasVoted: boolean
  /** What was just done. */ done: string | null
}

/** One topic: what was asked, what we answered, who else has it, and what becomes of it. */
export function drawTopic(visit: Visit, { topic, beneath, hasVoted, done }: Shown): Drawn {
  const { say, at, page, home } = visit
  const { words } = say
  const answers = beneath.filter(({ kind }) => kind === 'answer')
  // The newest of them says how it stands now; the earlier ones stay in their place.
  const answer = answers.at(-1)
  const isPublic = topic.state === 'public'
  return {
    title: topic.title,
    hidden: !isPublic,
    canonical: `${home}/${topic.id}`,
    ...(isPublic ? { data: describe(visit, topic, answers) } : {}),
    main: html`<article class="in one-column">
      <p><a href="${at}">← ${words.home}</a></p>
      ${done === null ? '' : html`<p class="note" role="status">${done}</p>`} ${drawStanding(visit, topic)}
      <h1 dir="auto">${topic.title}</h1>
      <p class="meta">${drawTags(visit, topic, answer !== undefined)} ${drawWriter(visit, topic)}</p>
      <div class="text" dir="auto">${drawPlain(topic.text)}</div>
      ${isPublic ? drawVoice(visit, topic, hasVoted) : ''}
      ${
        answer === undefined
          ? ''
          : html`<section class="answer" id="${answer.id}">
              <h2>${words.officialOf(page.title)}</h2>
              <p class="meta">${drawWhen(visit, answer)}</p>
              <div class="text" dir="auto">${drawPlain(answer.text)}</div>
            </section>`
      }
      ${isPublic ? drawFollow(visit, topic) : ''}
      ${beneath.length > (answer ? 1 : 0) ? html`<h2>${words.commentsTitle}</h2>` : ''}
      ${beneath.filter((post) => post !== answer).map((post) => drawSaid(visit, post))}
      ${isPublic ? drawCommentForm(visit, topic) : ''}
    </article>`,
  }
}

function drawStanding({ say }: Visit, { state, reason, heldFor }: HelpPost): Html {
  const { words } = say
  if (state === 'public') return html``
  const why = state === 'held' ? '' : (reason ?? (heldFor.includes('trap') ? words.rejectedTrap : ''))
  return html`<p class="note warn">${state === 'held' ? words.heldOne : words.rejectedOne} ${why}</p>`
}

function drawWriter(visit: Visit, post: HelpPost): Html {
  const { say, visitor } = visit
  const mine = visitor !== null && post.visitorId === visitor.id
  return html`<span>${post.name ?? say.words.unnamed}${mine ? ` (${say.words.you})` : ''}</span>
    ${drawWhen(visit, post)}`
}

function drawWhen({ say }: Visit, { kind, madeAt, changedAt }: HelpPost): Html {
  const isEdited = kind === 'answer' && changedAt > madeAt
  return html`<time datetime="${madeAt.toISOString()}">${say.day(madeAt)}</time>
    ${isEdited ? html`<span>${say.words.changed}</span>` : ''}`
}

function drawVoice({ say, at, token }: Visit, { id, votes }: HelpTopic, hasVoted: boolean): Html {
  const { words } = say
  return html`<form class="act" method="post" action="${at}/${id}/voice">
    <input type="hidden" name="token" value="${token}" />
    ${hasVoted ? html`<input type="hidden" name="back" value="1" />` : ''}
    <strong>${say.votes(votes)}</strong>
    ${
      hasVoted
        ? html`<span>✓ ${words.voted}</span><button class="plain">${words.takeBack}</button>`
        : html`<button class="soft">${words.meToo}</button>`
    }
  </form>`
}

function drawFollow({ say, at, token, visitor }: Visit, { id }: HelpTopic): Html {
  const { words } = say
  return html`<details>
    <summary>${words.follow}</summary>
    <form method="post" action="${at}/${id}/follow">
      <input type="hidden" name="token" value="${token}" />
      ${drawTrap(words.trap)}
      <div class="follow">
        <input
          type="email"
          name="email"
          required
          maxlength="254"
          autocomplete="email"
          aria-label="${words.email}"
          placeholder="name@example.com"
        />
        <button class="soft">${words.followButton}</button>
      </div>
      <p class="meta">${visitor?.email ? '' : words.emailHint}</p>
    </form>
  </details>`
}

function drawSaid(visit: Visit, post: HelpPost): Html {
  const isOurs = post.kind === 'answer'
  return html`<section class="${isOurs ? 'answer' : 'said'}" id="${post.id}">
    ${
      isOurs
        ? html`<h2>${visit.say.words.official}</h2>
            <p class="meta">${drawWhen(visit, post)}</p>`
        : html`<p class="meta">${drawWriter(visit, post)}</p>`
    }
    ${drawStanding(visit, post)}
    <div class="text" dir="auto">${drawPlain(post.text)}</div>
  </section>`
}

function drawCommentForm({ say, at, token }: Visit, { id }: HelpTopic): Html {
  const { words } = say
  return html`<form class="form" method="post" action="${at}/${id}/comments">
    <input type="hidden" name="token" value="${token}" />
    ${drawTrap(words.trap)}
    <label
      >${words.comment} <span class="hint">${words.commentHint} ${words.openWords}</span>
      <textarea name="text" required maxlength="${longestText}"></textarea>
    </label>
    <label
      >${words.name} <span class="hint">${words.nameHint}</span
      ><input name="name" maxlength="${longestName}" autocomplete="name"
    /></label>
    <div><button class="soft">${words.send.comment}</button></div>
  </form>`
}

export type Written = { kind: HelpTopic['kind']; title: string; text: string; name: string; email: string }

/** The form of a new topic, with what was typed so far and what is wrong with it. */
export function drawWrite(visit: Visit, written: Written, wrong: { [field: string]: string } = {}): Drawn {
  const { say, at, token } = visit
  const { words } = say
  const { kind } = written
  const error = (field: string) => (wrong[field] === undefined ? '' : html`<span class="wrong">${wrong[field]}</span>`)
  return {
    title: words.ways[kind],
    hidden: true,
    main: html`<div class="in one-column">
      <p><a href="${at}">← ${words.home}</a></p>
      <h1>${words.ways[kind]}</h1>
      ${wrong['form'] === undefined ? '' : html`<p class="note warn" role="alert">${wrong['form']}</p>`}
      <form class="form" method="post" action="${at}/write">
        <input type="hidden" name="token" value="${token}" />
        <input type="hidden" name="kind" value="${kind}" />
        ${drawTrap(words.trap)}
        <label
          >${words.titleOf[kind]} <span class="hint">${words.titleHint}</span>${error('title')}
          <input
            name="title"
            value="${written.title}"
            required
            maxlength="${longestTitle}"
            autocomplete="off"
            ${kind === 'praise' ? '' : raw(`data-similar="${at}/similar"`)}
          />
        </label>
        <div id="similar" class="live" aria-live="polite"></div>
        <label
          >${words.text} <span class="hint">${words.textHint[kind]} ${words.openWords}</span>${error('text')}
          <textarea name="text" required maxlength="${longestText}">${written.text}</textarea>
        </label>
        <div class="pair">
          <label
            >${words.name} <span class="hint">${words.nameHint}</span>
            <input name="name" value="${written.name}" maxlength="${longestName}" autocomplete="name" />
          </label>
          <label
            >${words.email} <span class="hint">${words.emailHint}</span>${error('email')}
            <input type="email" name="email" value="${written.email}" maxlength="254" autocomplete="email" />
          </label>
        </div>
        <div><button>${words.send[kind]}</button></div>
      </form>
    </div>`,
  }
}

/** Whoever fills a field that nobody sees reads the page as programs do. */
function drawTrap(label: string): Html {
  return html`<div class="t" aria-hidden="true">
    <label>${label}<input name="website" tabindex="-1" autocomplete="off" /></label>
  </div>`
}

/** As schema.org names a page of a question and its answers. */
function describe({ page, home, say }: Visit, topic: HelpTopic, answers: HelpPost[]): object {
  const url = `${home}/${topic.id}`
  const shown = answers.map((post) => ({
    '@type': 'Answer',
    text: post.text,
    url: `${url}#${post.id}`,
    dateCreated: post.madeAt.toISOString(),
    upvoteCount: 0,
    author: { '@type': 'Organization', name: page.title },
  }))
  const accepted = shown.at(-1)
  return {
    '@context': 'https://schema.org',
    '@type': 'QAPage',
    inLanguage: page.lang,
    mainEntity: {
      '@type': 'Question',
      name: topic.title,
      text: topic.text,
      url,
      dateCreated: topic.madeAt.toISOString(),
      upvoteCount: topic.votes,
      answerCount: shown.length,
      author: { '@type': 'Person', name: topic.name ?? say.words.unnamed },
      ...(accepted === undefined ? {} : { acceptedAnswer: accepted }),
      ...(shown.length > 1 ? { suggestedAnswer: shown.slice(0, -1) } : {}),
    },
  }
}
