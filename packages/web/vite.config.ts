import { defineConfig, type Plugin } from 'vite'

/** The entry asks the ledger first, then draws: what draws is loaded beside it, not after it. */
const preloadPage: Plugin = {
  name: 'preload-page',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const entry = chunks.find(({ isEntry }) => isEntry)
      const page = chunks.find(({ name }) => name === 'draw-page')
      if (page === undefined) return []
      return [page.fileName, ...page.imports]
        .filter((file) => file !== entry?.fileName && !entry?.imports.includes(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
          injectTo: 'head',
        }))
    },
  },
}

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
  plugins: [preloadPage],
  server: { proxy: { '/api': 'http://127.0.0.1:4319' } },
})
