import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import os from 'node:os'

/** What bounds a run on this machine. */
export interface Machine {
  readonly nodeVersion: string
  /** `linux x64 6.8.0`. */
  readonly os: string
  readonly cpu: string
  /** Cores that this process may use. */
  readonly cores: number
  readonly memoryBytes: number
  readonly freeMemoryBytes: number
  /** How many files, sockets among them, a process may open; null where the system does not say. */
  readonly openFilesLimit: number | null
  /** Local ports for outgoing connections to one address; null where the system does not say. */
  readonly ephemeralPorts: number | null
  /** 127.0.0.2 and so on can be listened on as they are: everywhere but on macOS and the BSDs. */
  readonly manyLoopbacks: boolean
}

/** As the system tells it now; what it does not tell is null. */
export function readMachine(): Machine {
  return {
    nodeVersion: process.version,
    os: `${process.platform} ${process.arch} ${os.release()}`,
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: memoryLimit(),
    freeMemoryBytes: Math.min(process.availableMemory(), memoryLimit()),
    openFilesLimit: openFilesLimit(),
    ephemeralPorts: ephemeralPorts(),
    manyLoopbacks: process.platform === 'linux' || process.platform === 'win32',
  }
}

/** Memory of the container where one is set, else of the machine. */
function memoryLimit(): number {
  const constrained = process.constrainedMemory()
  return constrained > 0 && constrained < os.totalmem() ? constrained : os.totalmem()
}

function openFilesLimit(): number | null {
  const limits = readText('/proc/self/limits')
  const line = /^Max open files\s+(\d+|unlimited)/m.exec(limits ?? '')?.[1]
  if (line !== undefined) return line === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(line)
  if (process.platform === 'win32') return null
  const text = said('/bin/sh', '-c', 'ulimit -n')
  return text === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(text) || null
}

function ephemeralPorts(): number | null {
  const range = readText('/proc/sys/net/ipv4/ip_local_port_range')?.trim().split(/\s+/)
  if (range) return Number(range[1]) - Number(range[0]) + 1
  if (process.platform !== 'darwin') return null
  const [first = 0, last = 0] = ['first', 'last'].map(
    (end) => Number(said('/usr/sbin/sysctl', '-n', `net.inet.ip.portrange.${end}`)) || 0,
  )
  return last > first && first > 0 ? last - first + 1 : null
}

/** What a program prints; undefined where it cannot be run. */
function said(program: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
