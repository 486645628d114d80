import { oneTimePassword } from '../../../ocpp/one-time-password.ts'
import { httpRequest, textOf } from '../../../platform/http-request.ts'
import type { Incoming } from '../../play/probe.ts'
import type { Scene } from '../../play/scene.ts'
import { CaseError } from '../../play/stage.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { metered } from '../transaction-events.ts'
import { limitsSupported, reports } from './device-model21.ts'
import { case21 } from './moves21.ts'
import { startedForPayment } from './payment-moves21.ts'
import { booted21, event, status, stillThere } from './states21.ts'

/** What the code on the display of an EVSE is made of: variables of WebPaymentsCtrlr, by name. */
type CodeSettings = Readonly<Record<string, string>>

interface SetVariable {
  readonly component?: { readonly name?: unknown }
  readonly variable?: { readonly name?: unknown }
  readonly attributeValue?: unknown
}

/** Where the CSMS leaves it at that [2.1 WebPaymentsCtrlr]. */
const standard: CodeSettings = { TOTPVersion: 'v1', ValidityTime: '30', Length: '8' }
/** Without these there is no code. */
const needed = ['URLTemplate', 'SharedSecret']
/** So often a CSMS may set variables until they are told. */
const mostSettings = 20
/** No password is longer, whatever a CSMS says. */
const longestPassword = 64

/** The CSMS tells the station what its codes have to say: nobody orders it to [2.1 C25.FR.01, FR.50]. */
const codeTold: Move = does(
  'the CSMS says what the codes of the station lead to',
  async ({ probe, stage, values }) => {
    let told: CodeSettings = {}
    const lacks = (names: readonly string[]) => names.some((name) => !(name in told))
    for (let set = 0; set < mostSettings; set += 1) {
      if (!lacks([...needed, 'ValidityTime', 'Length'])) break
      const withinMs = lacks(needed) ? stage.timeoutMs : stage.silenceMs
      const incoming = await probe.arrivals.next('SetVariables', withinMs)
      if (!incoming) break
      told = { ...told, ...settingsIn(incoming) }
      probe.result(incoming, { setVariableResult: variablesIn(incoming).map(accepted) })
    }
    if (lacks(needed)) throw new CaseError(`the CSMS does not tell stations ${needed.join(', ')}`)
    values.set('codeSettings', { ...standard, ...told })
  },
  [],
  ['SetVariables'],
)

function variablesIn({ payload }: Incoming): readonly SetVariable[] {
  const { setVariableData: list } = payload as { readonly setVariableData?: unknown }
  return Array.isArray(list) ? list : []
}

function settingsIn(incoming: Incoming): CodeSettings {
  const ours = variablesIn(incoming).filter(({ component }) => {
    return component?.name === 'WebPaymentsCtrlr'
  })
  return Object.fromEntries(
    ours.map(({ variable, attributeValue }) => [String(variable?.name), String(attributeValue)]),
  )
}

const accepted = ({ component, variable }: SetVariable) => ({
  attributeStatus: 'Accepted',
  component,
  variable,
})

/** What a code says, where it is not as it should be. */
interface Code {
  readonly chargingstationid?: string
  readonly evse?: string
  readonly totp?: (length: number) => string
}

/** The path of a code [2.1 C25.FR.50 to FR.52]; the driver wants 20 kWh at most [2.1 C25.FR.56]. */
function urlOf({ values, stage }: Scene, code: Code): URL {
  const settings = values.get('codeSettings') as CodeSettings
  const { SharedSecret: sharedSecret = '', TOTPVersion: version = '' } = settings
  const [validityTime, length] = [Number(settings['ValidityTime']), Number(settings['Length'])]
  if (!(validityTime >= 1 && length >= 1 && length <= longestPassword)) {
    throw new CaseError(`no password is ${length} long and holds for ${validityTime} s`)
  }
  const now = oneTimePassword({ sharedSecret, validityTime, length }, stage.clock.wallMs())
  const said: Readonly<Record<string, string>> = {
    chargingstationid: code.chargingstationid ?? String(values.get('stationId')),
    evse: code.evse ?? '1',
    totp: code.totp?.(length) ?? now,
    version,
  }
  const text = String(settings['URLTemplate']).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    return encodeURIComponent(said[name] ?? '')
  })
  if (!URL.canParse(text)) throw new CaseError(`URLTemplate makes no URL: ${text}`)
  const { pathname, search } = new URL(text)
  // Of what a CSMS says the host does not count: nobody is to be led anywhere.
  const url = new URL(String(values.get('paymentUrl')))
  url.pathname = pathname
  url.search = search
  url.searchParams.set('maxenergy', '20000')
  return url
}

/** The driver scans a code: the HTTP status of the page behind it, and where that stands in the trace. */
async function scans(scene: Scene, code: Code) {
  const { probe, stage } = scene
  const { tlsCa } = stage.fixtures
  try {
    const page = await httpRequest(urlOf(scene, code).href, {
      method: 'GET',
      ...(typeof tlsCa === 'string' && { ca: tlsCa }),
      signal: AbortSignal.timeout(stage.timeoutMs),
    })
    // Nobody reads it.
    await textOf(page, 0)
    const { status } = page
    return { status, frame: probe.note('open', `a driver scans a code: HTTP ${status}`) }
  } catch (error) {
    if (error instanceof CaseError) throw error
    throw new CaseError(`the payment page cannot be reached: ${String(error)}`)
  }
}

