/** The key as people meet it in a title or at the end of a note, where the system has no field for ids of others. */
export function marked(text: string, key: string): string {
  return `${text} [${key}]`
}

/** A title that a system with this limit takes, with its mark whole. */
export function markedTitle(title: string, key: string, longest: number): string {
  const left = longest - key.length - 3
  return marked(title.length <= left ? title : `${title.slice(0, left - 1).toWellFormed()}…`, key)
}

/** Which of these keys a text carries; null: it is not ours. */
export function hasMark(text: string, key: string): boolean {
  return text.includes(`[${key}]`)
}

/** Whether any mark of ours stands in a text. */
export function isOurs(text: string): boolean {
  return /\[heed-[a-z0-9]+(?:-[a-z0-9]+)?\]/.test(text)
}
