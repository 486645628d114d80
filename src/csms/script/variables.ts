/** Names that templates of a script know without a `save`. */
export const builtinNames: Readonly<Record<string, string>> = {
  id: "the station's identity",
  version: 'the version of OCPP that it speaks, like ocpp1.6',
  now: 'the time of csms, RFC 3339; {now+10min} is later, {now-1h} earlier',
  transactionId: "of the station's last transaction",
  messageId: 'in `answers` and `reply`: of the CALL that is answered',
  request: 'in `answers` and `reply`: the payload of that CALL, as in {request.connectorId}',
}
