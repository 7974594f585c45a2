import { PGlite } from '@electric-sql/pglite'

// Run in a process of its own: making a new cluster takes some 200 MB that its process never gives back.
const dir = process.argv[2]
if (!dir) throw new Error('create-cluster.ts DIR')
await (await PGlite.create({ dataDir: dir })).close()
