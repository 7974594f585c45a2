/**
 * What a role may not do is not shown; the server decides again.
 *   mayManage(project.role)   topics, sources, imports, people, keys, the project itself
 *   mayWork(project.role)     tickets, tags, notes
 *   mayWrite(project.role)    replies and articles
 *   isAtLeast(role, least)    whether they may do what that role may
 *   rolesUpTo(role)           the roles a person may give to others
 */
import type { Role } from '../../serve/api/shapes/project.ts'

const roles = ['head', 'manager', 'copywriter', 'moderator', 'client'] as const satisfies readonly Role[]

export function mayManage(role: Role): boolean {
  return role === 'head' || role === 'manager'
}

export function mayWork(role: Role): boolean {
  return role !== 'client'
}

export function mayWrite(role: Role): boolean {
  return mayManage(role) || role === 'copywriter'
}

export function isAtLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) <= roles.indexOf(least)
}

/** Nobody gives more than they have. */
export function rolesUpTo(role: Role): readonly Role[] {
  return roles.slice(roles.indexOf(role))
}
