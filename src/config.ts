import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'

/** Everything that can be set from outside. This file is the only reader of environment variables. */
export type Config = {
  /** Holds both embedded databases, uploaded files and the key of the secrets. */
  dataDir: string
  /** Null: ClickHouse runs inside the process, in `dataDir`. */
  clickhouseUrl: string | null
  /** Null: PostgreSQL runs inside the process, in `dataDir`. */
  databaseUrl: string | null
  host: string
  port: number
  /** The address people type; cookies and links are made for it. */
  publicUrl: string
  /** Whether a proxy of ours stands in front and tells the client's address in X-Forwarded-For. */
  trustProxy: boolean
  /** Whether sources may be read from loopback and private networks. */
  allowPrivate: boolean
  /** 32 bytes, base64; null: made once and kept in `dataDir`. */
  secretKey: string | null
  /** The account that letters go out from; null: it is named on the screen of the settings. */
  letters: { url: string; from: string } | null
  archiveDays: number
  /** How many threads beside the first read posts on their way in; with 0 the first one does it. */
  threads: number
  /** How long an uploaded file waits for somebody to begin its import. */
  keepUploadsHours: number
  limits: Limits
  logLevel: string
  /** What the model at `stronger.endpoint` is called that turns texts into vectors; null: knowledge is found by its words alone. */
  embeddingModel: string | null
  /** Judges of tonality stronger than the shipped models; null where none is set. */
  stronger: { onnxFolder: string | null; endpoint: { url: string; model: string; key: string | null } | null }
  /** Labelled data for measuring; the product runs without it. */
  labelledData: string
}

export type Limits = {
  /** What one query may cost: looks at posts, of a million that come in (`listen/query/cost.ts`). */
  queryLooks: number

  /** Of one picture of a post, and so many seconds may its platform take. */
  imageBytes: number
  imageSeconds: number
  uploadBytes: number
  importRows: number
  /** Of a workbook, which is packed. */
  unpackedBytes: number
  /** Different texts of a workbook. */
  sheetTexts: number
  requestBytes: number
  exportRows: number
}

export function readConfig(
  env: NodeJS.ProcessEnv,
  given: { data?: string; port?: number; host?: string } = {},
): Config {
  const port = given.port ?? whole(env['PORT'], 7700)
  const host = given.host ?? env['HEED_HOST'] ?? '127.0.0.1'
  return {
    dataDir: resolve(given.data ?? env['HEED_HOME'] ?? 'data'),
    clickhouseUrl: env['CLICKHOUSE_URL'] || null,
    databaseUrl: env['DATABASE_URL'] || null,
    host,
    port,
    publicUrl: (env['HEED_URL'] ?? `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`).replace(/\/$/, ''),
    trustProxy: env['HEED_TRUST_PROXY'] === '1',
    allowPrivate: env['HEED_ALLOW_PRIVATE'] === '1',
    secretKey: env['HEED_SECRET'] || null,
    letters: env['HEED_SMTP_URL'] ? { url: env['HEED_SMTP_URL'], from: env['HEED_SMTP_FROM'] ?? '' } : null,
    archiveDays: whole(env['HEED_ARCHIVE_DAYS'], 30),
    threads: whole(env['HEED_THREADS'], Math.min(8, availableParallelism())),
    keepUploadsHours: Math.max(1, whole(env['HEED_KEEP_UPLOADS_HOURS'], 24)),
    limits: {
      queryLooks: whole(env['HEED_MAX_QUERY_LOOKS'], 2_000_000_000),
      imageBytes: whole(env['HEED_MAX_IMAGE_MB'], 10) * 1024 * 1024,
      imageSeconds: Math.max(1, whole(env['HEED_MAX_IMAGE_SECONDS'], 10)),
      uploadBytes: whole(env['HEED_MAX_UPLOAD_MB'], 512) * 1024 * 1024,
      importRows: whole(env['HEED_MAX_IMPORT_ROWS'], 5_000_000),
      unpackedBytes: whole(env['HEED_MAX_UNPACKED_MB'], 2048) * 1024 * 1024,
      sheetTexts: whole(env['HEED_MAX_SHEET_TEXTS'], 10_000_000),
      requestBytes: whole(env['HEED_MAX_REQUEST_KB'], 1024) * 1024,
      exportRows: whole(env['HEED_MAX_EXPORT_ROWS'], 1_000_000),
    },
    logLevel: env['HEED_LOG'] ?? 'info',
    stronger: {
      onnxFolder: env['HEED_ONNX'] ? resolve(env['HEED_ONNX']) : null,
      endpoint: env['HEED_LLM_URL']
        ? { url: env['HEED_LLM_URL'], model: env['HEED_LLM_MODEL'] ?? '', key: env['HEED_LLM_KEY'] || null }
        : null,
    },
    embeddingModel: env['HEED_EMBEDDING_MODEL'] || null,
    labelledData: resolve(env['HEED_DATA'] ?? '../shared/data'),
  }
}

function whole(text: string | undefined, otherwise: number): number {
  const value = Number(text)
  return text !== undefined && text !== '' && Number.isInteger(value) && value >= 0 ? value : otherwise
}
