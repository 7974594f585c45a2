import { html, raw } from 'hono/html'
import {
  topicKinds,
  topicStatuses,
  type ListedTopic,
  type TopicFilter,
  type TopicKind,
} from '../../../respond/help/post.ts'
import type { Similar } from '../../../respond/help/similar.ts'
import type { Article } from '../../../respond/knowledge/article.ts'
import type { Drawn, Visit } from './frame.ts'
import { drawLit, drawMarkdown, type Html } from './text.ts'

const icons: { [kind in TopicKind]: string } = {
  question: '<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.5v.1"/>',
  idea: '<path d="M9 18h6M10 21h4M8.5 15A6 6 0 1 1 15.5 15c-.6.5-.9 1-.9 1.7h-5.2c0-.7-.3-1.2-.9-1.7z"/>',
  problem: '<path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.1"/>',
  praise: '<path d="M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.4 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z"/>',
}

export type Home = {
  filter: TopicFilter
  number: number
  topics: ListedTopic[]
  more: boolean
  articles: Article[]
}

/** What one sees first: the search, the four ways to write, what others wrote, and the articles. */
export function drawHome(visit: Visit, { filter, number, topics, more, articles }: Home): Drawn {
  const { page, say, at } = visit
  const { words } = say
  const address = (change: Partial<TopicFilter> & { number?: number }) => {
    const wanted = { ...filter, ...change }
    const query = new URLSearchParams({
      ...(wanted.kind === null ? {} : { kind: wanted.kind }),
      ...(wanted.status === null ? {} : { status: wanted.status }),
      ...(wanted.order === 'new' ? { order: 'new' } : {}),
      ...((change.number ?? 1) > 1 ? { page: String(change.number) } : {}),
    }).toString()
    return query === '' ? at : `${at}?${query}`
  }
  const tab = (label: string, change: Partial<TopicFilter>, isChosen: boolean, push = false) =>
    html`<a href="${address(change)}" ${isChosen ? raw('aria-current="true"') : ''} ${push ? raw('class="push"') : ''}
      >${label}</a
    >`
  return {
    title: page.title,
    hidden: filter.status !== null || number > 1,
    canonical: visit.home,
    main: html`<div class="in">
      <div class="hero">
        <h1>${page.title}</h1>
        ${page.intro === '' ? '' : html`<p>${page.intro}</p>`} ${drawSearch(visit, '')} ${drawWays(visit, '')}
      </div>
      <div class="two${articles.length === 0 ? ' one' : ''}">
        <section aria-label="${words.topics}">
          <nav class="bar">
            ${tab(words.all, { kind: null, status: null }, filter.kind === null && filter.status === null)}
            ${topicKinds.map((kind) => tab(words.kindsMany[kind], { kind }, filter.kind === kind))}
            ${tab(filter.order === 'new' ? words.top : words.newest, { order: filter.order === 'new' ? 'top' : 'new' }, false, true)}
          </nav>
          <nav class="bar">
            ${topicStatuses.map((status) =>
              tab(
                words.statuses[status],
                { status: filter.status === status ? null : status },
                filter.status === status,
              ),
            )}
          </nav>
          ${
            topics.length === 0
              ? html`<p class="note">
                  ${filter.kind === null && filter.status === null ? words.noTopics : words.nothingHere}
                </p>`
              : html`<ul>
                  ${topics.map((topic) => drawLine(visit, topic))}
                </ul>`
          }
          <div class="more">
            <span>${number > 1 ? html`<a href="${address({ number: number - 1 })}">← ${words.earlier}</a>` : ''}</span>
            <span>${more ? html`<a href="${address({ number: number + 1 })}">${words.later} →</a>` : ''}</span>
          </div>
        </section>
        ${
          articles.length === 0
            ? ''
            : html`<aside class="aside">
                <h2>${words.articles}</h2>
                <ul>
                  ${articles.map(
                    (article) =>
                      html`<li><a href="${at}/articles/${article.id}">${textOf(visit, article)?.title}</a></li>`,
                  )}
                </ul>
              </aside>`
        }
      </div>
    </div>`,
  }
}

export function drawSearchPage(visit: Visit, text: string, found: Similar[]): Drawn {
  const { say } = visit
  return {
    title: say.words.similarTo(text),
    hidden: true,
    main: html`<div class="in one-column">
      ${drawSearch(visit, text)}
      <h1>${say.words.similarTo(text)}</h1>
      ${found.length === 0 ? html`<p class="note">${say.words.nothingSimilar}</p>` : drawNear(visit, found)}
      <p>${say.words.notIt}</p>
      ${drawWays(visit, text)}
    </div>`,
  }
}

/** What a browser puts beneath the field while somebody types; nothing where nothing is near. */
export function drawLive(visit: Visit, found: Similar[]): Html {
  return found.length === 0
    ? html``
    : html`<h2>${visit.say.words.similar}</h2>
        ${drawNear(visit, found)}`
}

