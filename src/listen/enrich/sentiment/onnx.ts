import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InferenceSession, Tensor } from 'onnxruntime-web'
import { BrokenModel } from '../../../base/learn/model-file.ts'
import { softmax } from '../../../base/learn/calibrate.ts'
import { tonalities, type Tonality } from './model.ts'
import type { Stronger, Told } from './stronger.ts'

/** More pieces than these no common classifier takes. */
const mostPieces = 512
/** Longer posts are cut before they are taken to pieces. */
const mostLetters = 4_000

/**
 * Opens a classifier of three tonalities as Hugging Face exports it: config.json with the names of its labels, tokenizer.json,
 * tokenizer_config.json where there is one, and model.onnx, also in a folder onnx. It runs as WebAssembly, about a thousand
 * times as long as the shipped models. Throws `BrokenModel`, saying which file or label is amiss.
 */
export async function openOnnx(folder: string): Promise<Stronger> {
  const { Session, NumberTensor, Tokenizer } = await load()
  const labels = labelsOf(readJson(folder, 'config.json'), folder)
  const settings = existsSync(join(folder, 'tokenizer_config.json')) ? readJson(folder, 'tokenizer_config.json') : {}
  const tokenizer = new Tokenizer(readJson(folder, 'tokenizer.json'), settings)
  const file = ['model.onnx', 'onnx/model.onnx'].map((name) => join(folder, name)).find((path) => existsSync(path))
  if (file === undefined) throw wrong(folder, 'model.onnx is not there')
  const session = await Session.create(readFileSync(file)).catch((error: unknown) => {
    throw wrong(folder, `model.onnx cannot be opened: ${String(error).slice(0, 200)}`)
  })
  return {
    ask: async ({ text, target }) => {
      // A classifier of whole texts does not know what is asked about.
      if (target !== null) return { kind: 'not-told', reason: 'it judges whole posts only' }
      const { ids } = tokenizer.encode(text.slice(0, mostLetters).toWellFormed())
      return run(session, NumberTensor, cut(ids), labels)
    },
    close: () => session.release(),
  }
}

async function load() {
  try {
    const [{ InferenceSession, Tensor }, { Tokenizer }] = await Promise.all([
      import('onnxruntime-web'),
      import('@huggingface/tokenizers'),
    ])
    return { Session: InferenceSession, NumberTensor: Tensor, Tokenizer }
  } catch {
    throw new BrokenModel('An ONNX model needs two more packages: npm install onnxruntime-web @huggingface/tokenizers')
  }
}

async function run(
  session: InferenceSession,
  NumberTensor: typeof Tensor,
  ids: number[],
  labels: Tonality[],
): Promise<Told> {
  const numbersOf = (name: string) => (name === 'input_ids' ? ids : ids.map(() => (name === 'attention_mask' ? 1 : 0)))
  const feeds = Object.fromEntries(
    session.inputNames.map((name) => [
      name,
      new NumberTensor('int64', BigInt64Array.from(numbersOf(name), BigInt), [1, ids.length]),
    ]),
  )
  const logits = (await session.run(feeds))[session.outputNames[0]!]!.data
  if (logits.length !== labels.length) return { kind: 'not-told', reason: `${logits.length} scores for three labels` }
  const row = Float64Array.from(logits as Float32Array)
  if (!row.every(Number.isFinite)) return { kind: 'not-told', reason: 'scores that are no numbers' }
  softmax(row)
  const scoreOf = (tonality: Tonality) => row[labels.indexOf(tonality)]!
  return {
    kind: 'told',
    label: labels[row.indexOf(Math.max(...row))]!,
    scores: { negative: scoreOf('negative'), neutral: scoreOf('neutral'), positive: scoreOf('positive') },
  }
}

/** The sign of the end stays where the middle is cut. */
function cut(ids: number[]): number[] {
  return ids.length <= mostPieces ? ids : [...ids.slice(0, mostPieces - 1), ids.at(-1)!]
}

/** In the order of the model's scores. Models without names have the three in the order of the alphabet, as usual. */
function labelsOf(config: { id2label?: { [id: string]: string } }, folder: string): Tonality[] {
  const names = Object.entries(config.id2label ?? {})
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, name]) => name.toLowerCase())
  const found = names.map((name, i) =>
    name === `label_${i}`
      ? tonalities[i]
      : tonalities.find((tonality) => tonality === name || tonality.slice(0, 3) === name),
  )
  if (found.length !== 3 || tonalities.some((tonality) => !found.includes(tonality)))
    throw wrong(
      folder,
      `its labels in config.json are ${names.join(', ') || 'missing'}; they must be negative, neutral, positive`,
    )
  return found as Tonality[]
}

function readJson(folder: string, name: string): { id2label?: { [id: string]: string } } {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'))
  } catch (error) {
    throw wrong(folder, `${name} cannot be read: ${(error as Error).message}`)
  }
}

function wrong(folder: string, reason: string): BrokenModel {
  return new BrokenModel(`The ONNX model in ${folder} cannot be used: ${reason}`)
}
