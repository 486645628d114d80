import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What starts processes or plays whole suites, and waits for them. */
const waiting = ['test', 'src/conformance/play', 'src/conformance/cases'].map((folder) =>
  join(import.meta.dirname, folder, '/'),
)

/** Between two files that wait come some that compute, so that no core is idle and no long file is last. */
class Woven extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const waits = ({ moduleId }: TestSpecification) =>
      waiting.some((folder) => moduleId.startsWith(folder))
    const computing = sorted.filter((file) => !waits(file))
    const long = sorted.filter(waits)
    const each = Math.floor((0.8 * computing.length) / long.length)
    return [...long.flatMap((file) => [file, ...computing.splice(0, each)]), ...computing]
  }
}

export default defineConfig({
  // Views are loaded with React's production build, which has no development runtime.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  resolve: {
    // Processes that tests start are bundled once, not loaded from 500 sources each time.
    alias: { './child-modules.ts': join(import.meta.dirname, 'test/helpers/bundled-children.ts') },
  },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'],
    // What waits for processes waits long on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 3,
    // Modules loaded once a process, not once a file, save a quarter of the time: leave-as-found.ts watches.
    isolate: false,
    retry: 0,
    sequence: { sequencer: Woven },
    globalSetup: 'test/helpers/bundle-children.ts',
    setupFiles: ['test/helpers/leave-as-found.ts', 'test/helpers/seed-properties.ts'],
    expect: { poll: { timeout: 30_000 } },
  },
})
