import type { PaymentSettings } from '../domain/web-payments.ts'
import { readSettings } from '../settings-file.ts'

const known = ['url', 'secret', 'amount', 'currency', 'timeout']
const shortestSecret = 16

/**
 * Reads how drivers pay on the web from a YAML or JSON file. Throws `CSMS_CONFIG_INVALID`, which
 * says what is wrong with it.
 */
export function readPayments(file: string): PaymentSettings {
  const { settings: given, fail } = readSettings(file, known, known.join(', '))
  const settings: Readonly<Record<string, unknown>> = {
    url: '',
    secret: '',
    amount: 50,
    currency: 'EUR',
    timeout: 300,
    ...given,
  }
  const { url, secret, amount, currency, timeout } = settings
  if (!isSafeUrl(url)) {
    throw fail('"url" must be where drivers reach this server: https, or http of this machine.')
  }
  if (typeof secret !== 'string' || secret.length < shortestSecret) {
    throw fail(`"secret" must be a text of at least ${shortestSecret} characters.`)
  }
  if (typeof amount !== 'number' || !(amount > 0 && amount < Number.POSITIVE_INFINITY)) {
    throw fail('"amount" must be above 0.')
  }
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) {
    throw fail('"currency" must be a code of ISO 4217 like EUR.')
  }
  if (!isPatience(timeout)) {
    throw fail('"timeout" must be 30 to 3600 seconds.')
  }
  return { url: url.replace(/\/+$/, ''), secret, amount, currency, timeoutSeconds: timeout }
}

function isPatience(seconds: unknown): seconds is number {
  return Number.isInteger(seconds) && Number(seconds) >= 30 && Number(seconds) <= 3600
}

/** What drivers pay by goes over no open line. */
function isSafeUrl(url: unknown): url is string {
  if (typeof url !== 'string' || !URL.canParse(url)) return false
  const { protocol, hostname, search, hash } = new URL(url)
  if (search !== '' || hash !== '') return false
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isLocal)
}
