import { formatQuantity } from '../document/units.ts'
import { isSecretVar } from '../document/vars.ts'
import { standardConnectTimeoutMs } from '../harness/run-options.ts'
import type { CommandFacts } from '../report/run-facts.ts'
import { withoutSecrets } from '../report/without-secrets.ts'
import type { SimulateOptions } from './simulate-options.ts'

type Words = CommandFacts['options']

type Given = Required<SimulateOptions>

const none = (): Words => []

/** What an option is on a command line; every option is here, and those that change no run are none. */
const words: { readonly [Key in keyof Given]: (value: Given[Key]) => Words } = {
  target: (urls) => urls.map((url) => ['--target', withoutSecrets(url)]),
  localAddress: (addresses) => addresses.map((address) => ['--local-address', address]),
  protocol: (version) => [['--protocol', version]],
  stations: (count) => [['--stations', String(count)]],
  duration: (ms) => [['--duration', shownDuration(ms)]],
  speed: (speed) => [['--speed', String(speed)]],
  seed: (seed) => [['--seed', String(seed)]],
  set: (vars) =>
    Object.entries(vars).flatMap(([name, value]) =>
      isSecretVar(name) ? [] : [['--set', `${name}=${value}`]],
    ),
  workers: (count) => [['--workers', String(count)]],
  processes: (count) => [['--processes', String(count)]],
  connectTimeout: (ms) =>
    ms === standardConnectTimeoutMs ? [] : [['--connect-timeout', shownDuration(ms)]],
  books: (url) => [['--books', withoutSecrets(url)]],
  api: (url) => [['--api', withoutSecrets(url)]],
  backdate: (when) => (when === 'off' ? [['--backdate', when]] : []),
  ca: (file) => [['--ca', file]],
  cert: (file) => [['--cert', file]],
  key: (file) => [['--key', file]],
  insecure: (is) => (is ? [['--insecure']] : []),
  resolve: (addresses) =>
    Object.entries(addresses).map(([where, address]) => ['--resolve', `${where}:${address}`]),
  frames: (kept) => (kept ? [['--frames']] : []),
  // Secrets: told in `leftOut`.
  header: none,
  apiKey: none,
  // The same message ids again would look like retries to the target.
  runId: none,
  out: none,
  json: none,
  quiet: none,
  dryRun: none,
  reporter: none,
  metricsPort: none,
  ui: none,
}

/**
 * What was said on the command line, in the environment and in the settings file that a run depends
 * on: whoever says it again has the same run. Secrets are only named.
 */
export function repeatableCommand(options: SimulateOptions): CommandFacts {
  const keys = Object.keys(words) as readonly (keyof Given)[]
  const said = keys.flatMap((key) => {
    const value = options[key]
    return value === undefined ? [] : wordsFor(key, value)
  })
  return { options: said, leftOut: secretsOf(options) }
}

function wordsFor<Key extends keyof Given>(key: Key, value: Given[Key]): Words {
  return words[key](value)
}

function secretsOf({ target = [], books, api, header, apiKey, set = {} }: SimulateOptions) {
  const urls = [
    ...target.map((url) => ['--target', url] as const),
    ...(books === undefined ? [] : [['--books', books] as const]),
    ...(api === undefined ? [] : [['--api', api] as const]),
  ]
  const cut = urls.filter(([, url]) => withoutSecrets(url) !== url)
  return [
    ...new Set(cut.map(([flag]) => `user, password or query of ${flag}`)),
    ...(header ? ['--header'] : []),
    ...(apiKey === undefined ? [] : ['--api-key']),
    ...Object.keys(set)
      .filter(isSecretVar)
      .map((name) => `--set ${name}`),
  ]
}

function shownDuration(ms: number): string {
  return formatQuantity({ dimension: 'duration', value: ms })
}
