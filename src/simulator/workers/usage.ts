/** How much of a core this process used, from one look to the next. */
export class CpuUsage {
  #cpuMicros = cpuMicros()
  #atMicros: number

  constructor(nowMicros: number) {
    this.#atMicros = nowMicros
  }

  /** When the interval began that the next look ends. */
  get sinceMicros(): number {
    return this.#atMicros
  }

  /** CPU time over wall time since the last look: 1 is one core fully used. */
  share(nowMicros: number): number {
    const used = cpuMicros()
    const elapsed = Math.max(1, nowMicros - this.#atMicros)
    const share = (used - this.#cpuMicros) / elapsed
    this.#cpuMicros = used
    this.#atMicros = nowMicros
    return share
  }
}

function cpuMicros(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}
