import { formatQuantity } from '../document/units.ts'
import { withoutSecrets } from '../report/without-secrets.ts'
import type { ConformanceCliOptions } from './conformance-options.ts'

type Words = readonly (readonly string[])[]
type Given = Required<ConformanceCliOptions>

const none = (): Words => []
const repeated = (flag: string) => (values: readonly string[]) => values.map((one) => [flag, one])

/** What an option is on a command line, where a verdict depends on it; headers hold secrets. */
const words: { readonly [Key in keyof Given]: (value: Given[Key]) => Words } = {
  protocol: (version) => [['--protocol', version]],
  target: (url) => [['--target', withoutSecrets(url)]],
  timeout: (ms) =>
    ms === 10_000 ? [] : [['--timeout', formatQuantity({ dimension: 'duration', value: ms })]],
  level: (level) => (level === 'must' ? [] : [['--level', level]]),
  ca: (file) => [['--ca', file]],
  hooks: (file) => [['--hooks', file]],
  preset: (name) => [['--preset', name]],
  api: (url) => [['--api', withoutSecrets(url)]],
  hookMode: (mode) => (mode === 'auto' ? [] : [['--hook-mode', mode]]),
  fixtures: (file) => [['--fixtures', file]],
  features: (file) => [['--features', file]],
  apiKey: none,
  bail: none,
  expectFailures: none,
  writeBaseline: none,
  header: none,
  parallel: none,
  retries: none,
  json: none,
  report: none,
  traceDir: none,
  case: none,
  exclude: none,
  profile: none,
  tag: none,
}

/** The options that a verdict depends on, said again; not which cases. Secrets are left out. */
export function repeatableOptions(options: ConformanceCliOptions): Words {
  const keys = Object.keys(words) as readonly (keyof Given)[]
  return keys.flatMap((key) => {
    const value = options[key]
    return value === undefined ? [] : wordsFor(key, value)
  })
}

function wordsFor<Key extends keyof Given>(key: Key, value: Given[Key]): Words {
  return words[key](value)
}

/** The options that say which cases. */
export function selectionOptions(options: ConformanceCliOptions): Words {
  const { case: cases = [], exclude = [], profile = [], tag = [] } = options
  return [
    ...repeated('--case')(cases),
    ...repeated('--exclude')(exclude),
    ...repeated('--profile')(profile),
    ...repeated('--tag')(tag),
  ]
}
