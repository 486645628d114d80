import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Views are loaded with React's production build, which has no development runtime.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  resolve: {
    // Processes that tests start are bundled once, not loaded from 500 sources each time.
    alias: { './child-modules.ts': join(import.meta.dirname, 'test/helpers/bundled-children.ts') },
  },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // No test changes what another one sees, and modules loaded once a process, not once a file, are
    // half of the time of all tests.
    isolate: false,
    maxWorkers: 2,
    retry: 0,
    globalSetup: 'test/helpers/bundle-children.ts',
    setupFiles: ['test/helpers/seed-properties.ts'],
    expect: { poll: { timeout: 15_000 } },
  },
})
