import { cssValue } from '../look/colors.ts'

const scale = 2
const width = 640
const margin = 16
const rowHeight = 24
const gap = 16
const widestFigure = 140

/** A ranking as a PNG in the colours of now: its title, its facts and its rows, the first column wide. */
export async function pictureOfTable(
  title: string,
  facts: string,
  rows: readonly (readonly string[])[],
): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const columns = Math.max(1, ...rows.map(({ length }) => length))
  const height = margin * 2 + 48 + rows.length * rowHeight
  canvas.width = width * scale
  canvas.height = height * scale
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('The browser gives no canvas')
  const font = getComputedStyle(document.body).fontFamily
  pen.scale(scale, scale)
  pen.font = `400 13px ${font}`
  const widthOf = (column: number) =>
    Math.min(widestFigure, Math.max(0, ...rows.map((row) => pen.measureText(row[column] ?? '').width)) + gap)
  const narrow = Array.from({ length: columns - 1 }, (_, index) => widthOf(index + 1))
  const first = width - margin * 2 - narrow.reduce((sum, room) => sum + room, 0)
  pen.fillStyle = cssValue('var(--ground)')
  pen.fillRect(0, 0, width, height)
  pen.textBaseline = 'middle'
  const write = (
    text: string,
    at: { x: number; y: number; room: number },
    look: { color: string; weight: number; size: number; end?: boolean },
  ) => {
    pen.font = `${look.weight} ${look.size}px ${font}`
    pen.fillStyle = cssValue(look.color)
    pen.textAlign = look.end === true ? 'right' : 'left'
    pen.fillText(fitted(pen, text, at.room), look.end === true ? at.x + at.room : at.x, at.y)
  }
  write(title, { x: margin, y: margin + 10, room: width - margin * 2 }, { color: 'var(--text)', weight: 600, size: 15 })
  write(
    facts,
    { x: margin, y: margin + 30, room: width - margin * 2 },
    { color: 'var(--text-3)', weight: 400, size: 12 },
  )
  rows.forEach((row, index) => {
    const y = margin + 48 + index * rowHeight + rowHeight / 2
    const look = { color: index === 0 ? 'var(--text-3)' : 'var(--text)', weight: 400, size: 13 }
    let x = margin
    row.forEach((cell, column) => {
      const room = column === 0 ? first : (narrow[column - 1] ?? 0)
      write(
        cell,
        { x: column === 0 ? x : x + gap, y, room: column === 0 ? room : room - gap },
        column === 0 ? look : { ...look, end: true },
      )
      x += room
    })
    pen.fillStyle = cssValue('var(--line)')
    pen.fillRect(margin, y + rowHeight / 2, width - margin * 2, 1)
  })
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The browser made no picture')) : resolve(blob)),
      'image/png',
    ),
  )
}

function fitted(pen: CanvasRenderingContext2D, text: string, room: number): string {
  if (pen.measureText(text).width <= room) return text
  const letters = [...text]
  while (letters.length > 1 && pen.measureText(`${letters.join('')}…`).width > room) letters.pop()
  return `${letters.join('')}…`
}
