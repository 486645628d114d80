import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CliSetting, runInMemory } from '../../../test/helpers/memory-cli.ts'
import { type Csms, startCsms } from '../../csms/start-csms.ts'
import { type ConnectedStation, connectStation } from '../../harness/connect-station.ts'
import { commands } from '../command-table.ts'

/** What `csms completion suggest` prints for a line: `value<TAB>about`. */
async function lines(words: readonly string[], setting?: CliSetting): Promise<readonly string[]> {
  const run = await runInMemory(['completion', 'suggest', '--', ...words], setting)
  expect(run).toMatchObject({ code: 0, stderr: '' })
  return run.stdout.split('\n').slice(0, -1)
}

async function values(...words: readonly string[]): Promise<readonly string[]> {
  return (await lines(words)).map((line) => line.split('\t')[0] ?? '')
}

describe('what Tab suggests', () => {
  test('commands and their own commands, by what was typed', async () => {
    expect(await values('')).toEqual(expect.arrayContaining(Object.keys(commands)))
    expect(await values('si')).toEqual(['simulate'])
    expect(await lines(['si'])).toEqual([`simulate\t${commands['simulate']?.summary}`])
    expect(await values('tokens', 're')).toEqual(['remove'])
    expect(await values('completion', '')).toEqual(['bash', 'zsh', 'fish', 'help'])
    expect(await values('nonsense', '')).toEqual(expect.arrayContaining(Object.keys(commands)))
  })

  test('options, and the values that an option may have', async () => {
    expect(await values('serve', '--tls')).toContain('--tls-port')
    expect(await values('simulate', '--proto')).toEqual(['--protocol'])
    expect(await values('simulate', '--protocol', '')).toContain('ocpp2.0.1')
    expect(await values('serve', '--durability=b')).toEqual(['--durability=batch'])
    expect(await values('serve', '--port', '')).toEqual([])
    expect(await values('serve', '--no-such=', '')).toEqual([])
  })

  test('every action that a CSMS sends, in any version, with the versions that have it', async () => {
    expect(await lines(['send', 'CP1', 'SetV'])).toEqual([
      'SetVariableMonitoring\tocpp2.0.1, ocpp2.1',
      'SetVariables\tocpp2.0.1, ocpp2.1',
    ])
    expect(await values('send', 'CP1', 'Heartbeat')).toEqual([])
    expect(await values('send', '--wait', '5s', 'CP1', 'RemoteSta')).toEqual([
      'RemoteStartTransaction',
    ])
  })

  test('cases of the version that the line names, their profiles and tags, also after a comma', async () => {
    expect(await values('conformance', '--case', 'TC_003')).toEqual(['TC_003_CSMS'])
    expect(await values('conformance', '--case=TC_001_CSMS,TC_003')).toEqual([
      '--case=TC_001_CSMS,TC_003_CSMS',
    ])
    const newer = ['conformance', '--protocol', 'ocpp2.0.1'] as const
    expect(await values(...newer, '--case', 'TC_003')).toEqual([])
    expect(await values(...newer, '--exclude', 'TC_B_01')).toEqual(['TC_B_01_CSMS'])
    const listing = ['conformance', 'list', '--protocol', 'ocpp2.0.1', '--case'] as const
    expect(await values(...listing, 'TC_B_01')).toEqual(['TC_B_01_CSMS'])
    expect(await values('conformance', '--tag', 'negative,hands')).toEqual(['negative,hands-free'])
    expect(await values('conformance', '--profile', 'Res')).toEqual(['Reservation'])
    expect(await values('conformance', '--report', 'ju')).toEqual(['junit='])
  })

  test('ids of rules and of cases, each once', async () => {
    expect(await values('explain', 'TC_003')).toEqual(['TC_003_CSMS'])
    expect(await values('explain', 'X_RPC_01')).toEqual(['X_RPC_01'])
    expect(await values('explain', 'TX_SEQ_F')).toEqual(['TX_SEQ_FALLS'])
    expect(await values('conformance', 'explain', 'TC_B_01')).toEqual(['TC_B_01_CSMS'])
  })

  test('steps and executors, and files where files fit', async () => {
    expect(await values('scenario', 'steps', 'plug')).toEqual(['plugIn'])
    expect(await values('scenario', 'executors', 'find')).toEqual(['find-max'])
    expect(await values('simulate', 'sce')).toEqual([':files'])
    expect(await values('report', 'show', 'la')).toEqual(['latest', ':files'])
    expect(await values('scenario', 'validate', 'a.yaml', '')).toEqual([':files'])
  })
})

describe('beside a running csms', () => {
  let csms: Csms
  let folder: string
  const stations: ConnectedStation[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'csms-completion-'))
    csms = await startCsms({ port: 0, tokens: [{ idToken: 'DRIVER1', status: 'Accepted' }] })
    const old = { id: 'OLD', station: { vendor: 'Acme', model: 'AC22' } }
    stations.push(await connectStation(csms.url, old))
    stations.push(await connectStation(csms.url, { id: 'NEW', protocol: 'ocpp2.1' }))
  })
  afterAll(async () => {
    for (const station of stations) station.close()
    await csms.close({ timeoutMs: 100 })
    await rm(folder, { recursive: true })
  })

  const api = () => `http://127.0.0.1:${csms.port}`
  const asked = (...words: readonly string[]) => lines(words, { env: { CSMS_API: api() } })

  test('stations and tokens are those it knows', async () => {
    expect(await asked('send', 'OL')).toEqual(['OLD\tAC22'])
    expect(await asked('tokens', 'remove', '')).toEqual(['DRIVER1\tAccepted'])
    expect(await lines(['stations', 'remove', '--api', api(), 'N'])).toHaveLength(1)
    await writeFile(join(folder, 'csms.config.yaml'), `send: { api: '${api()}' }\n`)
    expect(await lines(['send', ''], { cwd: folder })).toHaveLength(2)
  })

  test('actions are those of the station’s version', async () => {
    expect(await asked('send', 'OLD', 'Remote')).toEqual([
      'RemoteStartTransaction\tocpp1.6',
      'RemoteStopTransaction\tocpp1.6',
    ])
    expect(await asked('send', 'NEW', 'Remote')).toEqual([])
    expect(await asked('send', 'NEW', 'AFRR')).toEqual(['AFRRSignal\tocpp2.1'])
    expect(await asked('send', 'OLD', 'AFRR')).toEqual([])
  })

  test('a csms that is not there suggests nothing, and says nothing', async () => {
    expect(await lines(['send', '', '--api', 'http://127.0.0.1:1'])).toEqual([])
    expect(await lines(['send', '--api', 'http://127.0.0.1:1', ''])).toEqual([])
    expect(await lines(['send', '--api', 'nonsense', ''])).toEqual([])
  })
})