export function drawArticle(visit: Visit, article: Article): Drawn {
  const text = textOf(visit, article)
  const { say, at } = visit
  return {
    title: text?.title ?? '',
    canonical: `${visit.home}/articles/${article.id}`,
    main: html`<article class="in one-column" lang="${text?.lang}">
      <p><a href="${at}">← ${say.words.home}</a></p>
      <h1>${text?.title}</h1>
      <p class="meta">
        <time datetime="${text?.writtenAt.toISOString()}">${text && say.day(text.writtenAt)}</time>
      </p>
      <div class="text">${drawMarkdown(text?.body ?? '')}</div>
      <p class="note">${say.words.notIt}</p>
      ${drawWays(visit, '')}
    </article>`,
  }
}

/** One sentence in place of a page: something was done, or could not be. */
export function drawNotice(
  { at, say }: Pick<Visit, 'at' | 'say'>,
  { title, text, more }: { title: string; text: string; more?: Html },
): Drawn {
  return {
    title,
    hidden: true,
    main: html`<div class="in one-column">
      <h1>${title}</h1>
      <p class="text">${text}</p>
      ${more}
      <p class="act"><a href="${at}">${say.words.toHome}</a></p>
    </div>`,
  }
}

export function textOf({ page }: Visit, { texts }: Article): Article['texts'][number] | undefined {
  return texts.find(({ lang }) => lang === page.lang) ?? texts[0]
}

export function drawTags({ say }: Visit, topic: Pick<ListedTopic, 'kind' | 'status'>, isAnswered: boolean): Html {
  const look = { open: '', planned: ' plan', solved: ' ok', declined: '' }[topic.status]
  return html`<span class="tag">${say.kind(topic.kind)}</span>
    ${topic.status === 'open' ? '' : html`<span class="tag${look}">${say.status(topic.status)}</span>`}
    ${isAnswered && topic.status !== 'solved' ? html`<span class="tag ok">${say.words.answered}</span>` : ''}`
}

function drawSearch({ say, at }: Visit, text: string): Html {
  return html`<form class="find" action="${at}/search" role="search">
      <input
        name="q"
        value="${text}"
        maxlength="300"
        required
        autocomplete="off"
        aria-label="${say.words.searchLabel}"
        placeholder="${say.words.searchHint}"
        data-similar="${at}/similar"
      />
      <button>${say.words.search}</button>
    </form>
    <div id="similar" class="live" aria-live="polite"></div>`
}

function drawWays({ say, at }: Visit, text: string): Html {
  const rest = text === '' ? '' : `&title=${encodeURIComponent(text)}`
  return html`<nav class="ways">
    ${topicKinds.map(
      (kind) =>
        html`<a href="${at}/write?kind=${kind}${rest}"
          ><svg viewBox="0 0 24 24" aria-hidden="true">${raw(icons[kind])}</svg>${say.words.ways[kind]}</a
        >`,
    )}
  </nav>`
}

function drawLine(visit: Visit, topic: ListedTopic): Html {
  const { say, at } = visit
  const [count = '', word = ''] = say.votes(topic.votes).split(' ')
  return html`<li class="topic">
    <div class="n">${count}<small>${word}</small></div>
    <div>
      <h3><a href="${at}/${topic.id}" dir="auto">${topic.title}</a></h3>
      <p class="begin" dir="auto">${topic.text.slice(0, 240)}</p>
      <p class="meta">
        ${drawTags(visit, topic, topic.isAnswered)}
        <span>${topic.name ?? say.words.unnamed}</span>
        <time datetime="${topic.madeAt.toISOString()}">${say.day(topic.madeAt)}</time>
        ${topic.comments > 0 ? html`<span>${say.comments(topic.comments)}</span>` : ''}
      </p>
    </div>
  </li>`
}

function drawNear(visit: Visit, found: Similar[]): Html {
  const { say, at } = visit
  return html`<ul class="near">
    ${found.map((one) => {
      const { title, excerpt, why } = one.found
      const place = one.is === 'topic' ? `${one.topic.id}` : `articles/${one.found.articleId}`
      return html`<li>
        <a href="${at}/${place}" dir="auto">${drawLit(title, why.inTitle)}</a>
        <p dir="auto">${drawLit(excerpt, why.inExcerpt)}</p>
        <p class="meta">
          ${
            one.is === 'topic'
              ? html`${drawTags(visit, one.topic, one.topic.isAnswered)} <span>${say.votes(one.topic.votes)}</span>`
              : html`<span class="tag">${say.words.article}</span>`
          }
          <span class="why">${say.words.why(say.list(why.words.slice(0, 6)))}</span>
        </p>
      </li>`
    })}
  </ul>`
}
