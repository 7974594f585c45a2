import type { Connector } from '../connectors/connector.ts'
import { feedConnector } from '../connectors/feeds/feed.ts'

/** Every platform that can be read, by its name. */
export const connectors: ReadonlyMap<string, Connector<unknown>> = new Map([feedConnector].map((connector) => [connector.platform, connector]))
