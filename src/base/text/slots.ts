import { spread } from './hash.ts'

// Slots of a table that is open to all sides: a hash and one more than where something stands, side by side; 0 is free. Those who
// look go on from slot to slot themselves, because that is where their time goes.

/** Puts what stands at a place behind whatever has the same hash. At least one slot must be free. */
export function hang(slots: Int32Array, hash: number, at: number): void {
  const last = slots.length / 2 - 1
  let slot = spread(hash, last + 1)
  while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & last
  slots[slot * 2] = hash
  slots[slot * 2 + 1] = at + 1
}

/** The same in twice as many slots; what has the same hash keeps its order. */
export function widened(slots: Int32Array): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(slots.length * 2)
  const last = slots.length / 2 - 1
  // From a free slot on: what was hung over the end stands behind what is before the end.
  let slot = 0
  while (slots[slot * 2 + 1] !== 0) slot++
  for (let i = 0; i < last; i++) {
    slot = (slot + 1) & last
    if (slots[slot * 2 + 1] !== 0) hang(wider, slots[slot * 2]!, slots[slot * 2 + 1]! - 1)
  }
  return wider
}
