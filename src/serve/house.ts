import type { Logger } from 'pino'
import type { Clickhouse } from '../base/clickhouse/clickhouse.ts'
import type { Events } from '../base/events/events.ts'
import type { Request } from '../base/http/request.ts'
import type { Jobs } from '../base/jobs/jobs.ts'
import type { Postgres } from '../base/postgres/postgres.ts'
import type { Secrets } from '../base/secrets/secrets.ts'
import type { Config } from '../config.ts'

/** The opened house: what a door needs to reach the rooms. `app.ts` opens and closes it. */
export type House = {
  config: Config
  log: Logger
  clickhouse: Clickhouse
  postgres: Postgres
  events: Events
  jobs: Jobs
  /** The only way out to the network. */
  request: Request
  secrets: Secrets
  now: () => Date
}
