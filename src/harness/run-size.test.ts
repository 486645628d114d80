import { describe, expect, test } from 'vitest'
import { leastProcesses, sizeRun, socketsPerProcess, workerCount } from './run-size.ts'

describe('workerCount', () => {
  test.each([
    [10, 8, 1],
    [501, 8, 2],
    [50_000, 8, 7],
    [50_000, 1, 3],
  ])('%i stations on %i cores with 20,000 files a process get %i', (stations, cores, expected) => {
    expect(workerCount(stations, cores, 20_000)).toBe(expected)
  })

  test('no known limit of files demands nothing', () => {
    expect(leastProcesses(1_000_000, null)).toBe(1)
  })
})

describe('sizeRun', () => {
  const limits = {
    cores: 2,
    openFilesLimit: 20_000,
    ephemeralPorts: 28_232,
    manyLoopbacks: true,
  }
  const asked = { workers: undefined, processes: undefined, isExternal: false }

  test('50,000 stations take three processes and three addresses on either side', () => {
    expect(sizeRun({ ...asked, stations: 50_000 }, limits)).toEqual({
      workers: 3,
      processes: 3,
      addresses: ['127.0.0.1', '127.0.0.2', '127.0.0.3'],
    })
  })

  test('a station whose TLS ends at another process has two sockets more there', () => {
    const size = sizeRun({ ...asked, stations: 50_000, encrypted: 50_000 }, limits)
    expect(size.processes).toBe(8)
    const alone = sizeRun({ ...asked, stations: 10_000, encrypted: 10_000 }, limits)
    expect(alone.processes).toBe(1)
  })

  test('a small run takes one of everything', () => {
    const size = sizeRun({ ...asked, stations: 100 }, limits)
    expect(size).toEqual({ workers: 1, processes: 1, addresses: ['127.0.0.1'] })
  })

  test('an external target is nobody’s process here', () => {
    const size = sizeRun({ ...asked, stations: 50_000, isExternal: true }, limits)
    expect(size).toMatchObject({ processes: 0, addresses: [] })
  })

  test('what was asked for counts; no worker is left without a station', () => {
    const size = sizeRun({ ...asked, stations: 3, workers: 8, processes: 4 }, limits)
    expect(size).toMatchObject({ workers: 3, processes: 4 })
  })

  test('where only 127.0.0.1 is there it is the only one', () => {
    const { addresses } = sizeRun(
      { ...asked, stations: 50_000 },
      { ...limits, manyLoopbacks: false },
    )
    expect(addresses).toEqual(['127.0.0.1'])
  })

  test('every address is an address, however many there are', () => {
    const { addresses } = sizeRun({ ...asked, stations: 3_000_000 }, limits)
    expect(new Set(addresses).size).toBe(addresses.length)
    expect(addresses).toContain('127.0.1.1')
  })
})

test('a small limit of files leaves most of them to sockets', () => {
  expect([256, 1024, 20_000, 65_536].map(socketsPerProcess)).toEqual([192, 921, 19_000, 64_536])
})
