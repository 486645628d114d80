import type { Hook } from '../conformance/hooks/hook.ts'
import type { EmbeddedTarget } from '../conformance/run/embedded-target.ts'
import { runErrands } from '../conformance/run/errands.ts'
import { defaultFixtures, type Fixtures } from '../conformance/run/fixtures.ts'
import { fixturesOf, type Target } from '../conformance/run/target.ts'
import { csmsError } from '../shared/errors.ts'
import { readAuthorities, readFixtures } from './conformance-files.ts'
import { type Api, type HookOptions, hookSettings, type Preparation } from './conformance-hooks.ts'
import type { CliContext } from './context.ts'

/** Who is to be judged, as it was said. */
export interface SettingOptions extends HookOptions {
  readonly target?: string
  readonly header?: Readonly<Record<string, string>>
  /** Where the PEM is of authorities to trust. */
  readonly ca?: string
  readonly parallel: number
}

/** Who is judged, with what makes it act and what it has to know. */
export interface Setting {
  readonly target: Target
  readonly hooks: readonly Hook[]
  /** Where they send their orders. */
  readonly apis: readonly Api[]
  readonly fixtures: Fixtures
  readonly parallel: number
  readonly stationId: (lane: number) => string
  /** Throws `CSMS_CONFORMANCE_NOT_PREPARED`. */
  prepare(): Promise<void>
  /** What could not be undone. */
  clear(): Promise<readonly string[]>
}

/**
 * Puts together what options and files say.
 *
 * @param embedded what is judged where no target is named
 * @throws CSMS_CONFORMANCE_FILE_INVALID, CSMS_USAGE
 */
export async function settingOf(
  ctx: CliContext,
  options: SettingOptions,
  embedded: EmbeddedTarget | undefined,
): Promise<Setting> {
  const { target: url, header = {}, hookMode } = options
  if (options.ca !== undefined && !url && !options.api && !options.hooks) {
    const message =
      'error: --ca is about a CSMS: say --target <url>, --api <url> or --hooks <file>.'
    throw csmsError('CSMS_USAGE', { message })
  }
  const ca = options.ca === undefined ? undefined : await readAuthorities(ctx, options.ca)
  const { hooks, provision, teardown, apis } = await hookSettings(ctx, options, ca)
  const plan =
    options.fixtures === undefined ? undefined : await readFixtures(ctx, options.fixtures)
  const base = embedded?.fixtures ?? defaultFixtures
  const target = embedded?.target ?? { url: url ?? '', headers: header, tls: { ca } }
  const fixtures = fixturesOf(target, { ...base, ...plan?.fixtures })
  const stations = plan?.stations
  const parallel = lanesOf(options, stations)
  const lanes = 2 * parallel
  const own = (lane: number) => `CSMS_CONF_${String(lane).padStart(2, '0')}`
  const identities = stations ?? Array.from({ length: lanes }, (_, i) => own(i + 1))
  const subjects = (api: string | undefined) => ({
    stations: identities,
    fixtures,
    api,
  })
  const all = async (preparations: readonly Preparation[]): Promise<readonly string[]> => {
    const wrong: string[] = []
    for (const { errands, api, tools } of preparations) {
      wrong.push(...(await runErrands(errands, subjects(api), tools)))
    }
    return wrong
  }
  return {
    target,
    hooks: [...hooks, ...(hookMode === 'skip' ? [] : (embedded?.hooks ?? []))],
    apis,
    fixtures,
    parallel,
    stationId: takingTurns(identities, lanes),
    async prepare() {
      const reasons = await all(provision)
      if (reasons.length === 0) return
      throw csmsError('CSMS_CONFORMANCE_NOT_PREPARED', { reason: reasons.join('; ') })
    },
    clear: () => all(teardown),
  }
}

/** Which identity a lane takes next: all that are its own, one after the other. */
function takingTurns(identities: readonly string[], lanes: number): (lane: number) => string {
  const turns = new Map<number, number>()
  return (lane) => {
    const turn = turns.get(lane) ?? 0
    turns.set(lane, turn + 1)
    const own = identities.filter((_, i) => i % lanes === lane - 1)
    return own[turn % own.length] ?? ''
  }
}

/** A case may need a neighbour: two identities a lane. A person does one thing at a time. */
function lanesOf(
  { parallel, hookMode }: SettingOptions,
  stations: readonly string[] | undefined,
): number {
  if (hookMode === 'manual') return 1
  return stations === undefined ? parallel : Math.min(parallel, Math.floor(stations.length / 2))
}
