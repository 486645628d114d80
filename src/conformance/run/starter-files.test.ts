import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { catalogue } from '../cases/catalogue.ts'
import { loadHooks } from '../hooks/load-hooks.ts'
import { presetNames } from '../hooks/presets/registry.ts'
import { featuresOf, loadFeatures } from './features-file.ts'
import { fixturesSchema, hooksSchema } from './file-schemas.ts'
import { defaultFixtures } from './fixtures.ts'
import { loadFixtures } from './fixtures-file.ts'
import { loadKnownFailures } from './known-failures.ts'
import { starterFiles } from './starter-files.ts'

const noFile = () => ({ error: 'no' })
const text = (name: string, preset = presetNames[0] ?? 'csms') =>
  starterFiles(preset, catalogue).find((file) => file.name === name)?.text ?? ''

/** Examples are lines that begin with # and no space. */
const withExamples = (yaml: string) => yaml.replaceAll(/^( *)#(?! )/gm, '$1')

function schemaFaults(schema: object, yaml: string): unknown {
  const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile(schema)
  return validate(parse(yaml)) ? undefined : validate.errors
}

describe('the files to start from', () => {
  test.each(presetNames)('hooks for %s are sound, for the reader and for editors', (preset) => {
    const loaded = loadHooks({ file: 'h.yaml', text: text('hooks.yaml', preset) }, {}, (p) => p)
    expect(loaded).toMatchObject({ plan: { preset } })
    expect(schemaFaults(hooksSchema(), text('hooks.yaml', preset))).toBeUndefined()
  })

  test('the examples in them are sound, too', () => {
    const known = { file: 'k.yaml', text: withExamples(text('known-failures.yaml')) }
    expect(loadKnownFailures(known, {}, catalogue)).toMatchObject({
      entries: [{ case: 'TC_023_3_CSMS', checks: ['Authorize'], until: '2027-03-01' }],
    })
    const yaml = withExamples(text('hooks.yaml'))
    const environment = { CSMS_TOKEN: 'abc' }
    const loaded = loadHooks({ file: 'h.yaml', text: yaml }, environment, (p) => p)
    expect('problems' in loaded ? loaded.problems : []).toEqual([])
    expect(loaded).toMatchObject({
      plan: {
        headers: { Authorization: 'Bearer abc' },
        operations: {
          Reset: { kind: 'http', expect: [200, 202] },
          UpdateFirmware: { kind: 'skip' },
        },
        provision: [{ each: 'token' }],
        teardown: [{ each: 'token' }],
      },
    })
  })

  test('fixtures say what a run says without them', () => {
    const loaded = loadFixtures({ file: 'f.yaml', text: text('fixtures.yaml') }, {}, noFile)
    expect(loaded).toMatchObject({ plan: { fixtures: defaultFixtures } })
    expect(schemaFaults(fixturesSchema(), text('fixtures.yaml'))).toBeUndefined()
  })

  test('every feature is claimed, and nothing known to fail', () => {
    const features = featuresOf(catalogue)
    const claimed = loadFeatures({ file: 'f.yaml', text: text('features.yaml') }, {}, features)
    expect(claimed).toEqual({ claimed: new Set(features) })
    const known = { file: 'k.yaml', text: text('known-failures.yaml') }
    expect(loadKnownFailures(known, {}, [])).toEqual({ entries: [] })
  })

  test('a feature says what it is, and in which versions cases ask for it, each case once', () => {
    expect(text('features.yaml')).toContain(
      '\n# one EVSE is reset, and not the station\n"C-13": true # 2.0.1 and 2.1: TC_B_25_CSMS, TC_B_26_CSMS, TC_B_27_CSMS\n',
    )
    expect(text('features.yaml')).toMatch(/\n"R-0": true # 2.1: TC_H_01_CSMS, /)
  })
})

describe('a fixtures file', () => {
  const load = (yaml: string, readFile: Parameters<typeof loadFixtures>[2] = noFile) =>
    loadFixtures({ file: 'f.yaml', text: yaml }, { PASSWORD: 's3cret' }, readFile)

  test('takes passwords from the environment, and PEM from files', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n'
    const read = (path: string) =>
      path === './ca.pem' ? { text: pem, shown: path } : { error: 'no such file' }
    expect(load('{password: "${PASSWORD}", tlsCa: ./ca.pem, callTimeout: 5s}', read)).toEqual({
      plan: {
        stations: undefined,
        fixtures: { password: 's3cret', tlsCa: pem, callTimeoutMs: 5000 },
      },
    })
    expect(load('tlsCa: ./none.pem', read)).toMatchObject({
      problems: [{ message: 'Cannot read ./none.pem: no such file.' }],
    })
  })

  test('wants two stations, and names that there are', () => {
    expect(load('stations: [CP1]')).toMatchObject({
      problems: [{ message: expect.stringContaining('At least two identities') }],
    })
    expect(load('tokn: A')).toMatchObject({
      problems: [{ message: expect.stringContaining('Did you mean "token"?') }],
    })
  })
})

describe('a features file', () => {
  const load = (yaml: string) => loadFeatures({ file: 'f.yaml', text: yaml }, {}, ['C-13', 'C-16'])

  test('takes away what it denies, and nothing else', () => {
    expect(load('C-13: false')).toEqual({ claimed: new Set(['C-16']) })
    expect(load('')).toEqual({ claimed: new Set(['C-13', 'C-16']) })
  })

  test('names features that there are, with true or false', () => {
    expect(load('{C-31: false, C-16: no thanks}')).toMatchObject({
      problems: [
        { message: expect.stringContaining('Did you mean "C-13"?') },
        { message: expect.stringContaining('true or false') },
      ],
    })
  })
})
