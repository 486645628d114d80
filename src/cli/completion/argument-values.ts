import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { ConformanceCase } from '../../conformance/cases/case.ts'
import { actionsOf } from '../../ocpp/action.ts'
import { isOcppVersion, type OcppVersion, ocppVersions } from '../../ocpp/version.ts'
import { latest } from '../../report/find-run.ts'
import type { ApiOptions } from '../api/api-options.ts'
import { partsOfStation } from '../api/operations.ts'
import { OperatorClient } from '../api/operator-client.ts'
import { applySettings } from '../apply-settings.ts'
import type { CliContext } from '../context.ts'
import { commandPath } from '../environment-name.ts'
import { nothing, type Suggestion, type Suggestions } from './suggestion.ts'

/** The line whose next word is looked for. */
interface Asking {
  readonly ctx: CliContext
  readonly command: Command
  /** All words of the line before. */
  readonly before: readonly string[]
  /** Those that are arguments of the command. */
  readonly taken: readonly string[]
  /** What there is of the word already. */
  readonly typed: string
}

/** Nobody waits longer for a Tab. Milliseconds. */
const patienceMs = 1000
/** Of a city no shell shows more. */
const mostNames = 1000

/**
 * By the name of an argument, or of an option's value, what it may be; where a name means something else
 * in each command, with the command before it.
 */
const byName: Readonly<Record<string, (asking: Asking) => Promise<Suggestions>>> = {
  action: async (asking) => values(actionsFor(await versionOf(asking))),
  station: async (asking) =>
    values((await stations(asking)).map(({ id, model = '' }) => ({ value: id, about: model }))),
  part: () => Promise.resolve(values(Object.keys(partsOfStation).map(plain))),
  token: async (asking) => {
    const client = await clientOf(asking)
    const query = { limit: mostNames }
    const tokens = (await client?.ask('listTokens', { query }, patienceMs).catch(nobody)) ?? []
    return values(tokens.map(({ idToken, status }) => ({ value: idToken, about: status })))
  },
  file: files,
  folder: files,
  dir: files,
  authority: files,
  payload: files,
  run: runs,
  before: runs,
  after: runs,
  'explain id': async () => {
    const { ruleTable } = await import('../../conformance/rules/rule-table.ts')
    const rules = ruleTable.map(({ id, title }) => ({ value: id, about: title }))
    return values([...rules, ...named(await cases())])
  },
  'conformance explain case': async () => values(named(await cases())),
  cases: async (asking) => values(listed(asking, named(await casesOf(asking)))),
  profiles: async (asking) => {
    const found = (await casesOf(asking)).flatMap(({ profile, group }) => [profile, group])
    return values(listed(asking, [...new Set(found)].map(plain)))
  },
  tags: async (asking) => {
    const { tagsOf } = await import('../../conformance/run/select.ts')
    const found = new Set((await casesOf(asking)).flatMap(tagsOf))
    return values(listed(asking, [...found].map(plain)))
  },
  'name=file': async () => {
    const { writerNames } = await import('../../conformance/report/writer-names.ts')
    return values(writerNames.map((name) => plain(`${name}=`)))
  },
  'scenario steps name': async () => {
    const { stepTable } = await import('../../simulator/steps/registry.ts')
    return values(
      Object.values(stepTable).map(({ name, summary }) => ({ value: name, about: summary })),
    )
  },
  'scenario executors name': async () => {
    const { executorNames } = await import('../../simulator/executors/registry.ts')
    return values(executorNames.map(plain))
  },
}

/** @param choices where it may be one of these only */
export async function valuesOf(
  name: string,
  choices: readonly string[] | undefined,
  asking: Asking,
): Promise<Suggestions> {
  if (choices) return values(choices.map(plain))
  const key = [...commandPath(asking.command), name].join(' ')
  const known = [key, name].find((one) => Object.hasOwn(byName, one))
  return known === undefined ? nothing : ((await byName[known]?.(asking)) ?? nothing)
}

async function cases(): Promise<readonly ConformanceCase[]> {
  return (await import('../../conformance/cases/catalogue.ts')).catalogue
}

/** Of the version that the line names. */
async function casesOf(asking: Asking): Promise<readonly ConformanceCase[]> {
  const { protocol } = await optionsOf<{ protocol: OcppVersion }>(asking)
  return (await cases()).filter(({ version }) => version === protocol)
}

/** An id that several versions have is one. */
function named(found: readonly ConformanceCase[]): readonly Suggestion[] {
  const titles = new Map(found.map(({ id, title }) => [id, title]))
  return [...titles].map(([value, about]) => ({ value, about }))
}

/** Words with commas between: the last one is being typed. */
function listed({ typed }: Asking, found: readonly Suggestion[]): readonly Suggestion[] {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1)
  return found.map(({ value, about }) => ({ value: before + value, about }))
}

/** Runs of the folder of reports, and the names that stand for some; a file may be one, too. */
async function runs(asking: Asking): Promise<Suggestions> {
  const { out } = await optionsOf<{ out: string }>(asking)
  const { listRuns } = await import('../../report/index/run-index.ts')
  const found =
    out === undefined ? [] : await listRuns(resolve(asking.ctx.cwd, out)).catch(() => [])
  const named = found.flatMap(({ runId, scenario, baselines }) => [
    { value: runId, about: scenario },
    ...baselines.map((value) => ({ value, about: `baseline: ${scenario}` })),
  ])
  return { values: [{ value: latest, about: 'the newest' }, ...named], files: true }
}

/** What a CSMS may send in this version, or in any. */
function actionsFor(version: OcppVersion | undefined): readonly Suggestion[] {
  const found = new Map<string, OcppVersion[]>()
  for (const one of version ? [version] : ocppVersions) {
    for (const [action, { from }] of Object.entries(actionsOf[one])) {
      if (from !== 'station') found.set(action, [...(found.get(action) ?? []), one])
    }
  }
  return [...found]
    .map(([value, versions]) => ({ value, about: versions.join(', ') }))
    .toSorted((a, b) => a.value.localeCompare(b.value))
}

/** Of the station that the line names, as far as a csms knows it. */
async function versionOf(asking: Asking): Promise<OcppVersion | undefined> {
  const [stationId] = asking.taken
  const client = await clientOf(asking)
  if (!client || stationId === undefined) return undefined
  const asked = { path: { stationId } }
  const station = await client.ask('getStation', asked, patienceMs).catch(nobody)
  const { protocol = '' } = station ?? {}
  return isOcppVersion(protocol) ? protocol : undefined
}

async function stations(asking: Asking) {
  const client = await clientOf(asking)
  const query = { limit: mostNames }
  return (await client?.ask('listStations', { query }, patienceMs).catch(nobody)) ?? []
}

async function clientOf(asking: Asking): Promise<OperatorClient | undefined> {
  const { api, ...options } = await optionsOf<ApiOptions>(asking)
  return api === undefined ? undefined : new OperatorClient(asking.ctx, { ...options, api })
}

/** As the line, the environment and the settings say; none where they make no sense. */
async function optionsOf<Options>({ ctx, command, before }: Asking): Promise<Partial<Options>> {
  try {
    command.parseOptions([...before])
    await applySettings(ctx, undefined, command)
    return command.opts<Partial<Options>>()
  } catch {
    return {}
  }
}

/** A csms that does not answer suggests nothing. */
function nobody(): undefined {
  return undefined
}

function files(): Promise<Suggestions> {
  return Promise.resolve({ values: [], files: true })
}

function values(found: readonly Suggestion[]): Suggestions {
  return { values: found, files: false }
}

function plain(value: string): Suggestion {
  return { value, about: '' }
}
