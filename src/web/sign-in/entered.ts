/** What a door answers: nothing when one is in, or what is still asked for. */
export type Entered = { next: 'second-factor' } | undefined
