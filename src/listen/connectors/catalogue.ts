import type { Connector } from './connector.ts'
import { feedConnector } from './feeds/feed.ts'
import type { ProblemLanguage } from './problems.ts'

export type CatalogueEntry = {
  connector: Connector<unknown>
  words: { [language in ProblemLanguage]: { name: string; brings: string } }
}

/** Every platform that can be read, in the order in which people are offered them. Files are not here: they are read once, by import. */
export const catalogue: CatalogueEntry[] = [
  {
    connector: feedConnector,
    words: {
      en: {
        name: 'Feed',
        brings: 'RSS, Atom, RDF and JSON feeds of news sites, blogs, forums and of gateways to other platforms',
      },
      ru: {
        name: 'Лента',
        brings: 'RSS, Atom, RDF и JSON Feed новостных сайтов, блогов, форумов и шлюзов к другим площадкам',
      },
    },
  },
]

/** The connector of a platform, as a stored source names it. */
export function findConnector(platform: string): Connector<unknown> | null {
  return catalogue.find(({ connector }) => connector.platform === platform)?.connector ?? null
}
