/** From the one who may everything to the one who may look. */
export const roles = ['head', 'manager', 'copywriter', 'moderator', 'client'] as const
export type Role = (typeof roles)[number]

// The lowest role that may do it; every role above may as well.
const lowestRole = {
  read: 'client',
  tag: 'moderator',
  ticket: 'moderator',
  export: 'moderator',
  write: 'copywriter',
  topic: 'manager',
  source: 'manager',
  import: 'manager',
  member: 'manager',
  key: 'manager',
  audit: 'manager',
  project: 'manager',
  rate: 'head',
  'remove-project': 'head',
  'forget-person': 'head',
} as const satisfies { [action: string]: Role }
export type Action = keyof typeof lowestRole

export function may(role: Role, action: Action): boolean {
  return isAtLeast(role, lowestRole[action])
}

export function isAtLeast(role: Role, other: Role): boolean {
  return roles.indexOf(role) <= roles.indexOf(other)
}
