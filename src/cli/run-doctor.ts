import { createServer } from 'node:net'
import { type Check, preflight } from '../harness/preflight.ts'
import { sizeRun, socketsPerProcess } from '../harness/run-size.ts'
import { type Machine, readMachine } from '../platform/machine.ts'
import { packageVersion } from '../platform/package-version.ts'
import { timerGranularityMs } from '../platform/timer-granularity.ts'
import { csmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { thousands } from '../simulator/scenario/counted.ts'
import {
  bytesPerProcess,
  bytesPerStation,
  encryptedStations,
  mostPerSecond,
} from '../simulator/scenario/memory-estimate.ts'
import type { CliContext } from './context.ts'
import { fold } from './fold.ts'
import { loadPlan } from './scenario-file.ts'

export interface DoctorOptions {
  readonly json?: boolean
  readonly stations?: number
  readonly workers?: number
  readonly processes?: number
  /** Of `--set`, by var. */
  readonly set?: Readonly<Record<string, string>>
}

/** Prints what bounds a run on this machine, and whether it carries the run of a scenario file. */
export async function runDoctor(
  ctx: CliContext,
  file: string | undefined,
  options: DoctorOptions,
): Promise<void> {
  const { stations, workers, processes, set } = options
  if (file === undefined && [stations, workers, processes, set].some((given) => given)) {
    const message =
      'error: --stations, --set, --workers and --processes are about a scenario: name its file.'
    throw csmsError('CSMS_USAGE', { message })
  }
  const machine = readMachine()
  const run = file === undefined ? [] : await runChecks(ctx, file, options, machine)
  const checks = [...machineChecks(machine), await timerCheck(), await loopbackCheck(), ...run]
  if (options.json) {
    ctx.stdout.write(`${JSON.stringify({ csms: packageVersion(), machine, checks }, null, 2)}\n`)
  } else {
    const here = lines(checks.slice(0, checks.length - run.length))
    const there = run.length === 0 ? [] : ['', `To run ${file}:`, ...lines(run)]
    ctx.stdout.write(`${fold([...here, ...there].join('\n'), ctx.columns)}\n`)
  }
  const cannotRun = run.some(({ state }) => state === 'bad')
  const broken = checks.some(({ state }) => state === 'bad')
  if (cannotRun) ctx.exit(exitCodes.usage)
  else ctx.exit(broken ? exitCodes.internalFault : exitCodes.passed)
}

/** What `simulate` looks at before it starts this scenario against the embedded CSMS. */
async function runChecks(
  ctx: CliContext,
  file: string,
  { stations: asked, workers, processes, set }: DoctorOptions,
  machine: Machine,
): Promise<Check[]> {
  const plan = await loadPlan(ctx, file, {
    ...(asked !== undefined && { stations: asked }),
    ...(set !== undefined && { vars: set }),
  })
  const stations = plan.fleets.reduce((sum, { count }) => sum + count, 0)
  const encrypted = encryptedStations(plan.fleets)
  const size = sizeRun({ stations, encrypted, workers, processes, isExternal: false }, machine)
  const exchangesPerSecond = mostPerSecond(plan)
  const demand = { ...size, stations, encrypted, exchangesPerSecond, targets: 0, localAddresses: 0 }
  return preflight(machine, demand)
}

/** What the numbers of a machine mean. */
export function machineChecks(machine: Machine): Check[] {
  return [nodeCheck(machine), coreCheck(machine), memoryCheck(machine), ...fileChecks(machine)]
}

function nodeCheck({ nodeVersion, os }: Machine): Check {
  const [major = 0, minor = 0] = nodeVersion.slice(1).split('.').map(Number)
  const good = major > 20 || (major === 20 && minor >= 19)
  return {
    name: 'Node',
    value: `${nodeVersion} on ${os}`,
    state: good ? 'good' : 'bad',
    advice: good ? '' : 'csms needs Node 20.19 or later.',
  }
}

function coreCheck({ cores, cpu }: Machine): Check {
  const workers = Math.max(1, cores - 1)
  return {
    name: 'Cores',
    value: `${cores} (${cpu})`,
    state: cores > 1 ? 'good' : 'limit',
    advice:
      cores > 1
        ? `Runs use ${workers} ${workers === 1 ? 'worker' : 'workers'} and leave a core to the embedded CSMS.`
        : 'Stations and the embedded CSMS share one core: put the target on another machine.',
  }
}

function memoryCheck({ memoryBytes, freeMemoryBytes, cores }: Machine): Check {
  const spare = freeMemoryBytes * 0.8 - bytesPerProcess * cores
  const stations = Math.max(0, Math.floor(spare / bytesPerStation / 1000) * 1000)
  return {
    name: 'Memory',
    value: `${gibibytes(freeMemoryBytes)} free of ${gibibytes(memoryBytes)}`,
    state: stations >= 1000 ? 'good' : 'limit',
    advice: `Room for about ${thousands(stations)} stations of an external CSMS (an estimate: ${bytesPerStation / 1024} KiB each).`,
  }
}

function fileChecks({ openFilesLimit, ephemeralPorts, manyLoopbacks, cores }: Machine): Check[] {
  const checks: Check[] = []
  if (openFilesLimit !== null) {
    const each = socketsPerProcess(openFilesLimit)
    const few = each * Math.max(1, cores - 1) < 10_000
    checks.push({
      name: 'Open files',
      value:
        openFilesLimit >= Number.MAX_SAFE_INTEGER
          ? 'no limit'
          : `${thousands(openFilesLimit)} a process`,
      state: few ? 'limit' : 'good',
      advice: few
        ? `A worker carries ${thousands(each)} stations. More: more --workers, or the hard limit ("ulimit -Hn 65536" as root).`
        : 'Enough for ten thousand stations and more.',
    })
  }
  if (ephemeralPorts !== null) {
    checks.push({
      name: 'Local ports',
      value: thousands(ephemeralPorts),
      state: ephemeralPorts < 20_000 ? 'limit' : 'good',
      advice: manyLoopbacks
        ? `That many stations to one address of the target; the embedded CSMS listens on several. More: several --target or --local-address, or "sysctl net.ipv4.ip_local_port_range='1024 65535'".`
        : 'That many stations in all. More: "sysctl -w net.inet.ip.portrange.first=1024".',
    })
  }
  return checks
}

async function timerCheck(): Promise<Check> {
  const granularity = await timerGranularityMs()
  const good = granularity < 5
  return {
    name: 'Timers',
    value: `a timer of 1 ms takes ${granularity} ms`,
    state: good ? 'good' : 'limit',
    advice: good ? '' : 'The machine is busy: open-model runs may turn out invalid.',
  }
}

/** Opens a port on 127.0.0.1, as the embedded CSMS does. */
function loopbackCheck(): Promise<Check> {
  return new Promise((resolve) => {
    const server = createServer()
    const done = (state: Check['state'], value: string, advice: string) => {
      server.close()
      resolve({ name: 'Loopback', value, state, advice })
    }
    server.once('error', (error) => done('bad', error.message, 'csms must listen on 127.0.0.1.'))
    server.listen(0, '127.0.0.1', () => done('good', '127.0.0.1 listens', ''))
  })
}

const marks = { good: '✓', limit: '!', bad: '✗' } as const

function lines(checks: readonly Check[]): string[] {
  return checks.map(({ name, value, state, advice }) => {
    const head = `${marks[state]} ${name.padEnd(12)} ${value}`
    return advice === '' ? head : `${head}\n  ${' '.repeat(12)} ${advice}`
  })
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`
}