/** A CALL that may come: it is answered as soon as it does, and told by what is returned. */
function heard({ probe, stage }: Scene, action: string, answer: object) {
  let came: Incoming | undefined
  void probe.arrivals.next(action, stage.timeoutMs).then((incoming) => {
    came = incoming
    if (incoming) probe.result(incoming, answer)
  })
  return () => came
}

const silence = ({ stage }: Scene): Promise<void> =>
  new Promise((resolve) => void stage.clock.after(stage.silenceMs, resolve))

/** Not now, though the code is right: one that was used, a place that somebody pays for, too many drivers. */
const notNow: ReadonlySet<number> = new Set([409, 410, 429, 503])
/** Codes that a driver tries until he gives up: the case may have been played a moment ago. */
const mostCodes = 3
/** Seconds; nobody waits longer for another code. */
const longestValidity = 60

/** Timers may be a moment early, ms. */
const surelyMs = 50

/** Until the display of the station shows another code. */
function anotherCode({ values, stage }: Scene): Promise<void> {
  const validityMs = Number((values.get('codeSettings') as CodeSettings)['ValidityTime']) * 1000
  const leftMs = validityMs - (stage.clock.wallMs() % validityMs)
  return new Promise((resolve) => void stage.clock.after(leftMs + surelyMs, resolve))
}

/** A code that is right leads to payment; the station may be told to keep the EVSE [2.1 C25.FR.21]. */
const scanned: Move = does('a driver scans the code of EVSE 1', async (scene) => {
  const validity = Number((scene.values.get('codeSettings') as CodeSettings)['ValidityTime'])
  const notices = [heard(scene, 'NotifyWebPaymentStarted', {})]
  let page = await scans(scene, {})
  for (let codes = 1; notNow.has(page.status) && codes < mostCodes; codes += 1) {
    if (validity > longestValidity) break
    await anotherCode(scene)
    notices.push(heard(scene, 'NotifyWebPaymentStarted', {}))
    page = await scans(scene, {})
  }
  const { status: http, frame } = page
  scene.check('the code leads to payment', http < 400, {
    detail: `HTTP ${http}`,
    clause: '2.1 C25.FR.09, FR.20, FR.59',
    frame,
  })
  await silence(scene)
  const [notice] = notices.flatMap((kept) => kept() ?? [])
  if (!notice) return
  const { evseId, timeout } = notice.payload as Readonly<Record<string, unknown>>
  scene.check('NotifyWebPaymentStarted', evseId === 1 && Number(timeout) > 0, {
    detail: `for EVSE ${String(evseId)}, ${String(timeout)} s`,
    clause: '2.1 C25.FR.21',
    frame: notice.frame,
  })
})

/** Nothing comes of codes that are wrong: nobody keeps an EVSE, and nothing starts [2.1 C25.FR.08]. */
function inVain(how: string, codes: readonly Code[]): Move {
  return does(`a driver scans ${how}`, async (scene) => {
    const came = [
      heard(scene, 'NotifyWebPaymentStarted', {}),
      heard(scene, 'RequestStartTransaction', { status: 'Rejected' }),
    ]
    for (const code of codes) await scans(scene, code)
    await silence(scene)
    const calls = came.flatMap((call) => call() ?? [])
    scene.check('nothing comes of it', calls.length === 0, {
      detail: calls.map(({ action }) => action).join(', ') || 'no CALL',
      clause: '2.1 C25.FR.08, FR.09',
      frame: calls[0]?.frame,
    })
  })
}

/** A place that the CSMS asks payment for by a code on its display. */
const qrCode = { profile: 'Core', feature: 'P-0', needs: ['paymentUrl'] } as const

/** Who pays on the web [2.1 C25]. */
export const webPayments21: readonly ConformanceCase[] = [
  case21({
    id: 'C_131',
    title: 'A driver scans the code of an EVSE, pays, and charges',
    ...qrCode,
    moves: [
      ...booted21,
      codeTold,
      ...reports(limitsSupported),
      scanned,
      ...startedForPayment,
      event('Ended', 'StopAuthorized', {
        info: { chargingState: 'EVConnected', stoppedReason: 'Local' },
        meterValue: metered('Transaction.End', 5000),
        clause: '2.1 E07',
      }),
      status(1, 'Available'),
    ],
  }),
  case21({
    id: 'C_132',
    title: 'A code that names no station, or no EVSE, leads nowhere',
    ...qrCode,
    moves: [
      ...booted21,
      codeTold,
      inVain('codes with half of what they have to say', [
        { evse: 'none' },
        { chargingstationid: '' },
      ]),
      stillThere,
    ],
  }),
  case21({
    id: 'C_133',
    title: 'A code with a wrong password leads nowhere',
    ...qrCode,
    moves: [
      ...booted21,
      codeTold,
      inVain('a code that somebody else made', [{ totp: (length) => '0'.repeat(length) }]),
      stillThere,
    ],
  }),
]
