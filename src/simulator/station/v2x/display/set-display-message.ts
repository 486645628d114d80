import type { MessageInfoType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler, ResponseOf } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { rejected } from '../rejected.ts'
import type { Station2x } from '../station-2x.ts'
import { displayMessages } from './display-messages.ts'

type Answer201 = ResponseOf<Actions201, 'SetDisplayMessage'>
type Answer21 = ResponseOf<Actions21, 'SetDisplayMessage'>

/** Printable 7-bit characters and line ends [2.1 MessageFormatEnumType]. */
const ascii = /^[\x20-\x7e\r\n]*$/

/** Shows a message from its start to its end, in its state, for its transaction [2.0.1 O01, O02, O06]. */
export const setDisplayMessage: Handler<Actions201, 'SetDisplayMessage', Station2x> = (
  { message },
  station,
) => set(message, station)

/** As 2.0.1, in several languages [2.1 O01.FR.18, FR.19]. */
export const setDisplayMessage21: Handler<Actions21, 'SetDisplayMessage', Station2x> = (
  { message },
  station,
): Answer21 => languageRefusal(message, station) ?? set(message, station)

function set(message: MessageInfoType, station: Station2x): Answer201 {
  const refusal = refusalOf(message, station)
  if (refusal) return refusal
  displayMessages.of(station).set(message)
  return { status: 'Accepted' }
}

function refusalOf(message: MessageInfoType, station: Station2x): Answer201 | undefined {
  const { model, sessions } = station
  if (!enabled(station)) return rejected('NotEnabled', 'there is no display for messages')
  if (!knowsDisplay(message)) return rejected('UnsupportedParam', 'there is no such display')
  if (!model.list('DisplayMessageCtrlr.SupportedPriorities').includes(message.priority)) {
    return { status: 'NotSupportedPriority' }
  }
  if (!supportsState(message, station)) return { status: 'NotSupportedState' }
  const contents = contentsOf(message)
  const formats = model.list('DisplayMessageCtrlr.SupportedFormats')
  if (!contents.every(({ format }) => formats.includes(format))) {
    return { status: 'NotSupportedMessageFormat' }
  }
  if (contents.some(({ format, content }) => format === 'ASCII' && !ascii.test(content))) {
    return rejected('InvalidValue', 'the content is not ASCII')
  }
  const { transactionId } = message
  if (transactionId !== undefined && !sessions.byTransaction(transactionId)) {
    return { status: 'UnknownTransaction' }
  }
  const most = mostMessages(station)
  const count = displayMessages.existing(station)?.countWith(message) ?? 1
  return count > most ? rejected('TooManyElements', `at most ${most} messages`) : undefined
}

function enabled({ model }: Station2x): boolean {
  return model.flag('DisplayMessageCtrlr.Available') && model.flag('DisplayMessageCtrlr.Enabled')
}

/** The maxLimit of NumberOfDisplayMessages [2.0.1 O01.FR.11]. */
export function mostMessages({ model }: Station2x): number {
  const place = model.find({ name: 'DisplayMessageCtrlr' }, { name: 'DisplayMessages' })
  return typeof place === 'string' ? 0 : (model.limitsOf(place).max ?? Number.POSITIVE_INFINITY)
}

/** Our stations have one [2.1 errata O01.FR.22]. */
function knowsDisplay({ display }: MessageInfoType): boolean {
  if (!display) return true
  return display.name.toLowerCase() === 'display' && !display.evse && !display.instance
}

/** A station of 2.0.1 has no variable for it: it supports those that its schema knows. */
function supportsState({ state }: MessageInfoType, { model }: Station2x): boolean {
  const variable = 'DisplayMessageCtrlr.SupportedStates'
  return state === undefined || !model.has(variable) || model.list(variable).includes(state)
}

function languageRefusal(message: MessageInfoType, { model }: Station2x): Answer21 | undefined {
  const place = model.find({ name: 'DisplayMessageCtrlr' }, { name: 'Language' })
  if (typeof place === 'string') {
    return message.messageExtra && rejected('UnsupportedParam', 'the station has one language')
  }
  const known = place.spec.values?.map((language) => language.toLowerCase())
  const spoken = contentsOf(message).every(
    ({ language }) => language === undefined || known?.includes(language.toLowerCase()) !== false,
  )
  return spoken ? undefined : { status: 'LanguageNotSupported' }
}

function contentsOf({ message, messageExtra = [] }: MessageInfoType) {
  return [message, ...messageExtra]
}
