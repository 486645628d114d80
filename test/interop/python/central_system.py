"""An OCPP central system on the Python package `ocpp`, to try stations against.

usage: central_system.py ocpp1.6|ocpp2.0.1
Prints one JSON object a line: first {"port": n}, then each request as {"action", "payload"}, and
what came back for the one remote stop or trigger that it sends itself as {"sent", "answer"}.
"""

import asyncio
import json
import logging
import sys
from datetime import datetime, timezone

import websockets
from ocpp.routing import on
from ocpp.v16 import ChargePoint as ChargePoint16
from ocpp.v16 import call as call16
from ocpp.v16 import call_result as result16
from ocpp.v201 import ChargePoint as ChargePoint201
from ocpp.v201 import call as call201
from ocpp.v201 import call_result as result201

logging.disable(logging.CRITICAL)


def tell(**what):
    print(json.dumps(what), flush=True)


def now():
    return datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")


def heard(action, payload):
    tell(action=action, payload=payload)


class Station16(ChargePoint16):
    transactions = 0

    @on("BootNotification")
    def boot(self, **payload):
        heard("BootNotification", payload)
        asyncio.get_running_loop().call_later(0.05, lambda: asyncio.ensure_future(self.trigger()))
        return result16.BootNotification(current_time=now(), interval=300, status="Accepted")

    async def trigger(self):
        answer = await self.call(call16.TriggerMessage(requested_message="Heartbeat"))
        tell(sent="TriggerMessage", answer=answer.status)

    @on("Heartbeat")
    def heartbeat(self, **payload):
        heard("Heartbeat", payload)
        return result16.Heartbeat(current_time=now())

    @on("StatusNotification")
    def status(self, **payload):
        heard("StatusNotification", payload)
        return result16.StatusNotification()

    @on("Authorize")
    def authorize(self, **payload):
        heard("Authorize", payload)
        return result16.Authorize(id_tag_info={"status": "Accepted"})

    @on("StartTransaction")
    def start_transaction(self, **payload):
        Station16.transactions += 1
        heard("StartTransaction", payload)
        return result16.StartTransaction(
            transaction_id=Station16.transactions, id_tag_info={"status": "Accepted"}
        )

    @on("MeterValues")
    def meter_values(self, **payload):
        heard("MeterValues", payload)
        return result16.MeterValues()

    @on("StopTransaction")
    def stop_transaction(self, **payload):
        heard("StopTransaction", payload)
        return result16.StopTransaction(id_tag_info={"status": "Accepted"})


class Station201(ChargePoint201):
    @on("BootNotification")
    def boot(self, **payload):
        heard("BootNotification", payload)
        asyncio.get_running_loop().call_later(0.05, lambda: asyncio.ensure_future(self.trigger()))
        return result201.BootNotification(current_time=now(), interval=300, status="Accepted")

    async def trigger(self):
        answer = await self.call(call201.TriggerMessage(requested_message="Heartbeat"))
        tell(sent="TriggerMessage", answer=answer.status)

    @on("Heartbeat")
    def heartbeat(self, **payload):
        heard("Heartbeat", payload)
        return result201.Heartbeat(current_time=now())

    @on("StatusNotification")
    def status(self, **payload):
        heard("StatusNotification", payload)
        return result201.StatusNotification()

    @on("Authorize")
    def authorize(self, **payload):
        heard("Authorize", payload)
        return result201.Authorize(id_token_info={"status": "Accepted"})

    @on("TransactionEvent")
    def transaction_event(self, **payload):
        heard("TransactionEvent", payload)
        if "id_token" in payload:
            return result201.TransactionEvent(id_token_info={"status": "Accepted"})
        return result201.TransactionEvent()

    @on("MeterValues")
    def meter_values(self, **payload):
        heard("MeterValues", payload)
        return result201.MeterValues()


async def main(version):
    station_class = Station16 if version == "ocpp1.6" else Station201

    async def serve(socket):
        identity = socket.request.path.rsplit("/", 1)[-1]
        try:
            await station_class(identity, socket).start()
        except websockets.ConnectionClosed:
            pass

    async with websockets.serve(serve, "127.0.0.1", 0, subprotocols=[version]) as server:
        tell(port=server.sockets[0].getsockname()[1])
        # The test ends this process by closing its standard input.
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main(sys.argv[1]))
