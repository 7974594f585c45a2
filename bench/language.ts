import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readConfig } from '../src/config.ts'
import { detectLanguage } from '../src/listen/enrich/language.ts'

const languages = ['ru', 'uk', 'kk', 'be', 'bg', 'en', 'it']
const kinds = ['single-words', 'word-pairs', 'sentences']

/** Accuracy of language detection on the lingua lists, as a table in Markdown: node bench/language.ts */
export function measureLanguage(labelledData: string): string {
  const lines = gunzipSync(readFileSync(join(labelledData, 'lingua/lid.dev.tsv.gz')))
    .toString()
    .trim()
    .split('\n')
    .slice(1)
  const counts = new Map<string, { right: number; all: number }>()
  const started = performance.now()
  let read = 0
  for (const line of lines) {
    const [code = '', kind = '', text = ''] = line.split('\t')
    if (!languages.includes(code)) continue
    const count = counts.get(`${code} ${kind}`) ?? { right: 0, all: 0 }
    count.all++
    if (detectLanguage(text).code === code) count.right++
    counts.set(`${code} ${kind}`, count)
    read++
  }
  const micros = ((performance.now() - started) * 1000) / read
  const share = (code: string, kind: string) => {
    const { right = 0, all = 1 } = counts.get(`${code} ${kind}`) ?? {}
    return (100 * right) / all
  }
  const rows = languages.map((code) => `| ${code} | ${kinds.map((kind) => share(code, kind).toFixed(1)).join(' | ')} |`)
  const mean =
    languages.flatMap((code) => kinds.map((kind) => share(code, kind))).reduce((sum, value) => sum + value, 0) /
    (languages.length * kinds.length)
  return [
    '| language | single words | word pairs | sentences |',
    '|---|---:|---:|---:|',
    ...rows,
    '',
    `Mean ${mean.toFixed(1)} % over ${read} texts, ${micros.toFixed(0)} µs each.`,
  ].join('\n')
}

if (import.meta.main) console.log(measureLanguage(readConfig(process.env).labelledData))
