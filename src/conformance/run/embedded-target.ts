import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CsmsOptions } from '../../csms/options.ts'
import { ScriptDirector } from '../../csms/script/director.ts'
import type { ServeScript } from '../../csms/script/plan.ts'
import { type Csms, startCsms } from '../../csms/start-csms.ts'
import { TemporaryFolder } from '../../platform/temporary-folder.ts'
import { EmbeddedHook } from '../hooks/embedded-hook.ts'
import type { Hook } from '../hooks/hook.ts'
import { defaultFixtures, type Fixtures } from './fixtures.ts'
import { knownTokens } from './known-tokens.ts'
import { type Lab, makeLab } from './lab-fixtures.ts'
import { fixturesOf, type Target } from './target.ts'

/** The management system of this process as a target: it knows every fixture and does what hooks order. */
export class EmbeddedTarget implements AsyncDisposable {
  readonly target: Target
  readonly fixtures: Fixtures
  readonly hooks: readonly Hook[]
  readonly #csms: Csms
  readonly #folder: TemporaryFolder

  private constructor(csms: Csms, folder: TemporaryFolder, lab: Lab) {
    this.#csms = csms
    this.#folder = folder
    this.target = { url: csms.url, headers: {} }
    const files = `http://127.0.0.1:${csms.port}/files`
    this.fixtures = fixturesOf(this.target, {
      ...defaultFixtures,
      ...secrets,
      ...lab.fixtures,
      ...ofTokens,
      emaid2,
      vatNumber,
      paymentUrl: `http://127.0.0.1:${csms.port}`,
      pendingModel,
      ...(csms.secureUrl !== undefined && { tlsUrl: csms.secureUrl }),
      callTimeoutMs,
      pipeStation: 'CSMS|CONF|PIPE',
      spaceStation: 'CSMS CONF SPACE',
      longStation: 'CSMS_CONF_LONG'.padEnd(48, '0'),
      firmwareUrl: `${files}/${firmware}`,
      uploadUrl: `${files}/uploads/`,
      guardedUploadUrl: guarded(`${files}/uploads/`),
      ...(csms.secureUrl !== undefined && {
        guardedUploadTlsUrl: guarded(`${csms.secureUrl.replace('wss:', 'https:')}/files/uploads/`),
      }),
    })
    this.hooks = [new EmbeddedHook(csms)]
  }

