import type { OcppVersion } from '../../../ocpp/version.ts'
import type { Mutant } from '../mutant.ts'
import { does, frames, mutantsOf, set, upgrade } from './rows.ts'

const json = '1.6J 4.2, 2.0.1 Part 4 4.2'
const once = '1.6J 4.1.1, 2.0.1 Part 4 4.1.1'
const ids = '1.6J 4.1.4, 2.0.1 Part 4 4.1.4'
const codes = '1.6J 4.2.3, 2.0.1 Part 4 4.3'

/** OCPP-J itself, in each version. */
export function rpcMutants(version: OcppVersion): readonly Mutant[] {
  const other = version === 'ocpp1.6' ? 'ocpp2.0.1' : 'ocpp1.6'
  return mutantsOf(version, {
    'rpc-answer-other-id': [
      'Answers with an id of its own',
      ids,
      frames('result', [set('$[1]', 'mine')]),
    ],
    'rpc-answer-number-id': [
      'Answers with a number for an id',
      ids,
      frames('result', [set('$[1]', 7)]),
    ],
    'rpc-answers-twice': ['Answers every CALL twice', once, does('result', { do: 'repeat' })],
    'rpc-answer-null': [
      'Answers with null for a payload',
      json,
      frames('result', [set('$[2]', null)]),
    ],
    'rpc-answer-longer': [
      'Puts an action into its CALLRESULTs',
      json,
      frames('result', [set('$[3]', 'Heartbeat')]),
    ],
    'rpc-answer-text-type': [
      'Writes the message type as a text',
      json,
      frames('result', [set('$[0]', '3')]),
    ],
    'rpc-answer-not-json': [
      'Answers with something that is no JSON',
      json,
      does('result', { do: 'say', text: "[3,'{id}',{}]" }),
    ],
    'rpc-answer-binary': [
      'Answers in binary frames',
      '1.6J 4.1.2, 2.0.1 Part 4 4.1.2',
      does('result', { do: 'binary' }),
    ],
    'rpc-unknown-type-sent': [
      'Sends messages of a type that does not exist',
      '1.6J 4.1.3, 2.0.1 Part 4 4.1.3',
      does('result', { do: 'precede', text: '[9,"{id}",{}]' }),
      'SHOULD',
    ],
    'rpc-chatter': [
      'Sends texts that are no frames',
      json,
      does('result', { do: 'precede', text: 'OK' }),
    ],
    'rpc-unsolicited': [
      'Answers CALLs that nobody made',
      ids,
      does('result', { do: 'precede', text: '[3,"nobody-asked",{}]' }),
    ],
    'rpc-unknown-action-sent': [
      'Sends an action that does not exist',
      json,
      does('result', { do: 'precede', text: '[2,"x-{id}","MakeCoffee",{}]' }),
    ],
    'rpc-wrong-direction': [
      'Sends what only stations send',
      json,
      does('result', { do: 'precede', text: '[2,"x-{id}","Heartbeat",{}]' }),
    ],
    'rpc-error-for-everything': [
      'Answers every CALL with GenericError',
      codes,
      does('result', { do: 'say', text: '[4,"{id}","GenericError","",{}]' }),
    ],
    'rpc-error-invented': [
      'Invents error codes',
      codes,
      frames('error', [set('$[2]', 'SomethingWentWrong')]),
    ],
    'rpc-error-always-generic': [
      'Knows one error code only',
      codes,
      frames('error', [set('$[2]', 'GenericError')]),
      'SHOULD',
    ],
    'rpc-error-other-spelling': [
      `Spells error codes as ${other} does`,
      codes,
      frames('error', [
        set('$[2]', version === 'ocpp1.6' ? 'FormatViolation' : 'FormationViolation'),
      ]),
      'SHOULD',
    ],
    'rpc-error-swallowed': [
      'Never sends a CALLERROR',
      codes,
      does('error', { do: 'swallow' }),
      version === 'ocpp1.6' ? 'MUST' : 'SHOULD',
    ],
    'rpc-error-as-result': [
      'Answers everything with a CALLRESULT, wrong or not',
      codes,
      does('error', { do: 'say', text: '[3,"{id}",{}]' }),
    ],
    'rpc-error-hangs-up': [
      'Hangs up on who makes a mistake',
      codes,
      does('error', { do: 'hangUp' }),
    ],
    'rpc-call-id-missing': ['Its CALLs have no id', ids, frames('call', [set('$[1]', '')])],
    'rpc-call-id-long': [
      'Ids of its CALLs are longer than 36 characters',
      ids,
      frames('call', [set('$[1]', 'x'.repeat(37))]),
    ],
    'rpc-call-in-capitals': [
      'Writes actions in capitals',
      json,
      frames('call', [set('$[2]', 'GETCONFIGURATION')]),
    ],
    'rpc-call-payload-list': [
      'Puts the payload of its CALLs into a list',
      json,
      frames('call', [set('$[3]', [])]),
    ],
    'rpc-call-without-payload': [
      'Its CALLs end with the action',
      json,
      does('call', { do: 'say', text: '[2,"{id}","Reset"]' }),
    ],
    'rpc-calls-forgotten': ['Sends no CALL at all', once, does('call', { do: 'swallow' })],
    'rpc-answers-late': ['Answers one CALL behind', once, does('result', { do: 'hold' })],
    'upgrade-no-subprotocol': [
      'Agrees to no subprotocol',
      '1.6J 3.2, 2.0.1 Part 4 3.2',
      upgrade({ subprotocol: '' }),
    ],
    'upgrade-other-subprotocol': [
      `Agrees to ${other} with everybody`,
      '1.6J 3.2, 2.0.1 Part 4 3.2',
      upgrade({ subprotocol: other }),
    ],
    'upgrade-refused': ['Lets nobody in', '1.6J 3.2, 2.0.1 Part 4 3.2', upgrade({ refuses: 401 })],
    'upgrade-only-once': [
      'Lets no station in a second time',
      '1.6J 5.4, 2.0.1 Part 4 5.3',
      upgrade({ onlyOnce: true }),
    ],
    'upgrade-everybody': [
      'Lets everybody in, whatever they bring',
      '1.6 SWP A00, 2.0.1 A00',
      upgrade({ admits: 'everybody' }),
    ],
    'upgrade-no-pongs': ['Does not answer pings', 'RFC 6455 5.5.3', upgrade({ pongs: false })],
  })
}
