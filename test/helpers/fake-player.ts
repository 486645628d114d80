import type {
  DueCommand,
  Played,
  Player,
  PlayOptions,
} from '../../src/simulator/executors/executor.ts'

/** A station with a script for tests of executors: plays until told how it ends. */
export class FakePlayer implements Player {
  readonly index: number
  /** Everything it was told, in order. */
  readonly told: string[] = []
  /** Of every play. */
  readonly options: PlayOptions[] = []
  readonly commands: DueCommand[] = []
  readonly #answers: (() => void)[] = []
  #left: (() => void) | undefined
  #done: ((ended: Played) => void) | undefined

  constructor(index: number) {
    this.index = index
  }

  get playing(): boolean {
    return this.#done !== undefined
  }

  /** Commands that were not answered yet. */
  get open(): number {
    return this.#answers.length
  }

  once(): void {
    this.told.push('once')
  }

  stand(): void {
    this.told.push('stand')
  }

  play(options: PlayOptions, done: (ended: Played) => void): void {
    if (this.#done) throw new Error(`station ${this.index} plays already`)
    this.told.push('play')
    this.options.push(options)
    this.#done = done
  }

  callOff(): void {
    this.told.push('callOff')
    this.end('cancelled')
  }

  hangUp(done: () => void): void {
    this.told.push('hangUp')
    this.#left = done
  }

  /** The connection is closed. */
  left(): void {
    const left = this.#left
    this.#left = undefined
    left?.()
  }

  command(command: DueCommand, done: () => void): void {
    this.commands.push(command)
    this.#answers.push(done)
  }

  /** The script is over. */
  end(ended: Played = 'completed'): void {
    const done = this.#done
    this.#done = undefined
    done?.(ended)
  }

  /** The oldest command is answered. */
  answer(): void {
    this.#answers.shift()?.()
  }
}
