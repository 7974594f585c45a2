/**
 * How well groups agree with the right ones, post by post: precision is the share of a post's group that belongs with it,
 * recall the share of what belongs with it that is in its group, F1 the harmonic mean of both averages (Bagga and Baldwin
 * 1998). Posts that stand alone both ways are left out: they would agree by themselves.
 */
export function bCubed(right: readonly unknown[], found: readonly unknown[]) {
  const belongs = Map.groupBy(right.keys(), (post) => right[post])
  const together = Map.groupBy(found.keys(), (post) => found[post])
  let [precision, recall, posts] = [0, 0, 0]
  for (const post of right.keys()) {
    const mates = new Set(belongs.get(right[post])!)
    const group = together.get(found[post])!
    if (mates.size === 1 && group.length === 1) continue
    const agreed = group.filter((mate) => mates.has(mate)).length
    precision += agreed / group.length
    recall += agreed / mates.size
    posts++
  }
  precision /= posts
  recall /= posts
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall), posts }
}
