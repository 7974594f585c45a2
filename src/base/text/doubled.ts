/** The numbers with as many places more. */
export function doubled<Numbers extends Int32Array | Int16Array | Uint16Array | Uint8Array>(numbers: Numbers): Numbers {
  const longer = new (numbers.constructor as new (length: number) => Numbers)(numbers.length * 2)
  longer.set(numbers)
  return longer
}
