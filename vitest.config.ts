import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Views are loaded with React's production build, which has no development runtime.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    retry: 0,
    setupFiles: ['test/helpers/seed-properties.ts'],
    expect: { poll: { timeout: 15_000 } },
  },
})
