import { type FilterSearch, readFilterSearch } from '../parts/filter.ts'

export const orders = ['newest', 'oldest', 'followers', 'engagement', 'drawn'] as const
export type Order = (typeof orders)[number]

/** The inbox in the address bar: the filters, the order, and the mention that is open. */
export function readInboxSearch(raw: Record<string, unknown>): FilterSearch & { open?: string; order?: Order } {
  const order = orders.find((known) => known === raw.order)
  return {
    ...readFilterSearch(raw),
    ...(typeof raw.open === 'string' && raw.open !== '' ? { open: raw.open } : {}),
    ...(order === undefined || order === 'newest' ? {} : { order }),
  }
}
