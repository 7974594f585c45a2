/**
 * `npm run train -- <task> [<task>…|all]`: makes the shipped models anew from the labelled data (`HEED_DATA`), and their
 * cards. The same data gives the same files.
 */
const tasks: { [name: string]: () => Promise<{ train: () => void | Promise<void> }> } = {
  language: () => import('./language.ts'),
  place: () => import('./place.ts'),
  'place-names': () => import('./place-names.ts'),
  story: () => import('./story.ts'),
  stage: () => import('./stage.ts'),
  aspects: () => import('./aspects.ts'),
  sentiment: () => import('./sentiment.ts'),
  emotions: () => import('./emotions.ts'),
  complaint: () => import('./complaint.ts'), // knows the tonality, so after it
  toxicity: () => import('./toxicity.ts'),
  spam: () => import('./spam.ts'),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => name !== 'all' && !Object.hasOwn(tasks, name))
if (asked.length === 0 || unknown.length > 0) {
  console.error(
    `${unknown.length > 0 ? `There is no task ${unknown.join(', ')}. ` : ''}Tasks: ${Object.keys(tasks).join(', ')}, all`,
  )
  process.exit(2)
}
for (const [name, load] of Object.entries(tasks)) {
  if (!asked.includes('all') && !asked.includes(name)) continue
  const begun = process.cpuUsage()
  console.log(`${name} …`)
  await (await load()).train()
  const { user, system } = process.cpuUsage(begun)
  console.log(`${name}: ${Math.round((user + system) / 1e6)} s of one core`)
}
