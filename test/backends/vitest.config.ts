import { defineConfig } from 'vitest/config'

// Tests against the real programs: npm run test:backends. They take minutes, so npm test leaves them out.
export default defineConfig({
  resolve: { conditions: ['@spanmeter/source', 'node'] },
  ssr: { resolve: { conditions: ['@spanmeter/source', 'node'] } },
  test: {
    include: ['test/backends/**/*.backend.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    // One program after another: they want the machine to themselves.
    fileParallelism: false,
    reporters: ['verbose'],
  },
})
