import type { AuthorizationStatus } from '../../ocpp/authorization-status.ts'

/** Where a transaction ends its energy [2.1 TransactionLimitType]. */
export interface TransactionLimit {
  /** In the currency of the station. */
  readonly maxCost?: number
  /** Wh. */
  readonly maxEnergy?: number
  /** Seconds. */
  readonly maxTime?: number
  /** Percent. */
  readonly maxSoC?: number
}

/** What 2.x stations are told of a token besides its status [2.0.1 IdTokenInfoType]. */
export interface TokenDetails {
  /** RFC 5646: what its driver reads, and what he reads instead. */
  readonly language1?: string
  readonly language2?: string
  /** Shown to the driver, plain text. */
  readonly personalMessage?: string
  /** The only EVSEs where it may charge, whatever the station. */
  readonly evseId?: readonly number[]
}

/** An idToken (1.6: idTag) that the management system knows. */
export interface Token extends TokenDetails {
  /** Compared without regard to case [1.6 CiString20Type] [2.0.1 identifierString]. */
  readonly idToken: string
  /** 2.x: IdTokenEnumType. A token without type answers to every type. */
  readonly type?: string
  readonly status: AuthorizationStatus
  /** RFC 3339; from then on the token is Expired. */
  readonly expiry?: string
  /** 1.6: parentIdTag. Tokens of one group may stop each other's transactions. */
  readonly groupId?: string
  /** False: the token may be in one transaction at a time. Default: any number. */
  readonly concurrent?: boolean
  /** 2.1: of each of its transactions [2.1 E16]. */
  readonly limit?: TransactionLimit
  /** Prepaid: what is left, in the currency of its tariff. At 0 it has NoCredit [2.1 C17]. */
  readonly balance?: number
  /** Its own prices; absent: the default ones. */
  readonly tariffId?: string
  /** 2.x: what has to be presented with it, a PIN perhaps [2.0.1 AdditionalInfoType]. */
  readonly additionalInfo?: readonly AdditionalInfo[]
}

/** A second identifier; its type is what stations and management system agreed on. */
export interface AdditionalInfo {
  readonly additionalIdToken: string
  readonly type: string
}

/** Everything that has to be presented with it was, whatever its case. */
export function isComplete(
  { additionalInfo: wanted = [] }: Token,
  presented: readonly AdditionalInfo[] = [],
): boolean {
  const keyOf = ({ type, additionalIdToken }: AdditionalInfo) =>
    `${type} ${additionalIdToken}`.toLowerCase()
  const keys = new Set(presented.map(keyOf))
  return wanted.every((one) => keys.has(keyOf(one)))
}

/** What a transaction did to its token, for the other processes, which know it, too. */
export type TokenNews =
  | { readonly kind: 'debited'; readonly idToken: string; readonly amount: number }
  /** It paid for one transaction, and is not known any more. */
  | { readonly kind: 'spent'; readonly idToken: string }

/** What is left of a prepaid token; undefined: it is none. */
export function debited(token: Token, amount: number): Token | undefined {
  if (token.balance === undefined) return undefined
  return { ...token, balance: Math.round((token.balance - amount) * 10_000) / 10_000 }
}
