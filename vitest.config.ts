import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Without sockets, files and processes. */
const pure = ['ocpp', 'metrics', 'shared', 'document', 'simulator', 'conformance/rules'].map(
  (folder) => `src/${folder}/**/*.test.ts`,
)

export default defineConfig({
  // Views are loaded with React's production build, which has no development runtime.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  resolve: {
    // Processes that tests start are bundled once, not loaded from 500 sources each time.
    alias: { './child-modules.ts': join(import.meta.dirname, 'test/helpers/bundled-children.ts') },
  },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 3,
    retry: 0,
    globalSetup: 'test/helpers/bundle-children.ts',
    setupFiles: ['test/helpers/seed-properties.ts'],
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          include: pure,
          // Nothing there changes what another test sees, and modules loaded once a process, not once a
          // file, are half of the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'],
          exclude: pure,
        },
      },
    ],
  },
})
