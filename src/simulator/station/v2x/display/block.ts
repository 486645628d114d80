import type { Block } from '../block.ts'
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
  transactionAnswered(station, evse, { eventType }, { idTokenInfo }) {
    if (!idTokenInfo || eventType === 'Ended') return
    const { language1, language2 } = idTokenInfo
    const languages = [language1, language2].filter((language) => language !== undefined)
    if (languages.length > 0) displayMessages.of(station).speaks(evse, languages)
  },
}
