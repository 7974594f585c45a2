/**
 * The only place that calls fetch.
 *   get<Facets>(`/projects/${id}/mentions/facets`, { search: filter, signal })   GET under /api
 *   send<Topic>('PUT', `/projects/${id}/topics/3`, { name, query })              any change, JSON body
 *   upload<ImportPreview>(`/projects/${id}/imports`, file)                        file bytes with X-File-Name
 * Both throw Problem (the server's sentence) or Unreachable. 401 leads to the sign-in screen.
 */
import { readProblem, Unreachable } from './problem.ts'

export type Search = { readonly [name: string]: string | number | undefined }

let locale = 'en'
let signedOut = () => {}

export function speakTo(language: string): void {
  locale = language
}

export function whenSignedOut(act: () => void): void {
  signedOut = act
}

export async function get<T>(path: string, options: { search?: Search; signal?: AbortSignal } = {}): Promise<T> {
  return (await request(apiAddress(path, options.search), { signal: options.signal ?? null })) as T
}

export async function send<T = void>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  options: { signal?: AbortSignal } = {},
): Promise<T> {
  return (await request(apiAddress(path), {
    method,
    signal: options.signal ?? null,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })) as T
}

export async function upload<T>(path: string, file: File): Promise<T> {
  return (await request(apiAddress(path), {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
  })) as T
}

export function apiAddress(path: string, search: Search = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value))
  }
  const query = parameters.toString()
  return `/api${path}${query === '' ? '' : `?${query}`}`
}

async function request(address: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(address, {
    ...init,
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'accept-language': locale, ...init.headers },
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Unreachable(String(error))
  })
  if (response.status === 401 && !address.startsWith('/api/sign-in')) signedOut()
  if (!response.ok) throw await readProblem(response)
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined
  return response.json()
}
