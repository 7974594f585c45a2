import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const windowBytes = 64 * 1024
// Spreadsheets number texts as they meet them, so a reader seldom leaves the newest windows.
const mostWindows = 256

/**
 * A list of texts of any size in little memory: they go into a file without a name, and the parts of it used last are
 * kept at hand. Eight bytes of each text stay in memory. Must be closed; a killed process leaves nothing.
 */
export class SpilledTexts {
  #length = 0
  // Where each text begins; it ends where the next one does.
  #starts = new Float64Array(1024)
  #written = 0
  #tail = Buffer.allocUnsafe(windowBytes)
  #tailUsed = 0
  #windows = new Map<number, Buffer>()
  #file: number | null = null
  #path = ''

  get length(): number {
    return this.#length
  }

  push(text: string): void {
    const size = Buffer.byteLength(text)
    if (this.#tailUsed + size > windowBytes) this.#writeTail()
    this.#remember(this.#written + this.#tailUsed)
    if (size > windowBytes) this.#write(Buffer.from(text))
    else this.#tailUsed += this.#tail.write(text, this.#tailUsed)
  }

  get(index: number): string | null {
    if (!Number.isInteger(index) || index < 0 || index >= this.#length) return null
    const end = this.#written + this.#tailUsed
    const from = this.#starts[index] ?? end
    const to = index + 1 < this.#length ? (this.#starts[index + 1] ?? end) : end
    if (from >= this.#written) return this.#tail.toString('utf8', from - this.#written, to - this.#written)
    const window = Math.floor(from / windowBytes)
    const start = window * windowBytes
    // One that lies across the border of two windows, or where the file still grows, is read by itself.
    if (to > start + windowBytes || start + windowBytes > this.#written) return this.#read(from, to - from).toString()
    return this.#window(window).toString('utf8', from - start, to - start)
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
    if (this.#path !== '') rmSync(this.#path, { force: true })
    this.#file = null
    this.#path = ''
  }

  #remember(start: number): void {
    if (this.#length === this.#starts.length) {
      const longer = new Float64Array(this.#length * 2)
      longer.set(this.#starts)
      this.#starts = longer
    }
    this.#starts[this.#length] = start
    this.#length += 1
  }

  #writeTail(): void {
    this.#write(this.#tail.subarray(0, this.#tailUsed))
    this.#tailUsed = 0
  }

  #write(bytes: Buffer): void {
    writeSync(this.#openFile(), bytes, 0, bytes.byteLength, this.#written)
    this.#written += bytes.byteLength
  }

  #read(from: number, size: number): Buffer {
    const bytes = Buffer.allocUnsafe(size)
    readSync(this.#openFile(), bytes, 0, size, from)
    return bytes
  }

  #window(number: number): Buffer {
    const window = this.#windows.get(number) ?? this.#read(number * windowBytes, windowBytes)
    this.#windows.delete(number)
    this.#windows.set(number, window)
    if (this.#windows.size > mostWindows) {
      const [oldest = number] = this.#windows.keys()
      this.#windows.delete(oldest)
    }
    return window
  }

  #openFile(): number {
    if (this.#file !== null) return this.#file
    this.#path = join(tmpdir(), `heed-texts-${crypto.randomUUID()}`)
    this.#file = openSync(this.#path, 'wx+', 0o600)
    try {
      // From here on the file lives as long as it is open.
      rmSync(this.#path)
      this.#path = ''
    } catch {
      // Windows keeps the name until the file is closed.
    }
    return this.#file
  }
}
