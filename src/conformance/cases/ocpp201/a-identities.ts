import { isIP } from 'node:net'
import type { Move } from '../case.ts'
import { does } from '../moves.ts'
import { value } from '../values.ts'

/** Who has no certificate at all. */
const other = 'CSMS_CONF_OTHER'

/**
 * A station shows the certificate of another one. Where the name in it is no identity but a serial number,
 * only BootNotification tells that they do not belong together [2.0.1 A00.FR.405, B01.FR.12].
 */
export const wrongStation: Move = does('the certificate of another station', async (scene) => {
  const { probe, connect, clock, timeoutMs, silenceMs } = scene.stage
  probe.close()
  const tls = scene.values.fill({ cert: value('clientCert'), key: value('clientKey') })
  const handshake = await connect({ id: other, tls: tls as { cert: string; key: string } })
  const check = (passed: boolean, detail: string) =>
    scene.check('the certificate of another station', passed, {
      detail,
      clause: '2.0.1 A00.FR.405, B01.FR.12',
      frame: handshake.entry,
    })
  if (handshake.kind === 'refused') {
    check(handshake.failure !== 'timeout', handshake.detail)
    return
  }
  const boot = await probe.call('BootNotification', bootOf(other), timeoutMs)
  // The end may follow the answer.
  await new Promise<void>((resolve) => {
    clock.after(boot.kind === 'closed' ? 0 : silenceMs, resolve)
  })
  check(!probe.open, `let in; its BootNotification: ${boot.kind}; open: ${probe.open}`)
})

const bootOf = (serialNumber: string): object => ({
  reason: 'PowerUp',
  chargingStation: { vendorName: 'csms', model: 'probe', serialNumber },
})

/** The name in a server's certificate is that of its host; names with a star fit one label. */
export function namesHost(commonName: string, host: string): boolean {
  const [name, wanted] = [commonName.toLowerCase(), host.toLowerCase()]
  if (!name.startsWith('*.')) return name === wanted
  return wanted.split('.').slice(1).join('.') === name.slice(2)
}

/** A host without a domain name, or known by its address only, has no FQDN [2.0.1 A00.FR.510]. */
export function hasDomainName(host: string): boolean {
  return isIP(host.replace(/^\[(.*)\]$/, '$1')) === 0 && host.includes('.')
}

/** CN of the server's certificate is the name of the server [2.0.1 A00.FR.510]. */
export const namesItsHost: Move = does(
  'the name in the certificate of the server',
  async (scene) => {
    const { hostname } = new URL(String(scene.values.get('tlsUrl')))
    if (!hasDomainName(hostname)) return
    const seen = await scene.stage.shakeHands({})
    const commonName = seen.kind === 'agreed' ? seen.commonName : ''
    scene.check('CN of the certificate', namesHost(commonName, hostname), {
      detail: `CN "${commonName}", the server is ${hostname}`,
      clause: '2.0.1 A00.FR.510',
    })
  },
)
