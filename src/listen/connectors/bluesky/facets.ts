/** A stretch of a text that leads somewhere. Its ends are counted in bytes of UTF-8, as the network wants them. */
export type Facet = {
  index: { byteStart: number; byteEnd: number }
  features: [
    | { $type: 'app.bsky.richtext.facet#link'; uri: string }
    | { $type: 'app.bsky.richtext.facet#tag'; tag: string }
    | { $type: 'app.bsky.richtext.facet#mention'; did: string },
  ]
}

const handle = /(?<=^|[\s(])@((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*)/gi
const address = /(?<=^|[\s(«"'])https?:\/\/[^\s<>«»"]+/gi
const hashtag = /(?<=^|[\s(])[#＃]([\p{L}\p{N}_][\p{L}\p{N}\p{M}_·-]*)/gu

// What the network's own schema allows.
const longestTag = 64

/** The links, hashtags and names in a text. A name is a link only when `resolve` knows whose it is. */
export async function findFacets(text: string, resolve: (handle: string) => Promise<string | null>): Promise<Facet[]> {
  const facets: Facet[] = []
  const add = (at: number, written: string, feature: Facet['features'][0]) => {
    const byteStart = Buffer.byteLength(text.slice(0, at))
    facets.push({ index: { byteStart, byteEnd: byteStart + Buffer.byteLength(written) }, features: [feature] })
  }
  for (const { 0: found, index } of text.matchAll(address)) {
    const uri = withoutEnd(found)
    if (URL.canParse(uri)) add(index, uri, { $type: 'app.bsky.richtext.facet#link', uri })
  }
  for (const { 0: found, 1: tag = '', index } of text.matchAll(hashtag)) {
    if (/\D/.test(tag) && [...tag].length <= longestTag)
      add(index, found, { $type: 'app.bsky.richtext.facet#tag', tag })
  }
  for (const { 0: found, 1: name = '', index } of text.matchAll(handle)) {
    const did = await resolve(name.toLowerCase())
    if (did !== null) add(index, found, { $type: 'app.bsky.richtext.facet#mention', did })
  }
  return facets.toSorted((a, b) => a.index.byteStart - b.index.byteStart)
}

/** A stop after an address ends the sentence, and a bracket that was opened before it closes there. */
function withoutEnd(written: string): string {
  let uri = written.replace(/[.,;:!?…]+$/, '')
  while (uri.endsWith(')') && !uri.includes('(')) uri = uri.slice(0, -1).replace(/[.,;:!?…]+$/, '')
  return uri
}
