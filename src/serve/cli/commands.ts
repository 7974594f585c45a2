import type { Command } from './command.ts'

/** Every command there is, in the order of the help, each loaded only when it is called. */
export const commands = new Map<string, () => Promise<Command>>([
  ['match', async () => (await import('./match.ts')).match],
  ['search', async () => (await import('./search.ts')).search],
  ['query', async () => (await import('./query.ts')).query],
  ['enrich', async () => (await import('./enrich.ts')).enrich],
  ['cluster', async () => (await import('./cluster.ts')).cluster],
  ['learn', async () => (await import('./learn.ts')).learn],
  ['classify', async () => (await import('./classify.ts')).classifyCommand],
  ['import', async () => (await import('./import.ts')).importCommand],
  ['export', async () => (await import('./export.ts')).exportCommand],
  ['serve', async () => (await import('./serve.ts')).serveCommand],
  ['backup', async () => (await import('./backup.ts')).backupCommand],
  ['restore', async () => (await import('./restore.ts')).restoreCommand],
  ['doctor', async () => (await import('./doctor.ts')).doctorCommand],
])
