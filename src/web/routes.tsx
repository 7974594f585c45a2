/**
 * Every address of the screens. One folder per screen; each comes in its own file when it is first opened.
 * A screen below a project asks useProject(); a view of mentions also takes `validateSearch: readFilterSearch`.
 */
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type ErrorComponentProps,
} from '@tanstack/react-router'
import { meQuery, useProjectIfAny } from './api/queries.ts'
import { Problem } from './api/problem.ts'
import { Frame } from './frame/Frame.tsx'
import { readInboxSearch } from './inbox/address.ts'
import { readKnowledgeSearch } from './knowledge/address.ts'
import { readServiceSearch } from './service/address.ts'
import { speak } from './locales/words.ts'
import { type FilterSearch, readFilterSearch } from './parts/filter.ts'
import { Failed, Loading, NoRight } from './parts/states.tsx'

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Outlet })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>): { back?: string } => (isOwnPath(raw.back) ? { back: raw.back } : {}),
  component: lazyRouteComponent(() => import('./sign-in/SignInScreen.tsx'), 'SignInScreen'),
})

const signInLink = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/$token',
  validateSearch: (raw: Record<string, unknown>): { back?: string } => (isOwnPath(raw.back) ? { back: raw.back } : {}),
  component: lazyRouteComponent(() => import('./sign-in/SignInLinkScreen.tsx'), 'SignInLinkScreen'),
})

/** For experts who were sent a link; no account. */
const expert = createRoute({
  getParentRoute: () => root,
  path: '/ask/$link',
  component: lazyRouteComponent(() => import('./knowledge/ExpertScreen.tsx'), 'ExpertScreen'),
})

/** For customers who were asked whether it is solved; no account. */
const solved = createRoute({
  getParentRoute: () => root,
  path: '/solved/$link',
  component: lazyRouteComponent(() => import('./service/SolvedScreen.tsx'), 'SolvedScreen'),
})

/** For clients who were asked to approve a reply; no account. */
const approve = createRoute({
  getParentRoute: () => root,
  path: '/approve/$link',
  component: lazyRouteComponent(() => import('./replies/ApprovalScreen.tsx'), 'ApprovalScreen'),
})

