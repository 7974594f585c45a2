import { access, constants, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../../base/errors.ts'
import {
  learnClassifier,
  mostLabels,
  mostLetters,
  packClassifier,
  ticksOf,
  type Classifier,
  type Labelled,
} from '../../base/learn/classifier.ts'
import { done, failed, required, type Call, type Command } from './command.ts'
import { strictOption } from './filter.ts'
import { readLabelled } from './labelled-lines.ts'
import { write } from './lines.ts'
import { createMeter } from './meter.ts'

export const learn: Command = {
  name: 'learn',
  operands: '',
  operandCount: { least: 0, most: 0 },
  summary: {
    en: 'Learns labels from texts that have them, and says how well',
    ru: 'Учится ставить метки по размеченным текстам и говорит, насколько хорошо',
  },
  options: {
    data: {
      type: 'string',
      value: 'FILE',
      help: {
        en: 'lines of {"text","label"}, or of a label, a tab and a text',
        ru: 'строки {"text","label"} или метка, табуляция, текст',
      },
    },
    out: { type: 'string', value: 'MODEL', help: { en: 'the model file to write', ru: 'куда записать модель' } },
    ...strictOption,
  },
  run: async (call) => {
    const out = required(call, 'out')
    const rows = await readRows(call, required(call, 'data'))
    if (rows === null) return failed
    refuseUseless(rows)
    // Not after a minute of learning.
    await access(dirname(out), constants.W_OK)
    const meter = createMeter(call, ticksOf(rows.length))
    const classifier = learnClassifier(rows, () => meter.add(1))
    meter.end()
    await writeFile(out, packClassifier(classifier))
    await write(call.stdout, report(rows.length, classifier))
    return done
  },
}

/** Null when `--strict` forbids to go on without a line that cannot be read. */
async function readRows(call: Call, path: string): Promise<Labelled[] | null> {
  const rows: Labelled[] = []
  let broken = false
  const complain = (line: number, reason: string) => {
    call.stderr.write(`${path}:${line}: ${reason}\n`)
    broken = true
  }
  let letters = 0
  for await (const row of readLabelled(call, path, complain)) {
    letters += row.text.length + (row.title?.length ?? 0)
    if (letters > mostLetters)
      throw new UserError(`More than ${mostLetters} letters`, {
        key: 'learn-too-long',
        values: { millions: mostLetters / 1e6, rows: rows.length },
      })
    rows.push(row)
  }
  return broken && call.values['strict'] === true ? null : rows
}

function refuseUseless(rows: Labelled[]): void {
  const labels = new Set(rows.map(({ label }) => label))
  const [only] = labels
  if (only === undefined) throw new UserError('No row with a label and a text', { key: 'learn-no-row' })
  if (labels.size === 1)
    throw new UserError(`Every row has the label ${only}`, { key: 'learn-one-label', values: { label: only } })
  if (labels.size > mostLabels)
    throw new UserError(`${labels.size} labels`, {
      key: 'learn-too-many-labels',
      values: { found: labels.size, most: mostLabels },
    })
}

/** One line for the whole, and one for each label; null where too few rows are there to measure. */
function report(rows: number, { labels, measured }: Classifier): string {
  const whole = {
    rows,
    labels: labels.length,
    folds: measured?.folds ?? null,
    accuracy: measured && rounded(measured.accuracy),
    macroF1: measured && rounded(measured.macroF1),
  }
  const each = (measured?.labels ?? []).map(({ label, rows, precision, recall, f1 }) => ({
    label,
    rows,
    precision: rounded(precision),
    recall: rounded(recall),
    f1: rounded(f1),
  }))
  return [whole, ...each].map((line) => `${JSON.stringify(line)}\n`).join('')
}

function rounded(share: number): number {
  return Math.round(share * 1e4) / 1e4
}
