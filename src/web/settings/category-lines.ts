/**
 * Which line is which category, after a person has edited the lines: one with its old name is the same; of the others, a new
 * name that stands between the same neighbours, or at the same place, is an old one renamed.
 */
export function matchLines(
  categories: readonly { id: number; name: string }[],
  lines: readonly string[],
): { id: number | null; name: string }[] {
  const names = lines.map((line) => line.trim())
  const byName = new Map(categories.map(({ id, name }) => [name.toLowerCase(), id]))
  const kept = names.map((name) => byName.get(name.toLowerCase()) ?? null)
  const free = categories.filter(({ id }) => !kept.includes(id))
  const added = names.flatMap((_, i) => (kept[i] === null ? [i] : []))
  // As many gone as new: they were renamed, in their order. Otherwise nobody can tell which became which.
  if (free.length === added.length) for (const [n, i] of added.entries()) kept[i] = free[n]!.id
  return names.map((name, i) => ({ id: kept[i] ?? null, name }))
}
