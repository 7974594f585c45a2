/** Words of a language whose forms no rule of ours explains. */
export type Irregular = {
  /** Stems of an irregular form, null when the word is none. */
  stemsOf(form: string): readonly string[] | null
  /** The irregular forms of a stem. */
  formsOf(stem: string): readonly string[]
}

/** From lines such as `go: went gone`: a stem, or several with blanks between, and its forms. */
export function irregular(table: string, stem = (lemma: string) => lemma): Irregular {
  const stems = new Map<string, string[]>()
  const forms = new Map<string, string[]>()
  for (const line of table.trim().split('\n')) {
    const [left = '', right = ''] = line.split(': ')
    for (const lemma of left.split(' ')) {
      for (const form of right.split(' ')) {
        push(stems, form, stem(lemma))
        push(forms, stem(lemma), form)
      }
    }
  }
  return { stemsOf: (form) => stems.get(form) ?? null, formsOf: (key) => forms.get(key) ?? [] }
}

function push(map: Map<string, string[]>, key: string, item: string): void {
  const list = map.get(key)
  if (!list) map.set(key, [item])
  else if (!list.includes(item)) list.push(item)
}
