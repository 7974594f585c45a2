/** What a canned part may ask for; the screens word each of them. */
export const variableNames = [
  'customer.name',
  'author.handle',
  'ticket.number',
  'ticket.title',
  'member.name',
  'project.name',
  'question.link',
] as const
export type VariableName = (typeof variableNames)[number]

/** Null or empty: not known. */
export type VariableValues = { [name in VariableName]?: string | null }

export type Filled = {
  /** Gaps that could not be filled stand in it as they were written. */
  text: string
  gaps: Gap[]
}

/** `unknown`: there is no such variable. `empty`: there is, and nothing is known for it here. */
export type Gap = { name: string; reason: 'unknown' | 'empty' }

/** Fills every {{variable}} that has a value. What has none stays in sight and is named, so that nobody sends it unseen. */
export function fillIn(text: string, values: VariableValues): Filled {
  const gaps = new Map<string, Gap>()
  const filled = text.replace(variable, (written, inside: string) => {
    const name = inside.trim()
    const known = variableNames.find((one) => one === name)
    const value = known && values[known]?.trim()
    if (value) return value
    gaps.set(name, { name, reason: known ? 'empty' : 'unknown' })
    return written
  })
  return { text: filled, gaps: [...gaps.values()] }
}

/** The variables that a text speaks of and that do not exist. */
export function unknownVariables(text: string): string[] {
  return fillIn(text, {}).gaps.flatMap(({ name, reason }) => (reason === 'unknown' ? [name] : []))
}

const variable = /\{\{([^{}\n]{0,80})\}\}/g
