/**
 * The same topic has the same colour everywhere: `topicColor(topic.color)`.
 * For styles `topicColor` gives a CSS variable; charts paint on canvas and ask `cssValue` for the value behind it.
 */
const paletteSize = 10

export function topicColor(color: number): string {
  return `var(--topic-${((color % paletteSize) + paletteSize) % paletteSize})`
}

/** `var(--accent)` → `#2a56c6` in the scheme of now. Anything else comes back as it is. */
export function cssValue(color: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1]
  return name === undefined ? color : getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}
