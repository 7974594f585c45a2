export const authorRoles = ['customer', 'journalist', 'employee', 'business', 'bot-like'] as const
export type AuthorRole = (typeof authorRoles)[number]

/** One reason for a role, or against it when the points are negative; `values` fill the gaps of its sentence. */
export type Evidence = {
  role: AuthorRole
  key: string
  points: number
  values: { [name: string]: string | number }
}

export type LikelyRole = {
  /** Null: the evidence is weak, or speaks for two roles alike. */
  role: AuthorRole | null
  points: { [role in AuthorRole]: number }
  /** The strongest first. */
  evidence: Evidence[]
}

/** A role needs this many points, */
export const enoughPoints = 3
/** and this many more than any other one. */
export const leadPoints = 2

export const roleWords = {
  en: `Likely role: points of what is seen, added up. A role needs at least ${enoughPoints}, and ${leadPoints} more than every other; otherwise it is unknown. What a person sets holds.`,
  ru: `Вероятная роль: сумма баллов того, что видно. Роли нужно не меньше ${enoughPoints} и на ${leadPoints} больше, чем у любой другой; иначе она неизвестна. Что задал человек, то и действует.`,
}

/** What the evidence says together. */
export function judgeRole(evidence: Evidence[]): LikelyRole {
  const points = Object.fromEntries(
    authorRoles.map((role) => [
      role,
      evidence.filter((one) => one.role === role).reduce((sum, one) => sum + one.points, 0),
    ]),
  ) as LikelyRole['points']
  const [first, second] = authorRoles.toSorted((a, b) => points[b] - points[a])
  const isClear =
    first !== undefined &&
    second !== undefined &&
    points[first] >= enoughPoints &&
    points[first] - points[second] >= leadPoints
  return {
    role: isClear ? first : null,
    points,
    evidence: evidence.toSorted((a, b) => points[b.role] - points[a.role] || b.points - a.points),
  }
}
