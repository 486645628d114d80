import { describe, test } from 'vitest'
import { ChildCsms } from './child-csms.ts'
import { callTimeoutMs, expectFindings, JudgedPeer } from './judged.ts'
import { naiveFindings } from './naive-findings.ts'
import { missing, peer as name, python, script } from './python.ts'

/** Each looked at, and true: docs/guide/interoperability.md tells them in words. */
const findings = {
  'ocpp1.6': {
    ...naiveFindings['ocpp1.6'],
    'MUST 1.6 SWP N01.FR.07': '079',
    // NotSupported where NotImplemented is meant, and FormatViolation, which only 2.x has.
    'SHOULD 1.6J 4.2.3': 'X_RPC_01 X_RPC_05 X_RPC_07',
    'SHOULD 1.6J 4.2.1': 'X_RPC_02 X_RPC_08 X_RPC_09',
    'SHOULD 1.6J 4.1.4': 'X_RPC_10',
    'SHOULD 1.6J 4.1.2': 'X_RPC_23',
    'SHOULD 2.0.1 Part 4 3.1': 'X_RPC_27',
    // It knows a station by its name in the URL, percent-encoded as it stands there.
    error: 'X_RPC_32',
    'SHOULD 1.6 3.7.1': 'X_RPC_40',
  },
  'ocpp2.0.1': {
    ...naiveFindings['ocpp2.0.1'],
    'SHOULD 2.0.1 Part 4 4.3': 'X_RPC_01',
    'SHOULD 2.0.1 Part 4 4.2.3': 'X_RPC_10 X_RPC_20',
    'SHOULD 2.0.1 Part 4 4.2.1': 'X_RPC_02 X_RPC_09',
    'SHOULD 2.0.1 Part 4 4.1.5': 'X_RPC_08',
    'SHOULD 2.0.1 Part 4 4.1.2': 'X_RPC_23',
    'SHOULD 2.0.1 Part 4 3.1': 'X_RPC_27',
    // It knows a station by its name in the URL, percent-encoded as it stands there.
    error: 'X_RPC_32',
  },
} as const

/** A command for some operations, an API for the others. */
const hooks = `preset: generic
operations:
  Reset: &ordered
    command:
      - ${JSON.stringify(python)}
      - ${JSON.stringify(script('order.py'))}
      - "{{api}}"
      - "{{protocol}}"
      - "{{station}}"
      - "{{action}}"
  ClearCache: *ordered
`

describe.skipIf(missing)(`csms conformance, of a management system on ${name}`, () => {
  test.concurrent.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
    '%s: it finds exactly what is wrong, and a line that it prints finds it again',
    async (protocol) => {
      const args = [script('central_system.py'), protocol, String(callTimeoutMs / 1000)]
      const peer = await ChildCsms.start(python, args)
      await using judged = await JudgedPeer.start(peer, protocol, hooks)
      await expectFindings(judged, protocol, findings[protocol])
    },
    180_000,
  )
})
