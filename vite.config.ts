import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.HEED_API ?? 'http://127.0.0.1:7700'

export default defineConfig({
  root: fileURLToPath(new URL('src/web', import.meta.url)),
  plugins: [react()],
  server: {
    port: 5173,
    // The sources of the screens have a folder of that name too.
    // It takes changes from its own pages only, so what these ask is asked in its name.
    proxy: { '^/api/(?!.*\\.ts(\\?|$))': { target: server, changeOrigin: true, headers: { origin: server } } },
  },
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The policy of the server forbids inlined data outside of pictures, and scripts in the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
