import type { TicketName } from '../../serve/api/shapes/ticket.ts'
import { Covered } from '../inbox/Covered.tsx'

/**
 * The title of a ticket. One that repeats a toxic text is blurred like the mention it is of, and shown when that is.
 * `project`: the one it is of, where several stand in one list.
 */
export function TicketTitle({
  ticket: { title, titleOf },
  project,
}: {
  ticket: Pick<TicketName, 'title' | 'titleOf'>
  project?: number | undefined
}) {
  if (titleOf === null) return <bdi>{title}</bdi>
  return (
    <Covered mention={{ id: titleOf, toxic: true }} project={project} isTitle>
      <bdi>{title}</bdi>
    </Covered>
  )
}
