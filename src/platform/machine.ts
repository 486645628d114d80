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
}

export function readMachine(): Machine {
  return {
    nodeVersion: process.version,
    os: `${process.platform} ${process.arch} ${os.release()}`,
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: memoryLimit(),
    freeMemoryBytes: Math.min(os.freemem(), memoryLimit()),
    openFilesLimit: openFilesLimit(),
    ephemeralPorts: ephemeralPorts(),
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
  try {
    const text = execFileSync('/bin/sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim()
    return text === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(text) || null
  } catch {
    return null
  }
}

function ephemeralPorts(): number | null {
  const range = readText('/proc/sys/net/ipv4/ip_local_port_range')?.trim().split(/\s+/)
  if (!range) return null
  return Number(range[1]) - Number(range[0]) + 1
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
