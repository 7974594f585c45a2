const shown = 160

/** How a text begins, in one line and without the signs of Markdown, for a list; links by their words. */
export function beginning(markdown: string): string {
  return markdown
    .slice(0, shown * 2)
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/^\s*(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
    .replaceAll(/(\*\*|__|`)(.+?)\1/g, '$2')
    .replaceAll(/\s+/g, ' ')
    .slice(0, shown)
}
