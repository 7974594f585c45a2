import { compress } from 'hono/compress'
import { NotFound } from '../../base/errors.ts'
import { openAuth } from '../../base/team/auth.ts'
import { topicShelf } from '../../respond/help/shelf.ts'
import { KnowledgeIndex } from '../../respond/knowledge/project-index.ts'
import type { House } from '../house.ts'
import { serveApiKeys } from './api-keys.ts'
import { serveAlarms } from './alarms.ts'
import { serveAudit } from './audit.ts'
import { serveAuthors } from './authors.ts'
import { serveAuthorService } from './authors-service.ts'
import { serveBoard } from './board.ts'
import { serveCare } from './care.ts'
import { serveClocks } from './clocks.ts'
import { serveCategories } from './categories.ts'
import { serveCategoryLabels } from './category-labels.ts'
import { describeApi } from './document.ts'
import { newApi, type Api } from './door.ts'
import { serveEvents } from './events.ts'
import { serveExport } from './export.ts'
import { serveGateways } from './gateways.ts'
import { guardAnswers } from './headers.ts'
import { serveHealth } from './health.ts'
import { serveHelp } from './help/help.ts'
import { serveHelpPages } from './help/public.ts'
import { enterProject, greet, identify } from './identify.ts'
import { serveImports } from './imports.ts'
import { limitRequest } from './limits.ts'
import { serveMembers } from './members.ts'
import { serveMentions } from './mentions.ts'
import { serveMentionImages } from './mention-images.ts'
import { serveNames } from './names.ts'
import { serveOverview } from './overview.ts'
import { servePage } from './page.ts'
import { answerProblem } from './problem.ts'
import { servePlaybooks } from './playbooks.ts'
import { serveProgress } from './progress.ts'
import { servePhrasebook } from './phrasebook.ts'
import { serveProjects } from './projects.ts'
import { serveKnowledge } from './knowledge.ts'
import { serveLetters } from './letters.ts'
import { serveLists } from './lists.ts'
import { serveQuery } from './query.ts'
import { servePush } from './push.ts'
import { serveReplies } from './replies.ts'
import { serveReplyAccounts } from './reply-accounts.ts'
import { serveIncidentAnswers } from './incident-answers.ts'
import { serveReplyVoice } from './reply-voice.ts'
import { serveReplyApprovers } from './reply-approvers.ts'
import { serveReplyWording } from './reply-wording.ts'
import { refuseForeignPages } from './same-origin.ts'
import { serveRules } from './rules.ts'
import { serveOutcome } from './outcome.ts'
import { serveService } from './service.ts'
import { serveSample } from './sample.ts'
import { serveSession } from './session.ts'
import { serveSources } from './sources.ts'
import { builtScreens, serveScreens } from './static.ts'
import { serveIntegrationHooks, serveIntegrations } from './integrations.ts'
import { serveIntegrationRecords } from './integrations-records.ts'
import { serveJoinedTickets } from './tickets-joined.ts'
import { serveShifts } from './shifts.ts'
import { serveShift } from './tickets-shift.ts'
import { serveTicketSetup } from './tickets-setup.ts'
import { serveTickets } from './tickets.ts'
import { serveMarks } from './topics-marks.ts'
import { serveTrials } from './topics-try.ts'
import { serveTopics } from './topics.ts'
import { serveUnderstood } from './understood.ts'
import { serveWebhooks } from './webhooks.ts'

/** The door for browsers and programs: the steps every request takes, then one file per resource. */
export async function createApi(house: House, options: { screens?: string } = {}): Promise<Api> {
  const api = newApi()
  const auth = await openAuth(house.postgres.db, { secrets: house.secrets, publicUrl: house.config.publicUrl })
  api.onError((error, c) => answerProblem(error, c, house.log))
  api.notFound((c) => answerProblem(new NotFound(), c, house.log))

  api.use(guardAnswers(house.config.publicUrl)) // on every answer, also a refusal
  api.use(greet(house)) // a refusal speaks the language of the person
  api.use('/api/*', compress()) // the built screens are packed once, not at each request
  api.use('/api/*', refuseForeignPages(house.config.publicUrl)) // before anything is read
  api.use('/api/*', limitRequest(house.config.limits)) // before anything is parsed
  api.use('/api/*', identify(house, auth)) // from here on somebody asks
  api.use('/api/projects/:project/*', enterProject(house)) // and has a role in the project, or there is no project

  const articles = KnowledgeIndex.ofArticles(house.postgres.db, house.model)
  const help = { db: house.postgres.db, articles, topics: new KnowledgeIndex(house.postgres.db, topicShelf) }

  serveHealth(api)
  serveSession(api, house, auth)
  serveBoard(api, house)
  serveProjects(api, house)
  serveMembers(api, house)
  serveApiKeys(api, house)
  serveAudit(api, house)
  serveProgress(api, house)
  serveSample(api, house)
  serveLetters(api, house)
  serveSources(api, house)
  serveGateways(api, house)
  serveImports(api, house)
  serveTopics(api, house)
  serveLists(api, house)
  serveCategories(api, house)
  serveCategoryLabels(api, house)
  serveMarks(api, house)
  serveTrials(api, house)
  serveQuery(api, house)
  serveMentions(api, house)
  serveMentionImages(api, house)
  serveAuthors(api, house)
  serveNames(api, house)
  serveAuthorService(api, house, articles)
  serveExport(api, house)
  serveOverview(api, house)
  serveUnderstood(api, house)
  servePhrasebook(api, house)
  serveTickets(api, house)
  serveKnowledge(api, house, articles)
  serveHelp(api, house, help)
  serveReplies(api, house)
  serveReplyAccounts(api, house)
  serveReplyVoice(api, house)
  serveIncidentAnswers(api, house)
  serveReplyApprovers(api, house)
  serveReplyWording(api, house, articles)
  serveIntegrations(api, house)
  serveIntegrationRecords(api, house)
  serveJoinedTickets(api, house)
  serveTicketSetup(api, house)
  serveShift(api, house)
  serveShifts(api, house)
  serveClocks(api, house)
  serveCare(api, house)
  serveWebhooks(api, house)
  serveAlarms(api, house)
  serveOutcome(api, house)
  serveService(api, house)
  serveRules(api, house)
  servePlaybooks(api, house)
  serveEvents(api, house, auth)

  servePush(api, house)
  serveIntegrationHooks(api, house)
  serveHelpPages(api, house, help)
  servePage(api, describeApi(api, house.config.publicUrl))
  serveScreens(api, options.screens ?? builtScreens)
  return api
}
