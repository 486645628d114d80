import { Command } from 'commander'
import { withApiOptions } from '../api/api-options.ts'
import type { CliContext } from '../context.ts'
import { durationOption } from '../duration-option.ts'
import { examples } from '../examples.ts'
import type { SendOptions } from '../send-command.ts'

/** `csms send`: presses one button of the operator's API. */
export const send = (ctx: CliContext): Command =>
  withApiOptions(new Command('send'))
    .summary('make a running csms send an OCPP request to a station')
    .description(
      'Asks a running csms to send one OCPP request and prints the station’s answer as JSON. Exit code 0: answered; 3: CALLERROR; 4: offline or no answer in time.',
    )
    .argument('<station>', 'the station’s identity')
    .argument('<action>', 'an action that a CSMS sends in the station’s OCPP version')
    .argument('[payload]', 'JSON object; "-" reads standard input, "@file" a file', '{}')
    .addOption(durationOption('--wait <duration>', 'how long to wait for the answer', 30_000))
    .addHelpText(
      'after',
      examples(
        'csms send CP1 Reset \'{"type": "Soft"}\'',
        'csms send CP1 GetConfiguration',
        'jq .profile plan.json | csms send CP1 SetChargingProfile -',
        'csms send CP1 RequestStartTransaction @start.json --wait 10s',
      ),
    )
    .action(async (station: string, action: string, payload: string, options: SendOptions) => {
      const { sendCommand } = await import('../send-command.ts')
      await sendCommand(ctx, { station, action, payload }, options)
    })
