"""A charge point on the Python package `ocpp`, to try a management system with.

usage: charge_point.py ocpp1.6|ocpp2.0.1|ocpp2.1 ws://host:port/ID
Boots, charges once, waits for the management system to trigger a heartbeat, leaves. Prints one JSON
object a line: each answer as {"action", "answer"}, each request of the other side as {"served"}.
"""

import asyncio
import json
import logging
import sys
from dataclasses import asdict
from datetime import datetime, timezone

import websockets
from ocpp.routing import after, on
from ocpp.v16 import ChargePoint as ChargePoint16
from ocpp.v16 import call as call16
from ocpp.v16 import call_result as result16
from ocpp.v201 import ChargePoint as ChargePoint201
from ocpp.v21 import ChargePoint as ChargePoint21

logging.disable(logging.CRITICAL)


def tell(**what):
    print(json.dumps(what), flush=True)


def now():
    return datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")


class Triggered:
    """What both generations share: the heartbeat that the management system asks for."""

    def prepare(self):
        self.triggered = asyncio.Event()

    async def say(self, request):
        answer = await self.call(request, suppress=False)
        tell(action=type(request).__name__, answer=asdict(answer))
        return answer


class Station16(Triggered, ChargePoint16):
    @on("TriggerMessage")
    def trigger(self, requested_message, **_):
        tell(served="TriggerMessage", requested=requested_message)
        return result16.TriggerMessage(status="Accepted")

    @after("TriggerMessage")
    async def heartbeat(self, **_):
        await self.say(call16.Heartbeat())
        self.triggered.set()

    async def session(self):
        await self.say(call16.BootNotification(charge_point_model="P1", charge_point_vendor="Py"))
        await self.say(
            call16.StatusNotification(connector_id=1, error_code="NoError", status="Available")
        )
        await self.say(call16.Authorize(id_tag="PYTHON"))
        started = await self.say(
            call16.StartTransaction(
                connector_id=1, id_tag="PYTHON", meter_start=1000, timestamp=now()
            )
        )
        await self.say(
            call16.MeterValues(
                connector_id=1,
                transaction_id=started.transaction_id,
                meter_value=[{"timestamp": now(), "sampledValue": [{"value": "1500"}]}],
            )
        )
        await self.say(
            call16.StopTransaction(
                meter_stop=2234, timestamp=now(), transaction_id=started.transaction_id
            )
        )


class Station2x(Triggered):
    """What 2.0.1 and 2.1 do alike. `_call` and `_call_result` are the package's own for a version."""

    @on("TriggerMessage")
    def trigger(self, requested_message, **_):
        tell(served="TriggerMessage", requested=requested_message)
        return self._call_result.TriggerMessage(status="Accepted")

    @after("TriggerMessage")
    async def heartbeat(self, **_):
        await self.say(self._call.Heartbeat())
        self.triggered.set()

    async def event(self, kind, reason, seq_no, register):
        await self.say(
            self._call.TransactionEvent(
                event_type=kind,
                timestamp=now(),
                trigger_reason=reason,
                seq_no=seq_no,
                transaction_info={"transactionId": "python-tx-1"},
                evse={"id": 1, "connectorId": 1},
                id_token={"idToken": "PYTHON", "type": "ISO14443"} if seq_no == 0 else None,
                meter_value=[{"timestamp": now(), "sampledValue": [{"value": register}]}],
            )
        )

    async def session(self):
        await self.say(
            self._call.BootNotification(
                charging_station={"model": "P1", "vendorName": "Py"}, reason="PowerUp"
            )
        )
        await self.say(
            self._call.StatusNotification(
                timestamp=now(), connector_status="Available", evse_id=1, connector_id=1
            )
        )
        await self.say(self._call.Authorize(id_token={"idToken": "PYTHON", "type": "ISO14443"}))
        await self.event("Started", "Authorized", 0, 1000)
        await self.event("Updated", "MeterValuePeriodic", 1, 1500)
        await self.event("Ended", "StopAuthorized", 2, 2234)


class Station201(Station2x, ChargePoint201):
    pass


class Station21(Station2x, ChargePoint21):
    pass


STATIONS = {"ocpp1.6": Station16, "ocpp2.0.1": Station201, "ocpp2.1": Station21}


async def main(version, url):
    async with websockets.connect(url, subprotocols=[version]) as socket:
        station = STATIONS[version](url.rsplit("/", 1)[-1], socket)
        station.prepare()
        listening = asyncio.ensure_future(station.start())
        await station.session()
        await asyncio.wait_for(station.triggered.wait(), 15)
        listening.cancel()


asyncio.run(main(sys.argv[1], sys.argv[2]))