/** Everything behind the door: who is here is known before anything is drawn. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const isArriving = context.client.getQueryData(meQuery.queryKey) === undefined
    const me = await context.client.ensureQueryData(meQuery).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401)
        throw redirect({ to: '/sign-in', search: { back: location.href } })
      throw error
    })
    // The account remembers the language, whatever this browser spoke before.
    if (isArriving) await speak(me.member.locale)
    if (me.isNew && location.pathname !== '/welcome') throw redirect({ to: '/welcome' })
  },
})

const welcome = createRoute({
  getParentRoute: () => signedIn,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./welcome/WelcomeScreen.tsx'), 'WelcomeScreen'),
})

const frame = createRoute({ getParentRoute: () => signedIn, id: 'frame', component: Frame })

const today = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyRouteComponent(() => import('./today/TodayScreen.tsx'), 'TodayScreen'),
})

const project = createRoute({ getParentRoute: () => frame, path: '/projects/$project', component: InsideProject })

const queue = createRoute({
  getParentRoute: () => frame,
  path: '/queue',
  validateSearch: (raw: Record<string, unknown>): { assignee?: string } =>
    typeof raw.assignee === 'string' ? { assignee: raw.assignee } : {},
  component: lazyRouteComponent(() => import('./queue/QueueScreen.tsx'), 'QueueScreen'),
})

const serviceBoard = createRoute({
  getParentRoute: () => frame,
  path: '/service',
  validateSearch: (raw: Record<string, unknown>) => inSomePeriod(readFilterSearch(raw)),
  component: lazyRouteComponent(() => import('./service/ServiceBoardScreen.tsx'), 'ServiceBoardScreen'),
})

// As with the tickets of a project: the queue stays while they are read.
const queuedTicket = createRoute({ getParentRoute: () => queue, path: '/$project/$ticket' })

const projectHome = createRoute({
  getParentRoute: () => project,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/projects/$project/inbox', params })
  },
})

const inbox = createRoute({
  getParentRoute: () => project,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('./inbox/InboxScreen.tsx'), 'InboxScreen'),
})

const tickets = createRoute({
  getParentRoute: () => project,
  path: '/tickets',
  validateSearch: (raw: Record<string, unknown>): { status?: string; assignee?: string } => ({
    ...(typeof raw.status === 'string' ? { status: raw.status } : {}),
    ...(typeof raw.assignee === 'string' ? { assignee: raw.assignee } : {}),
  }),
  component: lazyRouteComponent(() => import('./tickets/TicketsScreen.tsx'), 'TicketsScreen'),
})

// The list stays while tickets are read, so the screen of the list draws the open one too.
const ticket = createRoute({ getParentRoute: () => tickets, path: '/$ticket' })

const overview = createRoute({
  getParentRoute: () => project,
  path: '/overview',
  validateSearch: (raw: Record<string, unknown>) => inSomePeriod(readFilterSearch(raw)),
  component: lazyRouteComponent(() => import('./overview/OverviewScreen.tsx'), 'OverviewScreen'),
})

const service = createRoute({
  getParentRoute: () => project,
  path: '/service',
  validateSearch: (raw: Record<string, unknown>) => ({
    ...inSomePeriod(readFilterSearch(raw)),
    ...readServiceSearch(raw),
  }),
  component: lazyRouteComponent(() => import('./service/ServiceScreen.tsx'), 'ServiceScreen'),
})

const phrasebook = createRoute({
  getParentRoute: () => project,
  path: '/phrasebook',
  validateSearch: (raw: Record<string, unknown>) => inSomePeriod(readFilterSearch(raw)),
  component: lazyRouteComponent(() => import('./phrasebook/PhrasebookScreen.tsx'), 'PhrasebookScreen'),
})

const knowledge = createRoute({
  getParentRoute: () => project,
  path: '/knowledge',
  validateSearch: readKnowledgeSearch,
  component: lazyRouteComponent(() => import('./knowledge/KnowledgeScreen.tsx'), 'KnowledgeScreen'),
})

const author = createRoute({
  getParentRoute: () => project,
  path: '/authors/$author',
  component: lazyRouteComponent(() => import('./author/AuthorScreen.tsx'), 'AuthorScreen'),
})

const topics = createRoute({
  getParentRoute: () => project,
  path: '/topics',
  component: lazyRouteComponent(() => import('./topics/TopicsScreen.tsx'), 'TopicsScreen'),
})

const topic = createRoute({
  getParentRoute: () => project,
  path: '/topics/$topic',
  component: lazyRouteComponent(() => import('./topics/TopicScreen.tsx'), 'TopicScreen'),
})

const rules = createRoute({
  getParentRoute: () => project,
  path: '/rules',
  validateSearch: (raw: Record<string, unknown>): { rule?: string } =>
    typeof raw.rule === 'string' ? { rule: raw.rule } : {},
  component: lazyRouteComponent(() => import('./rules/RulesScreen.tsx'), 'RulesScreen'),
})

const playbooks = createRoute({
  getParentRoute: () => project,
  path: '/playbooks',
  validateSearch: (raw: Record<string, unknown>): { play?: string; playbook?: string; alarm?: string } => ({
    ...(typeof raw.play === 'string' ? { play: raw.play } : {}),
    ...(typeof raw.playbook === 'string' ? { playbook: raw.playbook } : {}),
    ...(typeof raw.alarm === 'string' ? { alarm: raw.alarm } : {}),
  }),
  component: lazyRouteComponent(() => import('./playbooks/PlaybooksScreen.tsx'), 'PlaybooksScreen'),
})

const sources = createRoute({
  getParentRoute: () => project,
  path: '/sources',
  component: lazyRouteComponent(() => import('./sources/SourcesScreen.tsx'), 'SourcesScreen'),
})

const addSource = createRoute({
  getParentRoute: () => project,
  path: '/sources/add',
  validateSearch: (raw: Record<string, unknown>): { platform?: string } =>
    typeof raw.platform === 'string' ? { platform: raw.platform } : {},
  component: lazyRouteComponent(() => import('./sources/AddSourceScreen.tsx'), 'AddSourceScreen'),
})

const importFile = createRoute({
  getParentRoute: () => project,
  path: '/sources/import',
  validateSearch: (raw: Record<string, unknown>): { file?: string; job?: string } => ({
    ...(typeof raw.file === 'string' ? { file: raw.file } : {}),
    ...(typeof raw.job === 'string' ? { job: raw.job } : {}),
  }),
  component: lazyRouteComponent(() => import('./sources/ImportScreen.tsx'), 'ImportScreen'),
})

const settings = createRoute({
  getParentRoute: () => project,
  path: '/settings',
  validateSearch: (raw: Record<string, unknown>): { part?: string } =>
    typeof raw.part === 'string' ? { part: raw.part } : {},
  component: lazyRouteComponent(() => import('./settings/SettingsScreen.tsx'), 'SettingsScreen'),
})

const tree = root.addChildren([
  signIn,
  signInLink,
  expert,
  approve,
  solved,
  signedIn.addChildren([
    welcome,
    frame.addChildren([
      today,
      queue.addChildren([queuedTicket]),
      serviceBoard,
      project.addChildren([
        projectHome,
        inbox,
        tickets.addChildren([ticket]),
        overview,
        service,
        phrasebook,
        knowledge,
        author,
        topics,
        topic,
        rules,
        playbooks,
        sources,
        addSource,
        importFile,
        settings,
      ]),
    ]),
  ]),
])

export function openRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultPendingComponent: Loading,
    defaultErrorComponent: FailedRoute,
    defaultNotFoundComponent: NoRight,
    scrollRestoration: false,
    // Everything in the address is text, so that a person can read and write it.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(
        Object.entries(search).flatMap(([name, value]) =>
          value === undefined || value === '' ? [] : [[name, String(value)]],
        ),
      ).toString()
      return text === '' ? '' : `?${text.replaceAll('%2C', ',').replaceAll('%3A', ':')}`
    },
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof openRouter>
  }
}

/** Figures are always of a period, and the line above them says which; what they open has the same. */
function inSomePeriod(search: FilterSearch): FilterSearch {
  return search.period === undefined && search.from === undefined && search.to === undefined
    ? { ...search, period: '28d' }
    : search
}

/** A project one has no right to looks like one that does not exist. */
function InsideProject() {
  return useProjectIfAny() === null ? <NoRight /> : <Outlet />
}

function FailedRoute({ error, reset }: ErrorComponentProps) {
  return <Failed error={error} retry={reset} />
}

function isOwnPath(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value)
}
