/** As long as 2.0.1 has it [2.0.1 StatusInfoType]. */
const longestInfo = 512

/**
 * An answer that refuses, and why.
 * @param reasonCode of the specification [2.1 Part 2 appendix 5]
 */
export function rejected(reasonCode: string, additionalInfo: string) {
  return { status: 'Rejected' as const, ...because(additionalInfo, reasonCode) }
}

/**
 * What a message says of why its status is what it is.
 * @param reasonCode of the specification; default: it has none for this
 */
export function because(additionalInfo: string, reasonCode = 'Unspecified') {
  return { statusInfo: { reasonCode, additionalInfo: additionalInfo.slice(0, longestInfo) } }
}
