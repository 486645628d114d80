import type { IdTokenInfoType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Evse } from '../../evse.ts'
import type { Block } from '../block.ts'
import type { Station2x } from '../station-2x.ts'
import { clearDisplayMessage } from './clear-display-message.ts'
import { displayMessages } from './display-messages.ts'
import { getDisplayMessages } from './get-display-messages.ts'
import { setDisplayMessage, setDisplayMessage21 } from './set-display-message.ts'

/** What a station shows people [2.0.1 O]. */
export const display: Block = {
  letter: 'O',
  handlers: {
    ClearDisplayMessage: clearDisplayMessage,
    GetDisplayMessages: getDisplayMessages,
    SetDisplayMessage: setDisplayMessage,
  },
  handlers21: { SetDisplayMessage: setDisplayMessage21 },
  transactionEvent(station, evse, { eventType, transactionInfo }) {
    if (eventType !== 'Ended') return
    displayMessages.existing(station)?.transactionEnded(evse, transactionInfo.transactionId)
  },
  authorized: (station, evse, _token, answer) => learn(station, evse, answer?.idTokenInfo),
  transactionAnswered(station, evse, { eventType }, { idTokenInfo }) {
    if (eventType !== 'Ended') learn(station, evse, idTokenInfo)
  },
  happened(station, evse, { kind }) {
    if (kind === 'authorizationEnded') displayMessages.existing(station)?.speaks(evse, [])
  },
  powerRestored: (station) => displayMessages.existing(station)?.forgetDrivers(),
  variable(station, _evse, name) {
    if (name !== 'display') return undefined
    return displayMessages.existing(station)?.shown()?.content ?? ''
  },
}

/** The languages of a driver come with his idTokenInfo [2.0.1 O01.FR.08]. */
function learn(station: Station2x, evse: Evse, info: IdTokenInfoType | undefined): void {
  const languages = [info?.language1, info?.language2].filter((one) => one !== undefined)
  if (languages.length > 0) displayMessages.of(station).speaks(evse, languages)
}
