import type { Logger } from 'pino'
import type { Clickhouse } from '../base/clickhouse/clickhouse.ts'
import type { Events } from '../base/events/events.ts'
import type { Request } from '../base/http/request.ts'
import type { Connect } from '../base/http/socket.ts'
import type { Stream } from '../base/http/stream.ts'
import type { Jobs } from '../base/jobs/jobs.ts'
import type { Lock } from '../base/lock/lock.ts'
import type { Model } from '../base/model/model.ts'
import type { Postgres } from '../base/postgres/postgres.ts'
import type { Secrets } from '../base/secrets/secrets.ts'
import type { Config } from '../config.ts'
import type { ProjectCategories } from '../listen/categories/project-categories.ts'
import type { Clusters } from '../listen/clusters/clusters.ts'
import type { Threads } from '../listen/threads.ts'
import type { TopicMatcher } from '../listen/topics/topic-matcher.ts'

/** The opened house: what a door needs to reach the rooms. `app.ts` opens and closes it. */
export type House = {
  config: Config
  log: Logger
  /** Held on the data directory while the house is open. */
  lock: Lock
  clickhouse: Clickhouse
  postgres: Postgres
  events: Events
  jobs: Jobs
  /** Holds every topic of every project, and follows their changes. */
  topics: TopicMatcher
  /** What every project has taught, which follows its corrections. */
  categories: ProjectCategories
  /** Read posts on their way in; null where the machine has no core to spare. */
  threads: Threads | null
  /** Which mentions are copies of one text. */
  clusters: Clusters
  /** The only ways out to the network. */
  request: Request
  /** Which addresses sockets of other protocols may be opened to. */
  allows: (address: string) => boolean
  connect: Connect
  stream: Stream
  secrets: Secrets
  /** Drafts, translates and compares meanings where whoever runs this copy has set one. */
  model: Model | null
  now: () => Date
}
