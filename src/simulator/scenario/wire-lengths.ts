/** [2.0.1 Part 4 3.1.1] */
export const longestIdentity = 48
/** [1.6 7.28] [2.0.1 Part 2 2.28] */
export const longestToken = { 'ocpp1.6': 20, 'ocpp2.0.1': 36, 'ocpp2.1': 36 } as const
export const longestSerial = 25
/** [2.0.1 A00.FR.205] */
export const longestPassword = 40
