import { parseQuery } from '../src/listen/query/parse.ts'
import { printQuery } from '../src/listen/query/print.ts'
import { tell, type Row } from './table.ts'

const rounds = 5

/** Law 6: how long it takes to read a query as long as anybody may write. CPU time, medians of five. */
export function query(): Row[] {
  const words = Array.from({ length: 10_000 }, (_, i) => `слово${i}`)
  const long = words.join(' OR ')
  const nested = words.reduce(
    (text, word, i) => (i % 100 === 0 ? `(${text}) NOT ${word}` : `${text}, ${word}`),
    'начало',
  )
  const phrases = Array.from({ length: 5_000 }, (_, i) => `"одно другое ${i}"`).join(' ')
  const operators = 'AND OR NOT NEAR/5 ( ) '.repeat(4_600)
  const rows = [
    row('10,000 operands in one OR', long, 100),
    row('10,000 operands in lists, brackets and NOT', nested, 100),
    row(`5,000 phrases side by side`, phrases, 100),
    row('100,000 characters of operators', operators, 100),
  ]
  const printed = median(() => void printQuery(parseQuery(long).query))
  rows.push({
    what: '10,000 operands read and printed',
    wanted: '≤ 200',
    measured: printed,
    unit: 'ms',
    ok: printed <= 200,
  })
  return rows
}

function row(what: string, text: string, most: number): Row {
  const measured = median(() => void parseQuery(text))
  return {
    what: `${what} (${text.length.toLocaleString('en')} characters)`,
    wanted: `≤ ${most}`,
    measured,
    unit: 'ms',
    ok: measured <= most,
  }
}

function median(work: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const begun = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  })
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!
}

if (import.meta.main) await tell(async () => query())
