import { describe, vi } from 'vitest'
import { keepsTheContract } from '../../src/respond/integrations/system.contract.ts'
import { rt } from '../../src/respond/integrations/rt/rt.ts'
import { startRt, withoutRt } from './rt-server.ts'

// The server is Perl, and some of these tests are a dozen requests.
// Where there is none, the reason stands beside the name.
describe.skipIf(withoutRt !== null)(`a real Request Tracker 5${withoutRt === null ? '' : `: ${withoutRt}`}`, () => {
  vi.setConfig({ testTimeout: 60_000 })
  keepsTheContract(rt, async () => {
    const server = await startRt()
    return Object.assign(server, {
      settings: { address: server.base, user: server.user, password: server.password },
      wrong: { address: server.base, user: server.user, password: 'another' },
      place: 'General',
      mistakes: [],
      retryAfter: true,
      move: async (record: string) => {
        await server.as(`ticket/${record}`, { method: 'PUT', body: { Status: 'stalled', Owner: 'root' } })
        return { stage: 'stalled', owner: 'root' }
      },
      count: async (title: string) => {
        const query = new URLSearchParams({ query: `Subject LIKE '${title.split(' ').at(-1)}'` })
        return (await server.as<{ total: number }>(`tickets?${query}`)).total
      },
      comment: async (record: string, text: string) =>
        void (await server.as(`ticket/${record}/comment`, {
          method: 'POST',
          body: { Content: text, ContentType: 'text/plain' },
        })),
    })
  })
})
