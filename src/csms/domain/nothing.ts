/** The empty payload, made once. */
export const nothing: Readonly<Record<string, never>> = Object.freeze({})
