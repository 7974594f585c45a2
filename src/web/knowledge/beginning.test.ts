import { expect, test } from 'vitest'
import { beginning } from './beginning.ts'

test('an article begins with its words, not with the signs around them', () => {
  const text =
    '# The owl blinks\n\nAn **update** runs.\n\n- close `the app`\n1. open it\n\n[More](https://x.example) 2 * 2'
  expect(beginning(text)).toBe('The owl blinks An update runs. close the app open it More 2 * 2')
})
