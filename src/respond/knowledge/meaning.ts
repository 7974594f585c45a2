import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Model } from '../../base/model/model.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { every } from '../../base/time/every.ts'
import { withLease } from '../../listen/collect/lease.ts'

export type Embeds = Model & { embed: NonNullable<Model['embed']>; embeddingModel: string }

export function embeds(model: Model | null): model is Embeds {
  return model !== null && model.embed !== null && model.embeddingModel !== null
}

const perTurn = 32
const longestText = 6_000
const writingMs = 60_000

/** Gives every text of articles its vector within seconds of a change, until it is disposed; null where no model is set. */
export function keepEmbedding(world: { db: Database; model: Model | null; log: Logger }): AsyncDisposable | null {
  const { db, model, log } = world
  if (!embeds(model)) return null
  const work = () =>
    withLease(db, 'embed-articles', async (lost) => {
      while (!lost.aborted && (await embedSome(db, model)) === perTurn);
    })
  return every({ everyMs: 10_000, log, what: 'comparing meanings of articles', work })
}

/** Returns how many texts have got their vector; 0 when all have it or the model does not answer. */
export async function embedSome(db: Database, model: Embeds): Promise<number> {
  const texts = await list(
    db,
    sql<{ articleId: number; lang: string; version: number; title: string; plain: string }>`
      select t.article_id, t.lang, t.version, t.title, t.plain
      from article_text t
      join article a on a.id = t.article_id and a.state <> 'archived'
      left join article_vector v on v.article_id = t.article_id and v.lang = t.lang and v.model = ${model.embeddingModel}
      where t.current and v.version is distinct from t.version
      order by t.article_id, t.lang
      limit ${perTurn}`,
  )
  if (texts.length === 0) return 0
  const vectors = await model.embed(
    texts.map(({ title, plain }) => `${title}\n${plain}`.slice(0, longestText).toWellFormed()),
    writingMs,
  )
  if (vectors === null) return 0
  for (const [at, { articleId, lang, version }] of texts.entries())
    await sql`
      insert into article_vector (article_id, lang, model, version, vector)
      select ${articleId}, ${lang}, ${model.embeddingModel}, ${version}, ${[...vectors[at]!]}::real[]
      where exists (select from article where id = ${articleId})
      on conflict (article_id, lang, model)
        do update set version = excluded.version, vector = excluded.vector, revision = default`.execute(db)
  return texts.length
}

/** The vectors of a project's texts that changed after a revision, in the order of the changes. */
export async function listVectors(
  db: Database,
  project: number,
  model: string,
  after: number,
  limit: number,
): Promise<{ articleId: number; lang: string; vector: number[]; revision: number }[]> {
  return list(
    db,
    sql<{ articleId: number; lang: string; vector: number[]; revision: number }>`
      select v.article_id, v.lang, v.vector, v.revision
      from article_vector v
      join article a on a.id = v.article_id and a.project_id = ${project}
      where v.model = ${model} and v.revision > ${after}
      order by v.revision
      limit ${limit}`,
  )
}

/** Fewer texts have no usual distance that one of them could stand out from. */
const fewestTexts = 8
const standsOut = 2

/**
 * The texts that are near to the question in meaning: nearer than the texts of the project are on average by two standard
 * deviations, for how near is near differs from model to model. The nearest first, with the cosine.
 */
export function nearest(
  vectors: Map<string, Float32Array>,
  question: Float32Array,
): { name: string; cosine: number }[] {
  if (vectors.size < fewestTexts) return []
  const near = [...vectors].flatMap(([name, vector]) =>
    vector.length === question.length ? [{ name, cosine: dot(vector, question) }] : [],
  )
  const mean = near.reduce((sum, { cosine }) => sum + cosine, 0) / near.length
  const spread = Math.sqrt(near.reduce((sum, { cosine }) => sum + (cosine - mean) ** 2, 0) / near.length)
  return near
    .filter(({ cosine }) => spread > 0 && cosine >= mean + standsOut * spread)
    .toSorted((one, other) => other.cosine - one.cosine)
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!
  return sum
}
