import { describe, expect, test } from 'vitest'
import type { Machine } from '../platform/machine.ts'
import { type Check, checkLines, preflight, type RunDemand } from './preflight.ts'
import { type AskedSize, sizeRun } from './run-size.ts'

const mebi = 2 ** 20
const gibi = 2 ** 30

const server: Machine = {
  nodeVersion: 'v20.20.0',
  os: 'linux x64 6.8.0',
  cpu: 'A',
  cores: 2,
  memoryBytes: 24 * gibi,
  freeMemoryBytes: 22 * gibi,
  openFilesLimit: 20_000,
  ephemeralPorts: 28_232,
  manyLoopbacks: true,
}
const container: Partial<Machine> = {
  memoryBytes: 512 * mebi,
  freeMemoryBytes: 480 * mebi,
  openFilesLimit: 1024,
  cores: 1,
}
const macWithoutProc: Partial<Machine> = {
  os: 'darwin arm64 24.0.0',
  openFilesLimit: 10_240,
  ephemeralPorts: null,
  manyLoopbacks: false,
}

function checked(
  stations: number,
  machine: Partial<Machine> = {},
  {
    targets = 0,
    localAddresses = 0,
    exchangesPerSecond = 0,
    ...asked
  }: Partial<AskedSize & RunDemand> = {},
): readonly Check[] {
  const all = { ...server, ...machine }
  const isExternal = targets > 0
  const size = sizeRun(
    { stations, workers: undefined, processes: undefined, isExternal, ...asked },
    all,
  )
  const { encrypted = 0 } = asked
  const demand = { ...size, stations, encrypted, exchangesPerSecond, targets, localAddresses }
  return preflight(all, demand)
}

const states = (checks: readonly Check[]) =>
  Object.fromEntries(checks.map(({ name, state }) => [name, state]))

const adviceOf = (checks: readonly Check[], name: string) =>
  checks.find((check) => check.name === name)?.advice

describe('preflight', () => {
  test('50,000 stations on two cores, 24 GiB and 20,000 files a process: nothing to say', () => {
    const checks = checked(50_000)
    expect(states(checks)).toEqual({
      'Worker files': 'good',
      'CSMS files': 'good',
      Ports: 'good',
      Memory: 'good',
      Cores: 'good',
    })
    expect(checks.map(({ advice }) => advice)).toEqual(['', '', '', '', ''])
  })

  test('too few workers cannot work: how many it takes, and the limit to raise', () => {
    const checks = checked(50_000, {}, { workers: 2, processes: 1 })
    expect(states(checks)).toMatchObject({ 'Worker files': 'bad', 'CSMS files': 'bad' })
    expect(adviceOf(checks, 'Worker files')).toMatch(/--workers 3 or more.*ulimit -Hn 65536/)
    expect(adviceOf(checks, 'CSMS files')).toMatch(/--processes 3 or more.*nofile=65536/)
  })

  test('1,024 files a process: ten thousand stations take more processes, not a refusal', () => {
    const checks = checked(10_000, { openFilesLimit: 1024 })
    expect(states(checks)).toMatchObject({ 'Worker files': 'good', 'CSMS files': 'good' })
    expect(checks[0]?.value).toContain('each of 11 workers')
  })

  test('one core and 512 MiB carry a hundred stations, and say what is tight', () => {
    const checks = checked(100, container)
    expect(states(checks)).toMatchObject({ 'Worker files': 'good', Memory: 'good', Cores: 'limit' })
    expect(adviceOf(checks, 'Cores')).toContain('--target')
  })

  test('50,000 stations in 512 MiB are refused, with how many there is room for', () => {
    const memory = checked(50_000, { ...container, openFilesLimit: 20_000 }).find(
      ({ name }) => name === 'Memory',
    )
    expect(memory?.state).toBe('bad')
    expect(memory?.advice).toMatch(
      /hardly room for the processes|room for about [\d,]+ of 50,000 stations/,
    )
  })

  test('memory that is there but not free is tight, not refused', () => {
    const checks = checked(50_000, { freeMemoryBytes: 2 * gibi })
    expect(states(checks)).toMatchObject({ Memory: 'limit' })
  })

  test('what is busy takes more: the young generation of each process fills', () => {
    const free = { freeMemoryBytes: 1200 * mebi }
    expect(states(checked(5_000, free))).toMatchObject({ Memory: 'good' })
    const busy = checked(5_000, free, { exchangesPerSecond: 10_000 })
    expect(states(busy)).toMatchObject({ Memory: 'limit' })
    expect(adviceOf(busy, 'Memory')).toMatch(/about [\d,]+ of 5,000 stations.*may swap/)
    // Twenty stations have at most twenty CALLs under way, however fast they are.
    const few = checked(20, free, { exchangesPerSecond: Infinity })
    expect(states(few)).toMatchObject({ Memory: 'good' })
  })

  test('a station that uses TLS takes three times the memory of one that does not', () => {
    const free = { freeMemoryBytes: 1500 * mebi }
    expect(states(checked(10_000, free))).toMatchObject({ Memory: 'good' })
    expect(states(checked(10_000, free, { encrypted: 10_000 }))).toMatchObject({ Memory: 'limit' })
  })

  test('28,232 ports carry no 50,000 connections to one external address', () => {
    const checks = checked(50_000, {}, { targets: 1 })
    expect(states(checks)).toMatchObject({ Ports: 'bad' })
    expect(adviceOf(checks, 'Ports')).toMatch(/by 3 addresses \(--target.*--local-address.*sysctl/)
  })

  test('25,000 of 28,232 ports are tight', () => {
    expect(states(checked(25_000, {}, { targets: 1 }))).toMatchObject({ Ports: 'limit' })
  })

  test('three targets or three local addresses are enough', () => {
    expect(states(checked(50_000, {}, { targets: 3 }))).toMatchObject({ Ports: 'good' })
    const local = checked(50_000, {}, { targets: 1, localAddresses: 3 })
    expect(states(local)).toMatchObject({ Ports: 'good' })
  })

  test('a local address has its ports once, however many targets there are', () => {
    const checks = checked(50_000, {}, { targets: 3, localAddresses: 1 })
    expect(states(checks)).toMatchObject({ Ports: 'bad' })
    expect(adviceOf(checks, 'Ports')).toContain('Name 3 local addresses')
  })

  test('macOS without /proc: what the system does not say is left out, not guessed', () => {
    const checks = checked(5_000, macWithoutProc)
    expect(states(checks)).not.toHaveProperty('Ports')
    expect(states(checks)).toMatchObject({ 'Worker files': 'good', 'CSMS files': 'good' })
  })

  test('macOS has one loopback address and 16,384 ports: more stations need a wider range', () => {
    const checks = checked(50_000, { ...macWithoutProc, ephemeralPorts: 16_384 })
    expect(states(checks)).toMatchObject({ Ports: 'bad' })
    expect(adviceOf(checks, 'Ports')).toContain('portrange.first')
  })

  test('neither limits nor ports known: only memory and cores are looked at', () => {
    const checks = checked(100, { openFilesLimit: null, ephemeralPorts: null })
    expect(Object.keys(states(checks))).toEqual(['Memory', 'Cores'])
  })

  test('an external CSMS takes neither files nor memory here', () => {
    const embedded = checked(15_000)
    const external = checked(15_000, {}, { targets: 1 })
    expect(states(external)).not.toHaveProperty('CSMS files')
    expect(checkLines(external)).not.toBe(checkLines(embedded))
  })
})
