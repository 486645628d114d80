export const profileHelp = 'the lowest security profile that it may use'
export const serialHelp = 'what its client certificate may name in place of the identity'
