import type { Connector } from './connector.ts'
import type { ProblemLanguage } from './problems.ts'

export type CatalogueEntry = {
  connector: Connector<unknown>
  /** What the one line holds that says what to collect: an address, a channel, words to look for. */
  example: string
  /** What else is asked for; secrets are kept sealed and handed to the connector apart from its settings. */
  fields?: CatalogueField[]
  words: { [language in ProblemLanguage]: { name: string; brings: string; asks: string; asksHelp: string } }
}

export type CatalogueField = {
  name: string
  secret: boolean
  required: boolean
  example: string
  /** Where a person gets it; null where they know. */
  link: string | null
  words: { [language in ProblemLanguage]: { label: string; help: string } }
}
