/** What a CSMS has to know before it can be judged; every value may be used in a case by its name. */
export interface Fixtures {
  /** Accepted. */
  readonly token: string
  /** Accepted, and of the group of `token`. */
  readonly token2: string
  /** parentIdTag, groupIdToken. */
  readonly group: string
  /** Accepted; may stop what anybody began. */
  readonly masterToken: string
  readonly masterGroup: string
  readonly blockedToken: string
  readonly expiredToken: string
  /** Nobody knows it. */
  readonly invalidToken: string
  /** IdTokenEnumType of all of them in 2.x. */
  readonly tokenType: string
  /** Basic auth of the stations; undefined: they have none. */
  readonly password?: string
  /**
   * A station that must introduce itself with `securePassword`; cases change the password, and put it
   * back.
   */
  readonly secureStation?: string
  readonly securePassword?: string
  /** What it is changed to. */
  readonly nextPassword?: string
  /** As `secureStation`; goes up to a higher security profile, and never comes down again. */
  readonly upgradeStation?: string
  readonly upgradePassword?: string
  /** Where it listens without TLS: the target, where that is `ws://…`. */
  readonly plainUrl?: string
  /** Where it listens with TLS, `wss://…`; default the target, where that is such a place. */
  readonly tlsUrl?: string
  /** PEM of the root that its certificate comes from. */
  readonly tlsCa?: string
  /** Client certificate of `secureStation` with its chain, PEM, and its key. */
  readonly clientCert?: string
  readonly clientKey?: string
  /** The same name from an authority that the CSMS does not trust. */
  readonly strangerCert?: string
  readonly strangerKey?: string
  /** From the right authority, and of the past. */
  readonly expiredCert?: string
  readonly expiredKey?: string
  /** O of client certificates: whose stations they are. */
  readonly organization?: string
  /** PEM of roots that stations are to trust. */
  readonly centralRoot?: string
  readonly manufacturerRoot?: string
  /** PEM of the root of what vehicles are shown. */
  readonly v2gRoot?: string
  /** A contract, which is a token of type eMAID; accepted. */
  readonly emaid?: string
  /** Another one that the same vehicle has (2.1). */
  readonly emaid2?: string
  /** Its certificate, PEM, with its chain up to the root, without that; and one that was revoked. */
  readonly contractChain?: string
  readonly revokedChain?: string
  /** What a vehicle asks for that contract with: CertificateInstallationReq or -Update, EXI in base64. */
  readonly exiRequest?: string
  /** 2.1: accepted, and their transactions are limited in energy and in time. */
  readonly energyToken?: string
  readonly timeToken?: string
  /** 2.1: with credit, to which their transactions are limited, and without any. */
  readonly prepaidToken?: string
  readonly noCreditToken?: string
  /** 2.1: accepted, and its driver has prices of his own. */
  readonly tariffToken?: string
  /** 2.1: where the payment page is, for drivers who are led there by a code; its host is what counts. */
  readonly paymentUrl?: string
  /** 2.1: of a company that the CSMS knows. */
  readonly vatNumber?: string
  /** PEM of who signed what is at `firmwareUrl`, and the signature, base64. */
  readonly firmwareCertificate?: string
  readonly firmwareSignature?: string
  /** 2.x: a station of this model is not accepted yet when it boots, it is Pending. */
  readonly pendingModel?: string
  /** Identities that the CSMS knows: with a pipe, with a space, and of 48 characters. */
  readonly pipeStation?: string
  readonly spaceStation?: string
  readonly longStation?: string
  /** An identity that the CSMS does not know, where it lets only known ones in. */
  readonly unknownStation?: string
  readonly connectors: number
  /** When the CSMS gives a CALL up that nobody answers, real milliseconds. */
  readonly callTimeoutMs: number
  /** Where stations fetch firmware, and bring logs to. */
  readonly firmwareUrl: string
  readonly uploadUrl: string
  /** 2.1: where logs are brought to with the name and the password that stand in it: http, and https. */
  readonly guardedUploadUrl?: string
  readonly guardedUploadTlsUrl?: string
}

export const defaultFixtures: Fixtures = {
  token: 'CSMS_CONF_TOKEN1',
  token2: 'CSMS_CONF_TOKEN2',
  group: 'CSMS_CONF_GROUP',
  masterToken: 'CSMS_CONF_MASTER',
  masterGroup: 'CSMS_CONF_MGROUP',
  blockedToken: 'CSMS_CONF_BLOCKED',
  expiredToken: 'CSMS_CONF_EXPIRED',
  invalidToken: 'CSMS_CONF_NOBODY',
  tokenType: 'Central',
  connectors: 2,
  callTimeoutMs: 30_000,
  firmwareUrl: 'http://127.0.0.1/firmware.bin',
  uploadUrl: 'http://127.0.0.1/uploads/',
}
