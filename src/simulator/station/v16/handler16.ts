import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { Behaviour16 } from './behaviour16.ts'

/** Serves one action of the CSMS on a 1.6 station. */
export type Handler16<Action extends keyof Actions16> = Handler<Actions16, Action, Behaviour16>
