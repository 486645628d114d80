import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { standardFirmwarePlan } from '../../station/firmware-plan.ts'
import { loadScenario } from '../load-scenario.ts'

function load(station: object, csms: object = {}) {
  const text = JSON.stringify({
    name: 'x',
    csms,
    fleets: [{ name: 'a', station, script: ['boot'] }],
  })
  const loaded = loadScenario({ file: 'some/where/x.yaml', text })
  if ('problems' in loaded) return { problems: loaded.problems.map(({ message }) => message) }
  const { fleets, csms: made } = loaded.plan
  return { station: fleets[0]?.station, files: made.files, problems: [] }
}

describe('station.firmware', () => {
  test('a version alone is the short form', () => {
    expect(load({ firmware: '2.3.1' }).station).toMatchObject({
      firmware: '2.3.1',
      firmwarePlan: standardFirmwarePlan,
    })
  })

  test('without it no version is told, and nothing is planned', () => {
    const { station } = load({})
    expect([station?.firmware, station?.firmwarePlan]).toEqual([undefined, undefined])
  })

  test('says how updates and uploads go', () => {
    const firmware = {
      version: '1',
      next: '2',
      download: '1min',
      install: '2min',
      upload: '3s',
      retries: 4,
      retryInterval: '5s',
      fails: { download: 2, upload: 1 },
    }
    expect(load({ firmware }).station?.firmwarePlan).toEqual({
      nextVersion: '2',
      downloadMs: 60_000,
      installMs: 120_000,
      uploadMs: 3_000,
      retries: 4,
      retryIntervalMs: 5_000,
      fails: { download: 2, upload: 1 },
    })
  })

  test.each([
    [{ fails: { downlaod: 1 } }, /Unknown key "downlaod".*download/],
    [{ fails: { install: 0 } }, /0 is out of range/],
    [{ version: 'x'.repeat(51) }, /51 characters are too long/],
    [{ install: '5W' }, /5W/],
  ])('%j is told as wrong', (firmware, said) => {
    expect(load({ firmware }).problems).toEqual([expect.stringMatching(said)])
  })
})

test('csms.files is a folder beside the scenario', () => {
  expect(load({}, { files: './firmware' }).files).toBe(resolve('some/where/firmware'))
  expect(load({}).files).toBeUndefined()
})
