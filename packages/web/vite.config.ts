import { defineConfig } from 'vite'

/**
 * The page is served below any path (`base: './'`) and under `default-src 'self'`: nothing is inlined,
 * neither scripts nor styles nor small assets as data URLs.
 */
export default defineConfig({
  base: './',
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4319' } },
})
