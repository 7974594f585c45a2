/** Countries as the browser calls them. */

// Unions, groups and codes kept free, which the browser has names for as well, and islands that belong to others.
const noCountries = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '))

/** Every country of today, by its name. */
export function countries(language: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index))
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const name = names.of(code)
      // A country that is no more has the code of its successor.
      const isToday = new Intl.Locale(`und-${code}`).region === code
      return name === undefined || noCountries.has(code) || !isToday ? [] : [{ code, name }]
    })
    .toSorted((one, other) => one.name.localeCompare(other.name, language))
}
