import { expect, test } from 'vitest'
import { runInMemory } from '../../test/helpers/memory-cli.ts'

const explain = (...argv: readonly string[]) => runInMemory(['explain', ...argv])

test('a rule of sequences is explained, with what breaks it and what does not', async () => {
  const { code, stdout } = await explain('tx_seq_falls')
  expect(code).toBe(0)
  expect(stdout).toContain('MUST in ocpp2.0.1, MUST in ocpp2.1')
  expect(stdout).not.toContain('ocpp1.6')
  expect(stdout).toContain('src/conformance/rules/transactions/seq-falls2x.ts')
  expect(stdout).toContain('"seqNo":3')
  expect(stdout.split('These do not:')).toHaveLength(2)
})

test('a rule of frames is explained', async () => {
  const { stdout } = await explain('RPC_TWO_CALLS')
  expect(stdout).toContain('SHOULD in ocpp1.6, MUST in ocpp2.0.1')
  expect(stdout).toContain('src/ocpp/rpc/findings.ts')
})

test('a case is explained, and where it lives', async () => {
  const { code, stdout } = await explain('TC_013_CSMS')
  expect(code).toBe(0)
  expect(stdout).toContain('the CSMS sends Reset')
  expect(stdout).toContain('Lives in src/conformance/cases/ocpp16')
})

test('machines get an object', async () => {
  const { stdout } = await explain('TX_SEQ_FALLS', '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    rule: { id: 'TX_SEQ_FALLS', judges: 'station', levels: { 'ocpp2.1': 'MUST' } },
  })
})

test('a typing error is told, and what may have been meant', async () => {
  const { code, stderr } = await explain('TX_SEQ_FAL')
  expect(code).toBe(2)
  expect(stderr).toContain('Did you mean TX_SEQ_FALLS?')
})
