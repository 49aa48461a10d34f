import { defineConfig } from 'vitest/config'

// Tests run on the sources through the private export condition: no build first.
export default defineConfig({
  resolve: { conditions: ['@spanmeter/source', 'node'] },
  ssr: { resolve: { conditions: ['@spanmeter/source', 'node'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/web/build-page.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A busy machine is slow, not wrong.
    expect: { poll: { timeout: 15_000 } },
  },
})
