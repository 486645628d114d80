// A charging station of OCPP 2.0.1 on the Go package ocpp-go that does what it is told and nothing else;
// the twin of python/obedient_charge_point_2x.py.
//
// usage: station ws://host:port ID
// Boots; tells and changes its device model; charges when it is told to start, at the power that its
// charging profiles leave; fetches firmware and brings its log over HTTP. Prints {"booted": true}, and
// {"fault"} where anything goes wrong. Stays until it is killed.
//
// Its meter makes a quarter of an hour of every sample, so that its register tells which limits held.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"time"

	ocpp2 "github.com/lorenzodonini/ocpp-go/ocpp2.0.1"
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/availability"
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/provisioning"
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/types"
)

// Station is what its blocks share.
type Station struct {
	ocpp     ocpp2.ChargingStation
	id       string
	firmware string
	image    []byte
	// One CALL of the CSMS, or what follows from its answer, at a time; never held while it sends.
	lock sync.Mutex
}

func tell(what map[string]any) {
	line, _ := json.Marshal(what)
	fmt.Println(string(line))
}

// afterwards does what follows from an answer when that is on its way: the package has no hook for it.
func afterwards(do func() error) {
	time.AfterFunc(50*time.Millisecond, func() {
		if err := do(); err != nil {
			tell(map[string]any{"fault": err.Error()})
		}
	})
}

func (station *Station) boot(reason provisioning.BootReason) error {
	_, err := station.ocpp.BootNotification(reason, "P2", "Go",
		func(request *provisioning.BootNotificationRequest) {
			request.ChargingStation.FirmwareVersion = station.firmware
		})
	if err != nil {
		return err
	}
	return station.status(availability.ConnectorStatusAvailable)
}

func (station *Station) status(status availability.ConnectorStatus) error {
	_, err := station.ocpp.StatusNotification(types.Now(), status, 1, 1)
	return err
}

func main() {
	url, id := os.Args[1], os.Args[2]
	station := &Station{ocpp: ocpp2.NewChargingStation(id, nil, nil), id: id, firmware: "1.0.0"}
	charging := &Charging{Station: station, registerWh: 1000}
	station.ocpp.SetProvisioningHandler(&Variables{Station: station, held: deviceModel()})
	station.ocpp.SetSmartChargingHandler(&Limits{Charging: charging})
	station.ocpp.SetRemoteControlHandler(&Remote{Charging: charging})
	station.ocpp.SetTransactionsHandler(charging)
	station.ocpp.SetFirmwareHandler(&Firmware{Station: station})
	station.ocpp.SetDiagnosticsHandler(&Log{Station: station})
	err := station.ocpp.Start(url)
	if err == nil {
		err = station.boot(provisioning.BootReasonPowerUp)
	}
	if err != nil {
		tell(map[string]any{"fault": err.Error()})
		os.Exit(1)
	}
	tell(map[string]any{"booted": true})
	for err := range station.ocpp.Errors() {
		tell(map[string]any{"fault": err.Error()})
	}
}
