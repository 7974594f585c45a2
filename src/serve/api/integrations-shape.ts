import { isProblemKey, tell, type Problem } from '../../listen/connectors/problems.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { findSystem } from '../../respond/integrations/catalogue.ts'
import type { LogLine } from '../../respond/integrations/exchange.ts'
import type { Integration } from '../../respond/integrations/integration.ts'
import { hookPath } from '../../respond/integrations/keep-working.ts'
import type { KnownRecord } from '../../respond/integrations/link.ts'
import type * as shapes from './shapes/integration.ts'

type Locale = 'en' | 'ru'

export function showIntegration(
  { secrets, config }: { secrets: Secrets; config: { publicUrl: string } },
  one: Integration,
  locale: Locale,
): shapes.Integration {
  const { id, system, name, state, setup, connectedBy } = one
  return {
    ...{ id, system, name, state, setup, connectedBy },
    kind: findSystem(system)?.kind ?? 'crm',
    problem: said(one.problem, locale),
    waitUntil: one.waitUntil?.toISOString() ?? null,
    mayWrite: one.may.write,
    places: one.choices.places,
    owners: one.choices.owners,
    choicesAt: one.choicesAt.toISOString(),
    hook: `${config.publicUrl}${hookPath(secrets, id)}`,
    connectedAt: one.connectedAt.toISOString(),
    polledAt: one.polledAt?.toISOString() ?? null,
  }
}

export function showExchange(line: LogLine, locale: Locale): shapes.IntegrationExchange {
  const { id, kind, state, tries } = line
  return {
    ...{ id, kind, state, tries, ticket: line.ticketId },
    at: line.at.toISOString(),
    settledAt: line.settledAt?.toISOString() ?? null,
    problem: said(line.problem, locale),
  }
}

export function showRecord(record: KnownRecord, locale: Locale): shapes.IntegrationRecord {
  const { id, system, name, url, stage, owner, value, currency, ended, askedBy, state } = record
  return {
    ...{ id, system, name, url, stage, owner, value, currency, ended, askedBy, state },
    kind: findSystem(system)?.kind ?? 'crm',
    ticket: record.ticketId,
    integration: record.integrationId,
    asOf: record.asOf?.toISOString() ?? null,
    askedAt: record.askedAt.toISOString(),
    problem: said(record.problem, locale),
  }
}

function said(problem: Problem | null, locale: Locale): string | null {
  return problem !== null && isProblemKey(problem.key) ? tell(problem, locale) : null
}
