"""An OCPP central system on the Python package `ocpp`, to try stations against.

usage: central_system.py ocpp1.6|ocpp2.0.1
Prints one JSON object a line: first {"port": n}, then each request as {"action", "payload"}. Sends
what it reads from standard input, one {"order": n, "call": action, "payload": {...}} a line, to the
station that connected last, and prints {"order": n, "answer": {...}}, or "error" in its place.
"""

import asyncio
import json
import logging
import sys
from dataclasses import asdict
from datetime import datetime, timezone

import websockets
from ocpp.charge_point import camel_to_snake_case, remove_nones, snake_to_camel_case
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
    tell(action=action, payload=snake_to_camel_case(payload))


class Station16(ChargePoint16):
    calls = call16
    transactions = 0

    @on("BootNotification")
    def boot(self, **payload):
        heard("BootNotification", payload)
        return result16.BootNotification(current_time=now(), interval=300, status="Accepted")

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

    @on("FirmwareStatusNotification")
    def firmware_status(self, **payload):
        heard("FirmwareStatusNotification", payload)
        return result16.FirmwareStatusNotification()

    @on("DiagnosticsStatusNotification")
    def diagnostics_status(self, **payload):
        heard("DiagnosticsStatusNotification", payload)
        return result16.DiagnosticsStatusNotification()


class Station201(ChargePoint201):
    calls = call201

    @on("BootNotification")
    def boot(self, **payload):
        heard("BootNotification", payload)
        return result201.BootNotification(current_time=now(), interval=300, status="Accepted")

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


class CentralSystem:
    def __init__(self, version):
        self.station_class = Station16 if version == "ocpp1.6" else Station201
        self.station = None
        self.orders = set()

    async def serve(self, socket):
        identity = socket.request.path.rsplit("/", 1)[-1]
        self.station = self.station_class(identity, socket)
        try:
            await self.station.start()
        except websockets.ConnectionClosed:
            pass

    async def carry_out(self, order):
        try:
            request = getattr(self.station.calls, order["call"])
            answer = await self.station.call(
                request(**camel_to_snake_case(order["payload"])), suppress=False
            )
            payload = snake_to_camel_case(remove_nones(asdict(answer)))
            tell(order=order["order"], answer=payload)
        except Exception as error:
            tell(order=order["order"], error=repr(error))

    async def obey(self):
        """Ends when standard input does: that is how the test ends this process."""
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            order = asyncio.ensure_future(self.carry_out(json.loads(line)))
            self.orders.add(order)
            order.add_done_callback(self.orders.discard)


async def main(version):
    system = CentralSystem(version)
    async with websockets.serve(system.serve, "127.0.0.1", 0, subprotocols=[version]) as server:
        tell(port=server.sockets[0].getsockname()[1])
        await system.obey()


asyncio.run(main(sys.argv[1]))