  /** @param options beside what cases need */
  static async start(options: CsmsOptions = {}): Promise<EmbeddedTarget> {
    const folder = await TemporaryFolder.make('csms-conformance')
    try {
      const { csms, lab } = await startIn(folder.path, options)
      return new EmbeddedTarget(csms, folder, lab)
    } catch (error) {
      await folder[Symbol.asyncDispose]()
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#csms.close({ timeoutMs: 100 })
    await this.#folder[Symbol.asyncDispose]()
  }
}

async function startIn(folder: string, options: CsmsOptions) {
  const files = join(folder, 'files')
  const image = join(files, firmware)
  await mkdir(files)
  await writeFile(image, Buffer.alloc(4096, 7))
  const tariffsFile = join(folder, 'tariffs.json')
  await writeFile(tariffsFile, JSON.stringify(tariffs))
  const paymentsFile = join(folder, 'payments.json')
  await writeFile(paymentsFile, JSON.stringify(payments))
  const stationId = secrets.secureStation
  const lab = await makeLab(join(folder, 'pki'), { stationId, firmware: image, emaid })
  const csms = await startCsms({
    port: 0,
    filesDir: files,
    uploadLogin,
    tokens,
    stations,
    callTimeoutMs,
    tariffsFile,
    paymentsFile,
    caDir: lab.caDir,
    security: { tls: lab.tls, tlsPort: 0 },
    script: new ScriptDirector(pendingFirst),
    ...options,
  })
  return { csms, lab }
}

const firmware = 'probe-2.0.0.bin'

const uploadLogin = { user: 'station', password: 'conformance-uploads' } as const

function guarded(place: string): string {
  return place.replace('://', `://${uploadLogin.user}:${uploadLogin.password}@`)
}
/** Short, for the cases that wait until the CSMS gives up. */
const callTimeoutMs = 3000

const pendingModel = 'probe-pending'

/** Has no end: it only answers BootNotifications of one model. */
const pendingFirst: ServeScript = {
  name: 'pending-first',
  description: '',
  file: '',
  vars: [],
  parts: [
    {
      stations: ['*'],
      protocol: undefined,
      answers: {
        BootNotification: [
          {
            what: { kind: 'change', payload: { status: 'Pending', interval: 1 } },
            when: { matches: { chargingStation: { model: pendingModel } } },
            afterMs: 0,
            times: undefined,
          },
        ],
      },
      script: undefined,
    },
  ],
  until: { stations: undefined, withinMs: undefined, idleMs: 0 },
  tolerate: [],
}

const emaid = 'DECSMCCONF00001'
const emaid2 = 'DECSMCCONF00002'

const secrets = {
  secureStation: 'CSMS_CONF_SECURE',
  securePassword: '0123456789abcdef0123456789abcdef01234567',
  nextPassword: '76543210fedcba9876543210fedcba9876543210',
  upgradeStation: 'CSMS_CONF_UPGRADE',
  upgradePassword: 'fedcba9876543210fedcba9876543210fedcba98',
} as const satisfies Partial<Fixtures>

const stations: CsmsOptions['stations'] = [
  { id: secrets.secureStation, password: secrets.securePassword },
  { id: secrets.upgradeStation, password: secrets.upgradePassword },
]

const vatNumber = 'XI123456789'

/** For everybody: cases of cost want to be told some [2.0.1 I02, I03]. */
const tariffs = {
  tariffs: [
    { tariffId: 'CSMS_CONF', currency: 'EUR', energy: { prices: [{ priceKwh: 0.3 }] } },
    { tariffId: 'CSMS_CONF_OWN', currency: 'EUR', energy: { prices: [{ priceKwh: 0.2 }] } },
  ],
  default: 'CSMS_CONF',
  receipts: 'https://receipts.example/conformance',
  companies: [
    {
      vatNumber,
      name: 'csms conformance',
      address1: '1 Example Street',
      city: 'Exampletown',
      country: 'GB',
    },
  ],
}

/** Where codes of stations lead: cases go by the path alone, to the address that is really there. */
const payments = {
  url: 'https://pay.example',
  secret: 'payments of csms conformance',
  timeout: 30,
}

/** Of 2.1. */
const ofTokens = {
  energyToken: 'CSMS_CONF_ENERGY',
  timeToken: 'CSMS_CONF_TIME',
  prepaidToken: 'CSMS_CONF_PREPAID',
  noCreditToken: 'CSMS_CONF_NOCREDIT',
  tariffToken: 'CSMS_CONF_TARIFF',
} as const satisfies Partial<Fixtures>

const tokens: CsmsOptions['tokens'] = [
  ...knownTokens(defaultFixtures).map(({ id: idToken, status, group, expiry }) => ({
    idToken,
    status,
    ...(group !== undefined && { groupId: group }),
    ...(expiry !== undefined && { expiry }),
  })),
  { idToken: emaid, type: 'eMAID', status: 'Accepted' },
  { idToken: emaid2, type: 'eMAID', status: 'Accepted' },
  { idToken: ofTokens.energyToken, status: 'Accepted', limit: { maxEnergy: 5000 } },
  { idToken: ofTokens.timeToken, status: 'Accepted', limit: { maxTime: 3600 } },
  { idToken: ofTokens.prepaidToken, status: 'Accepted', balance: 1000 },
  { idToken: ofTokens.noCreditToken, status: 'Accepted', balance: 0 },
  { idToken: ofTokens.tariffToken, status: 'Accepted', tariffId: 'CSMS_CONF_OWN' },
]
