import { dirname, join } from 'node:path/posix'

/** From the bottom of the flow to its end: a floor may import what stands before it, never what comes after. */
const floors = ['base', 'listen', 'measure', 'respond', 'serve', 'web']

/** Packages that only one room may touch, so that there is one place to look at and one to change. */
const ownerOf: { [name: string]: string } = {
  '@clickhouse/client': 'base/clickhouse/',
  chdb: 'base/clickhouse/',
  '@electric-sql/pglite': 'base/postgres/',
  pg: 'base/postgres/',
  undici: 'base/http/',
}

type Import = { from: string; names: string; typesOnly: boolean }

/** What in these files, by their path under src/, breaks the house rules of STYLE.md; one sentence each. */
export function findBrokenRules(files: Map<string, string>): string[] {
  const problems: string[] = []
  const rooms = new Map<string, Map<string, string>>()
  for (const [path, text] of files) {
    if (path !== 'config.ts' && !isTest(path) && /\bprocess\.env\b/.test(text))
      problems.push(`${path}: the environment is read in config.ts only`)
    for (const found of importsOf(text)) {
      const target = found.from.startsWith('.') ? join(dirname(path), found.from) : null
      const problem = target === null ? wrongPackage(path, found) : wrongFloor(path, target, found.typesOnly)
      if (problem) problems.push(`${path}: ${problem}`)
      const [from, to] = [roomOf(path), target && roomOf(target)]
      // Types are gone when the program runs; only what is needed to run can go in a circle.
      if (from && to && from !== to && !found.typesOnly && !isTest(path))
        rooms.set(from, (rooms.get(from) ?? new Map()).set(to, path))
    }
  }
  return [...problems, ...findCircles(rooms), ...findHeavyThreads(files)]
}

function importsOf(text: string): Import[] {
  const still = /^(?:import|export)\s+(type\s)?\s*(?:([^'"]*?)\s*\bfrom\s+)?['"]([^'"]+)['"]/gm
  const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g
  return [
    ...[...text.matchAll(still)].map(([, type, names, from]) => ({
      from: from ?? '',
      names: names ?? '',
      typesOnly: type !== undefined,
    })),
    ...[...text.matchAll(dynamic)].map(([, from]) => ({ from: from ?? '', names: '', typesOnly: false })),
  ]
}

function wrongFloor(path: string, target: string, typesOnly: boolean): string | null {
  if (target.startsWith('../'))
    return isTest(path) || target === '../package.json' ? null : `${target} is outside of src`
  const [own, other] = [floorOf(path), floorOf(target)]
  if (own === -1) return null
  if (target === 'app.ts')
    return path.startsWith('serve/cli/') || isTest(path) ? null : 'only the commands open the house (app.ts)'
  if (other === -1 || own === other) return null
  if (path.startsWith('web/'))
    return typesOnly && target.startsWith('serve/api/')
      ? null
      : `the screens share only types with serve/api, not ${target}`
  return other < own ? null : `${floors[own]} has never heard of ${floors[other]}, but imports ${target}`
}

function wrongPackage(path: string, found: Import): string | null {
  if (isTest(path)) return null
  const name = found.from
    .split('/')
    .slice(0, found.from.startsWith('@') ? 2 : 1)
    .join('/')
  const owner = ownerOf[name]
  if (owner && !path.startsWith(owner)) return `${name} is used in src/${owner} only`
  const fromKysely = name === 'kysely' && !found.typesOnly && !path.startsWith('base/postgres/')
  const values = found.names
    .replace(/[{}]/g, '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.startsWith('type '))
  return fromKysely && values.some((one) => one !== 'sql') ? 'of kysely, rooms use only sql and types' : null
}

/** Rooms of one floor that need each other to run, each circle told once. */
function findCircles(rooms: Map<string, Map<string, string>>): string[] {
  const circles = new Map<string, string>()
  const walk = (room: string, way: string[]) => {
    for (const [next, file] of rooms.get(room) ?? []) {
      if (way[0] === next) circles.set(way.toSorted().join(), `${[...way, next].join(' → ')} is a circle (see ${file})`)
      else if (!way.includes(next) && next.split('/')[0] === room.split('/')[0]) walk(next, [...way, next])
    }
  }
  for (const room of rooms.keys()) walk(room, [room])
  return [...circles.values()]
}

/** Threads that would load an engine or its queries, which takes them twice as long as all they need. */
function findHeavyThreads(files: Map<string, string>): string[] {
  const threads = [...files].flatMap(([path, text]) =>
    isTest(path)
      ? []
      : [...text.matchAll(/new Worker\(\s*new URL\('([^']+)'/g)].map(([, to]) => join(dirname(path), to!)),
  )
  return threads.flatMap((thread) => {
    // Each with the way to it.
    const reached = new Map([[thread, thread]])
    for (const [path, way] of reached) {
      for (const { from, typesOnly } of importsOf(files.get(path) ?? '')) {
        if (typesOnly) continue
        if (from === 'kysely' || ownerOf[from]) return [`${way} → ${from}: a thread loads no engine`]
        const target = join(dirname(path), from)
        if (from.startsWith('.') && !reached.has(target)) reached.set(target, `${way} → ${target}`)
      }
    }
    return []
  })
}

/** The folder on a floor, as "listen/query"; null for a file that stands beside the rooms, which joins them. */
function roomOf(path: string): string | null {
  const [floor = '', room, file] = path.split('/')
  return floors.includes(floor) && floor !== 'web' && file !== undefined ? `${floor}/${room}` : null
}

function floorOf(path: string): number {
  return floors.indexOf(path.split('/')[0] ?? '')
}

function isTest(path: string): boolean {
  return /\.(test|contract)\.tsx?$/.test(path)
}
