import type { BuildOptions } from 'esbuild'
import { childModules } from '../src/platform/child-modules.ts'

/** Entries of the bundle: modules below `src`. */
export const entries = ['index', 'cli/main', ...childModules]

/** Loaded only for a terminal, or read as files. */
const outside = ['ink', 'react', 'uplot']

/**
 * How csms is bundled. As 500 single modules a worker took over three times as long to load, with packages
 * outside 1.6 times. What only some commands need stays in files that only they load.
 */
export function bundleOptions(root: string, modules: readonly string[], outdir: string) {
  return {
    absWorkingDir: root,
    entryPoints: modules.map((name) => `src/${name}.ts`),
    outbase: 'src',
    outdir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: outside,
    // Packages that are CommonJS ask for modules of Node.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  } satisfies BuildOptions
}
