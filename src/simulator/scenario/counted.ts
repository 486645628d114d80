/** `5,000 stations`, `1 fleet` */
export function counted(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `10,200`, at most one decimal. */
export function thousands(value: number): string {
  return Number(value.toPrecision(12)).toLocaleString('en-US', { maximumFractionDigits: 1 })
}
