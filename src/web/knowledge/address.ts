/** What the address of the knowledge screen says; `article` is the open one, or `new`. */
export type KnowledgeSearch = { [name in (typeof names)[number]]?: string }

const names = ['article', 'kind', 'state', 'overdue', 'q', 'part'] as const

export function readKnowledgeSearch(raw: Record<string, unknown>): KnowledgeSearch {
  return Object.fromEntries(names.flatMap((name) => (typeof raw[name] === 'string' ? [[name, raw[name]]] : [])))
}
