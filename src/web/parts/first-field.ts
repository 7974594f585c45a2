/** Where a hand that opened a form or a sheet wants to be: what says so, else its first field; null when there is none. */
export function firstField(place: Element | null): HTMLElement | null {
  return (
    place?.querySelector<HTMLElement>('[data-autofocus]') ??
    place?.querySelector<HTMLElement>(':is(input, textarea, select):enabled') ??
    null
  )
}
