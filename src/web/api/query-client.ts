import { type InvalidateOptions, type InvalidateQueryFilters, QueryClient, type QueryKey } from '@tanstack/react-query'

/**
 * A client in which nothing that was asked before a change is taken for what holds after it. The library lets a first
 * answer that is still on its way stand for the new one, because there is nothing yet to put in its place; whoever
 * acted while it was on its way saw the old state until they looked again.
 */
export class FreshQueryClient extends QueryClient {
  override invalidateQueries<Key extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    for (const query of this.getQueryCache().findAll(filters ?? {})) {
      const firstIsOnItsWay = query.state.data === undefined && query.state.fetchStatus === 'fetching'
      // Whoever waits for the cancelled answer is given the one that is asked for now instead.
      if (firstIsOnItsWay && query.isActive()) void query.cancel({ silent: true })
    }
    return super.invalidateQueries(filters, options)
  }
}
