"""An OCPP central system on the Python package `ocpp`, to try stations against.

usage: central_system.py ocpp1.6|ocpp2.0.1|ocpp2.1 [seconds that a station may take to answer]
Prints one JSON object a line: first {"port": n}, then each request as {"action", "payload"}. Sends
what it reads from standard input, one {"order": n, "call": action, "payload": {...}} a line, to the
station that it names ("station": id) or else to the one that connected last, and prints
{"order": n, "answer": {...}}, or "error" in its place.
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
from ocpp.v21 import ChargePoint as ChargePoint21
from ocpp.v21 import call as call21
from ocpp.v21 import call_result as result21

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


def token_accepted(payload):
    return {"id_token_info": {"status": "Accepted"}} if "id_token" in payload else {}


def nothing(_):
    return {}


# What OCPP 2.0.1 and 2.1 answer alike, by action.
ANSWERS_2X = {
    "Authorize": token_accepted,
    "BootNotification": lambda _: {"current_time": now(), "interval": 300, "status": "Accepted"},
    "FirmwareStatusNotification": nothing,
    "Heartbeat": lambda _: {"current_time": now()},
    "LogStatusNotification": nothing,
    "MeterValues": nothing,
    "NotifyCustomerInformation": nothing,
    "NotifyDisplayMessages": nothing,
    "NotifyEvent": nothing,
    "NotifyMonitoringReport": nothing,
    "NotifyReport": nothing,
    "ReportChargingProfiles": nothing,
    "ReservationStatusUpdate": nothing,
    "SecurityEventNotification": nothing,
    "StatusNotification": nothing,
    "TransactionEvent": token_accepted,
}


def handler(action, answer, results):
    def serve(self, **payload):
        heard(action, payload)
        return getattr(results, action)(**answer(payload))

    serve.__name__ = action
    return on(action)(serve)


# What 2.1 adds. Whatever is not here the package leaves unanswered in 2.1.
ANSWERS_21 = {**ANSWERS_2X, "ReportDERControl": nothing}


def station_2x(base, calls, results, answers):
    handlers = {action: handler(action, make, results) for action, make in answers.items()}
    return type("Station", (base,), {"calls": calls, **handlers})


STATIONS = {
    "ocpp1.6": Station16,
    "ocpp2.0.1": station_2x(ChargePoint201, call201, result201, ANSWERS_2X),
    "ocpp2.1": station_2x(ChargePoint21, call21, result21, ANSWERS_21),
}


class CentralSystem:
    def __init__(self, version, patience):
        self.station_class = STATIONS[version]
        self.patience = patience
        self.station = None
        self.stations = {}
        self.orders = set()

    async def serve(self, socket):
        identity = socket.request.path.rsplit("/", 1)[-1]
        self.station = self.station_class(identity, socket, response_timeout=self.patience)
        self.stations[identity] = self.station
        try:
            await self.station.start()
        except websockets.ConnectionClosed:
            pass

    async def carry_out(self, order):
        try:
            station = self.stations[order["station"]] if "station" in order else self.station
            request = getattr(station.calls, order["call"])
            answer = await station.call(
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


async def main(version, patience="30"):
    system = CentralSystem(version, float(patience))
    async with websockets.serve(system.serve, "127.0.0.1", 0, subprotocols=[version]) as server:
        tell(port=server.sockets[0].getsockname()[1])
        await system.obey()


asyncio.run(main(*sys.argv[1:]))
