/** A part of an address as people read it; as it was written where its escapes mean no letters. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
