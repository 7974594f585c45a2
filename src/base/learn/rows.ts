import { families, placeOf, type Bag, type FamilyWeights } from './bag.ts'

/** Many texts as rows of a sparse matrix with 2^bits columns, to learn from. A place stands once in a row. */
export class Rows {
  readonly bits: number
  readonly weights: FamilyWeights
  places = new Int32Array(1 << 16)
  values = new Float32Array(1 << 16)
  /** Where each row begins, and at the end where the last one ends. */
  readonly starts: number[] = [0]
  /** Where the place stands, if it stands in the row that is being added. */
  readonly #entries: Int32Array

  constructor(bits: number, weights: FamilyWeights) {
    this.bits = bits
    this.weights = weights
    this.#entries = new Int32Array(2 ** bits)
  }

  get count(): number {
    return this.starts.length - 1
  }

  add(bag: Bag): void {
    const start = this.starts.at(-1)!
    let end = start
    for (let family = 0; family < families.length; family++) {
      const value = bag.valueOf(family, this.weights[families[family]!] ?? 0)
      if (value === 0) continue
      const features = bag.featuresOf(family)
      this.#makeRoom(end + features.length)
      for (const hash of features) {
        const place = placeOf(hash, this.bits)
        const entry = this.#entries[place]!
        if (entry >= start && entry < end && this.places[entry] === place) {
          this.values[entry]! += value
          continue
        }
        this.#entries[place] = end
        this.places[end] = place
        this.values[end++] = value
      }
    }
    this.starts.push(end)
  }

  /** A row of numbers as they are, place after place. */
  addNumbers(numbers: Float64Array): void {
    const start = this.starts.at(-1)!
    this.#makeRoom(start + numbers.length)
    for (let place = 0; place < numbers.length; place++) {
      this.places[start + place] = place
      this.values[start + place] = numbers[place]!
    }
    this.starts.push(start + numbers.length)
  }

  #makeRoom(size: number): void {
    if (size <= this.places.length) return
    const length = Math.max(size, this.places.length * 2)
    const [places, values] = [new Int32Array(length), new Float32Array(length)]
    places.set(this.places)
    values.set(this.values)
    this.places = places
    this.values = values
  }
}
