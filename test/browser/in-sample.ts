import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { fillSample, noBrowser, openProduct, openVisitor, signIn, type Product, type Visitor } from './open-product.ts'

/** The product with the sample for all tests of a file, and a browser of its own for each. What it holds is there while a test runs. */
export type InSample = { product: Product; visitor: Visitor; page: Page; project: number }

/** Call once at the top of a file. A test fails for what its browser complained about; without a browser it is skipped. */
export function inSample(): InSample {
  const at = {} as InSample
  let state: NonNullable<BrowserContextOptions['storageState']>

  beforeAll(async () => {
    if (noBrowser !== null) return
    at.product = await openProduct()
    at.project = await fillSample(at.product)
    state = await signIn(at.product)
  })
  afterAll(() => at.product?.[Symbol.asyncDispose]())

  beforeEach(async ({ skip }) => {
    skip(noBrowser !== null, noBrowser ?? '')
    at.visitor = await openVisitor(at.product, { storageState: state })
    at.page = at.visitor.page
  })
  afterEach(async () => {
    if (noBrowser !== null) return
    const { complaints } = at.visitor
    await at.visitor[Symbol.asyncDispose]()
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
  })
  return at
}
