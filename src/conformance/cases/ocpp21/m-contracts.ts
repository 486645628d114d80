import type { Scene } from '../../play/scene.ts'
import type { ConformanceCase } from '../case.ts'
import { does } from '../moves.ts'
import { sameCertificate } from '../ocpp201/m-certificates.ts'
import { any, value } from '../values.ts'
import { asked, case21 } from './moves21.ts'
import { booted21, stillThere } from './states21.ts'

/** A vehicle of ISO 15118-20 has room for as many, and wants these first [2.1 M01.FR.03]. */
const request = {
  iso15118SchemaVersion: 'urn:iso:std:iso:15118:-20:CommonMessages',
  action: 'Install',
  exiRequest: value('exiRequest'),
  maximumContractCertificateChains: 10,
  prioritizedEMAIDs: [value('emaid'), value('emaid2')],
} as const

const base64 = /^[A-Za-z0-9+/]{16,}=*$/

/** The same request, again and again, until there are no contracts left; how many, and after each one. */
const contracts = does('the contracts of a vehicle, one with each request', async (scene) => {
  const left: unknown[] = []
  while (left.length < request.maximumContractCertificateChains) {
    const answer = await contractOf(scene)
    if (!answer) return
    left.push(answer['remainingContracts'])
    if (answer['remainingContracts'] === 0) break
  }
  const [first] = left
  const counted = left.every((one, at) => typeof first === 'number' && one === first - at)
  scene.check('remainingContracts', counted && left.length === 2, {
    detail: `${left.map((one) => JSON.stringify(one) ?? 'nothing').join(', ')}; expected 1, 0`,
    clause: '2.1 M01.FR.04, M01.FR.07',
  })
})

/** Undefined where there was none. */
async function contractOf(scene: Scene): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { probe, stage, values } = scene
  const action = 'Get15118EVCertificate'
  const answer = await probe.call(action, values.payload(request), stage.timeoutMs)
  const fields = answer.kind === 'result' ? (answer.payload as Record<string, unknown>) : {}
  const { status, exiResponse } = fields
  const isOne = status === 'Accepted' && typeof exiResponse === 'string' && base64.test(exiResponse)
  scene.check(action, isOne, {
    detail:
      answer.kind === 'result' ? `${JSON.stringify(status)}, ${exiOf(exiResponse)}` : answer.kind,
    clause: '2.1 M01.FR.04',
    frame: 'frame' in answer ? answer.frame : undefined,
  })
  return isOne ? fields : undefined
}

function exiOf(exiResponse: unknown): string {
  return typeof exiResponse === 'string'
    ? `an exiResponse of ${exiResponse.length} characters`
    : 'no exiResponse'
}

/** M. What vehicles of ISO 15118-20 need beside what those of ISO 15118-2 do. */
export const contracts21: readonly ConformanceCase[] = [
  case21({
    id: 'M_100',
    title: 'A vehicle gets all of its contract certificates, one after the other',
    profile: 'ISO 15118',
    feature: 'ISO-1.2',
    needs: ['exiRequest', 'emaid', 'emaid2'],
    moves: [...booted21, contracts, stillThere],
  }),
  case21({
    id: 'M_101',
    title: 'A root of vehicle makers is installed',
    profile: 'ISO 15118',
    feature: 'ISO-1.2',
    needs: ['v2gRoot'],
    moves: [
      ...booted21,
      asked('InstallCertificate', {
        order: { certificateType: 'OEMRootCertificate', certificate: value('v2gRoot') },
        expect: { certificateType: 'OEMRootCertificate', certificate: any },
        save: { installed: '$.certificate' },
        answer: { status: 'Accepted' },
        clause: '2.1 M05.FR.01',
      }),
      sameCertificate('installed', 'v2gRoot', '2.1 M05.FR.01'),
      stillThere,
    ],
  }),
]
