import type { Events } from '../../base/events/events.ts'
import type { Jobs } from '../../base/jobs/jobs.ts'
import { sendDue, type SendWorld } from './send.ts'
import { tellStream } from './tell-stream.ts'

const job = 'send-replies'
const retryMs = 10_000

export type SendingWorld = Omit<SendWorld, 'settled'> & { jobs: Jobs; events: Events }

/** Sends what an earlier process left behind, and from then on every reply at its time. */
export async function keepSending(world: SendingWorld): Promise<void> {
  const settled = async ({ projectId, ticketId }: { projectId: number; ticketId: number }) =>
    world.events.publish({ project: projectId, kind: 'ticket', ticket: ticketId })
  await world.jobs.handle(
    job,
    async (_: object, signal) => {
      try {
        const next = await sendDue({ ...world, settled }, signal)
        await tellStream(world.db, world.clickhouse)
        if (next !== null) await wakeUp(world.jobs, next)
      } catch (error) {
        // A row of its own for each try: what fails may be away for longer than a job is tried again.
        await wakeUp(world.jobs, new Date(Date.now() + retryMs))
        throw error
      }
    },
    { retries: 0, expireSeconds: 900 },
  )
  await wakeUp(world.jobs, new Date())
}

/** After a reply was queued: the sender looks at this moment. Asked twice for one moment, it looks once. */
export async function wakeUp(jobs: Jobs, at: Date): Promise<void> {
  await jobs.send(job, {}, { key: `${job} ${at.toISOString()}`, startAfter: at })
}
