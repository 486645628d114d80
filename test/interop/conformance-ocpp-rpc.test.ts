import { join } from 'node:path'
import { describe, test } from 'vitest'
import { callTimeoutMs, expectFindings, JudgedPeer } from './judged.ts'
import { naiveFindings } from './naive-findings.ts'
import { RpcCsms } from './ocpp-rpc-csms.ts'

const order = join(import.meta.dirname, 'order.mjs')

/** Each looked at, and true: docs/guide/interoperability.md tells them in words. */
const findings = {
  'ocpp1.6': {
    ...naiveFindings['ocpp1.6'],
    // Two r where 1.6 has one, and codes that only 2.x has.
    'SHOULD 1.6J 4.2.3': 'X_RPC_03 X_RPC_09 X_RPC_10 X_RPC_20 X_RPC_21',
    'SHOULD 1.6J 4.2.1': 'X_RPC_08 X_RPC_09',
    'SHOULD 1.6J 4.1.3': 'X_RPC_21',
    'SHOULD 1.6J 4.1.2': 'X_RPC_23',
    'SHOULD 2.0.1 Part 4 3.1': 'X_RPC_27',
    'SHOULD 1.6 3.7.1': 'X_RPC_40',
  },
  'ocpp2.0.1': {
    ...naiveFindings['ocpp2.0.1'],
    // One r where 2.0.1 has two.
    'SHOULD 2.0.1 Part 4 4.3': 'X_RPC_03',
    'SHOULD 2.0.1 Part 4 4.1.5': 'X_RPC_08',
    'SHOULD 2.0.1 Part 4 4.2.1': 'X_RPC_09',
    'SHOULD 2.0.1 Part 4 4.2.3': 'X_RPC_20',
    'SHOULD 2.0.1 Part 4 4.1.2': 'X_RPC_23',
    'SHOULD 2.0.1 Part 4 3.1': 'X_RPC_27',
    'MUST 2.0.1 Part 4 3.3': 'X_RPC_31',
  },
} as const

/** A module for some operations, an API for the others. */
const hooks = `preset: generic
operations:
  Reset: &ordered { module: ${JSON.stringify(order)} }
  ClearCache: *ordered
`

describe('csms conformance, of a management system on the npm package ocpp-rpc', () => {
  test.concurrent.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
    '%s: it finds exactly what is wrong, and a line that it prints finds it again',
    async (protocol) => {
      const peer = await RpcCsms.start(protocol, callTimeoutMs)
      await using judged = await JudgedPeer.start(peer, protocol, hooks)
      await expectFindings(judged, protocol, findings[protocol])
    },
    180_000,
  )
})
