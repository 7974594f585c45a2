// Says what is wrong with the hand-written sample files: node sample/check.mjs [prefix]
import { readdirSync, readFileSync } from 'node:fs'
const here = new URL('.', import.meta.url)
const only = process.argv[2] ?? ''
const read = (dir) => readdirSync(new URL(dir, here)).filter((f) => f.endsWith('.jsonl')).flatMap((file) =>
  readFileSync(new URL(`${dir}/${file}`, here), 'utf8').split('\n').filter(Boolean).map((line, i) => {
    try { return { file, line: i + 1, ...JSON.parse(line) } } catch (e) { console.log(`${file}:${i + 1} not JSON: ${e.message}`); return { file, line: i + 1, broken: true } }
  }))
const platforms = 'telegram vk ok youtube x bluesky mastodon reddit appstore googleplay forum reviews news blog'.split(' ')
const media = 'social news blog forum review video messenger'.split(' ')
const kinds = 'post comment reply repost quote article review question'.split(' ')
const stages = ['general-request','competitor-request','product-request','first-review','praise','negative','support','leaving','awkward-question']
const authors = read('authors'), posts = read('posts').filter((p) => !p.broken)
const known = new Set(authors.map((a) => `${a.platform}/${a.handle}`)), ids = new Map(), texts = new Map()
let problems = 0
const say = (p, what) => { if (p.file.startsWith(only)) { problems++; console.log(`${p.file}:${p.line} ${p.id ?? p.handle}: ${what}`) } }
const seen = new Set()
for (const a of authors) { const k = `${a.platform}/${a.handle}`; if (seen.has(k)) say(a, 'author twice'); seen.add(k); if (!a.name) say(a, 'no name') }
for (const p of posts) { if (ids.has(p.id)) say(p, 'id twice'); ids.set(p.id, p) }
for (const p of posts) {
  if (!platforms.includes(p.platform)) say(p, `platform ${p.platform}`)
  if (!media.includes(p.media)) say(p, `media ${p.media}`)
  if (!kinds.includes(p.kind)) say(p, `kind ${p.kind}`)
  if (!(p.day <= 0 && p.day >= -29)) say(p, `day ${p.day}`)
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(p.time)) say(p, `time ${p.time}`)
  if (!p.text?.trim()) say(p, 'no text')
  if (!p.lang) say(p, 'no lang')
  if (!known.has(`${p.platform}/${p.author}`)) say(p, `author ${p.platform}/${p.author} is not in authors`)
  if (p.parent && !ids.has(p.parent)) say(p, `parent ${p.parent} unknown`)
  if (p.parent && ids.has(p.parent)) { const q = ids.get(p.parent); if (q.day > p.day || (q.day === p.day && q.time > p.time)) say(p, 'earlier than its parent') }
  if (!p.truth?.story) say(p, 'no truth.story')
  if (p.truth && p.truth.stage && !stages.includes(p.truth.stage)) say(p, `stage ${p.truth.stage}`)
  if (!p.truth?.campaign && p.kind !== 'repost') { const t = p.text.toLowerCase(); if (texts.has(t)) say(p, `same text as ${texts.get(t)}`); texts.set(t, p.id) }
}
const by = (f) => Object.entries(posts.reduce((m, p) => ((m[f(p)] = (m[f(p)] ?? 0) + 1), m), {})).map(([k, n]) => `${k} ${n}`).join(', ')
console.log(`${posts.length} posts, ${authors.length} authors, ${problems} problems\nlang: ${by((p) => p.lang)}\nplatform: ${by((p) => p.platform)}\nstory: ${by((p) => p.truth?.story)}\nday: ${by((p) => p.day)}`)
process.exitCode = problems ? 1 : 0
