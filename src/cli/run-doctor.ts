import { createServer } from 'node:net'
import { type Machine, readMachine } from '../platform/machine.ts'
import { packageVersion } from '../platform/package-version.ts'
import { timerGranularityMs } from '../platform/timer-granularity.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import type { CliContext } from './context.ts'

/** One thing looked at. */
export interface Check {
  readonly name: string
  readonly value: string
  readonly state: 'good' | 'limit' | 'bad'
  /** What it means and what to change. */
  readonly advice: string
}

/** Memory of a connected station in its worker, and of a worker before its first station. */
const bytesPerStation = 30 * 1024
const bytesPerWorker = 100 * 1024 * 1024
/** Files that a worker needs for itself. */
const reservedFiles = 1000

/** Prints what bounds a run on this machine. */
export async function runDoctor(ctx: CliContext, json: boolean): Promise<void> {
  const machine = readMachine()
  const checks = [...machineChecks(machine), await timerCheck(), await loopbackCheck()]
  if (json) {
    ctx.stdout.write(`${JSON.stringify({ csms: packageVersion(), machine, checks }, null, 2)}\n`)
  } else {
    ctx.stdout.write(`${lines(checks).join('\n')}\n`)
  }
  const broken = checks.some(({ state }) => state === 'bad')
  ctx.exit(broken ? exitCodes.internalFault : exitCodes.passed)
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
  const spare = freeMemoryBytes * 0.8 - bytesPerWorker * cores
  const stations = Math.max(0, Math.floor(spare / bytesPerStation / 1000) * 1000)
  return {
    name: 'Memory',
    value: `${gibibytes(freeMemoryBytes)} free of ${gibibytes(memoryBytes)}`,
    state: stations >= 1000 ? 'good' : 'limit',
    advice: `Room for about ${stations.toLocaleString('en')} stations (an estimate: 30 KiB each).`,
  }
}

function fileChecks({ openFilesLimit, ephemeralPorts, cores }: Machine): Check[] {
  const checks: Check[] = []
  if (openFilesLimit !== null) {
    const each = Math.max(0, openFilesLimit - reservedFiles)
    const few = each * Math.max(1, cores - 1) < 10_000
    checks.push({
      name: 'Open files',
      value: openFilesLimit >= Number.MAX_SAFE_INTEGER ? 'no limit' : `${openFilesLimit} a process`,
      state: few ? 'limit' : 'good',
      advice: few
        ? `A worker carries ${each} stations. More: "ulimit -n 65536", or more --workers.`
        : 'Enough for ten thousand stations and more.',
    })
  }
  if (ephemeralPorts !== null) {
    checks.push({
      name: 'Local ports',
      value: `${ephemeralPorts}`,
      state: ephemeralPorts < 20_000 ? 'limit' : 'good',
      advice:
        `So many stations to one target address. More: ` +
        `"sysctl net.ipv4.ip_local_port_range='1024 65535'".`,
    })
  }
  return checks
}

async function timerCheck(): Promise<Check> {
  const granularity = await timerGranularityMs()
  const good = granularity < 5
  return {
    name: 'Timers',
    value: `1 ms takes ${granularity} ms`,
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
