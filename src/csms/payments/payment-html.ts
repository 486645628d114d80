import type { PaymentSettings } from '../domain/web-payments.ts'
import type { Objection, WebPayment } from './payment-desk.ts'

/** Without scripts, pictures and fonts: what is shown is all there is. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
</head>
<body>
<h1>${escaped(title)}</h1>
${body}
</body>
</html>
`
}

/** What a driver sees of his payment, in whatever state it is. */
export function visitPage(payment: WebPayment, settings: PaymentSettings): string {
  const { stationId, evseId, id, limit } = payment
  const where = `EVSE ${evseId} of ${escaped(stationId)}`
  switch (payment.state) {
    case 'waiting': {
      const most = `${(limit.maxCost ?? settings.amount).toFixed(2)} ${escaped(settings.currency)}`
      return page(
        'Pay and charge',
        `<p>${where}: up to ${most}${limits(payment)}. What you do not charge for is not taken.</p>
<form method="post" action="${escaped(visitPath(settings, id))}"><button>Pay ${most}</button></form>`,
      )
    }
    case 'starting':
      return page('One moment', `<p>${where} is asked to start.</p>`)
    case 'started':
      return page('Paid', `<p>${where} is ready: plug in your car.</p>`)
    case 'refused':
      return page('Not charged', `<p>${where} could not start. Nothing is taken.</p>`)
    case 'unsure':
      return page(
        'Paid',
        `<p>${where} has not answered yet. If it does not start, nothing is taken.</p>`,
      )
  }
}

/** Why there is nothing to pay. */
export function objectionPage(objection: Objection | 'gone' | 'often'): string {
  return page('Nothing to pay', `<p>${objections[objection]}</p>`)
}

const objections: Readonly<Record<Objection | 'gone' | 'often', string>> = {
  code: 'This code is not valid any more. Scan the one that the station shows now.',
  used: 'This code was used before. Scan the one that the station shows next.',
  busy: 'Somebody else is paying for this place at the moment.',
  offline: 'The station cannot be reached at the moment.',
  full: 'Too many people are paying at the moment.',
  gone: 'This payment is over. Scan the code of the station again.',
  often: 'Too many codes that are not valid came from here. Try again in a minute.',
}

/** Where a visit is shown, and where it is paid. */
export function visitPath({ url }: PaymentSettings, id: string): string {
  return `${new URL(url).pathname.replace(/\/$/, '')}/pay/${id}`
}

function limits({ limit: { maxEnergy, maxTime } }: WebPayment): string {
  const energy = maxEnergy === undefined ? '' : `, ${maxEnergy} Wh`
  const time = maxTime === undefined ? '' : `, ${maxTime} s`
  return `${energy}${time}`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
