import { describe, expect, test } from 'vitest'
import type { Machine } from '../platform/machine.ts'
import { machineChecks } from './run-doctor.ts'

const good: Machine = {
  nodeVersion: 'v20.20.0',
  os: 'linux x64 6.8.0',
  cpu: 'A',
  cores: 8,
  memoryBytes: 16 * 2 ** 30,
  freeMemoryBytes: 8 * 2 ** 30,
  openFilesLimit: 65_536,
  ephemeralPorts: 28_232,
  manyLoopbacks: true,
}

const stateOf = (name: string, machine: Partial<Machine>) =>
  machineChecks({ ...good, ...machine }).find((check) => check.name === name)

describe('machineChecks', () => {
  test('a machine that limits nothing is good everywhere', () => {
    expect(machineChecks(good).map(({ state }) => state)).toEqual(
      machineChecks(good).map(() => 'good'),
    )
  })

  test.each([
    ['v18.20.0', 'bad'],
    ['v20.18.3', 'bad'],
    ['v20.19.0', 'good'],
    ['v22.1.0', 'good'],
  ])('Node %s is %s', (nodeVersion, state) => {
    expect(stateOf('Node', { nodeVersion })?.state).toBe(state)
  })

  test('few open files are a limit, with the number of stations and the way out', () => {
    const check = stateOf('Open files', { openFilesLimit: 1024, cores: 2 })
    expect(check).toMatchObject({ state: 'limit', value: '1,024 a process' })
    expect(check?.advice).toMatch(/921 stations.*ulimit -Hn/)
  })

  test('one core is a limit', () => {
    expect(stateOf('Cores', { cores: 1 })?.state).toBe('limit')
  })

  test('what the system does not say is left out', () => {
    const names = machineChecks({ ...good, openFilesLimit: null, ephemeralPorts: null })
    expect(names.map(({ name }) => name)).toEqual(['Node', 'Cores', 'Memory'])
  })
})
