import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { whenSignedOut } from './api/client.ts'
import { Problem } from './api/problem.ts'
import { FreshQueryClient } from './api/query-client.ts'
import './look/mantine.css'
import './look/tokens.css'
import { nonce } from './look/nonce.ts'
import { cssVariables, theme } from './look/theme.ts'
import { firstLocale, startWords } from './locales/words.ts'
import { openRouter } from './routes.tsx'

const triesOfARead = 2

const client = new FreshQueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      // What the server refuses it will refuse again.
      retry: (failures, error) => !(error instanceof Problem && error.status < 500) && failures < triesOfARead,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
const router = openRouter(client)

whenSignedOut(() => {
  const { pathname, href } = router.state.location
  if (pathname.startsWith('/sign-in')) return
  client.clear()
  void router.navigate({ to: '/sign-in', search: href === '/' ? {} : { back: href } })
})

await startWords(firstLocale())

const place = document.getElementById('root')
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
