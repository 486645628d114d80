import { describe, expect, test } from 'vitest'
import { load, quickstart } from '../../../test/helpers/sample-run.ts'
import { buildReport } from '../build-report.ts'
import { repeatCommand, repeatLacks } from './repeat-command.ts'

describe('repeatCommand', () => {
  test('against the embedded CSMS', () => {
    expect(repeatCommand(buildReport(quickstart())).join(' ')).toBe(
      'csms simulate scenarios/quickstart.yaml --seed 42 --speed 60',
    )
  })

  test('against another', () => {
    expect(repeatCommand(buildReport(load({ perSecond: 1, lagMicros: 0 }))).join(' ')).toBe(
      'csms simulate scenarios/city-load.yaml --target wss://csms.example.org/ocpp --seed 42 --speed 1',
    )
  })

  test('a file of any name stays one word of the shell', () => {
    const report = buildReport(quickstart())
    const file = "it's; rm -rf $HOME.yaml"
    expect(repeatCommand({ ...report, scenario: { ...report.scenario, file } })).toContain(
      `'it'\\''s; rm -rf $HOME.yaml'`,
    )
  })

  test('what the run was told is told again, whatever its words are made of; secrets with a word', () => {
    const report = buildReport({
      ...quickstart(),
      command: {
        options: [['--stations', '50'], ['--set', 'note=two words'], ['--insecure']],
        leftOut: ['--header', '--api-key'],
      },
    })
    expect(repeatCommand(report).join(' ')).toBe(
      "csms simulate scenarios/quickstart.yaml --stations 50 --set 'note=two words' --insecure",
    )
    expect(repeatLacks(report)).toBe('Left out, being secret: --header, --api-key.')
    expect(repeatLacks(buildReport(quickstart()))).toBe('')
  })
})
