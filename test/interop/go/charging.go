package main

import (
	"math"
	"time"

	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/availability"
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/remotecontrol"
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/transactions"
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/types"
)

const mostWatts = 11000.0

// Profile is a charging profile, and where it is.
type Profile struct {
	evseID  int
	profile types.ChargingProfile
}

// Charging is its one EVSE.
type Charging struct {
	*Station
	profiles    []Profile
	transaction string
	seqNo       int
	watts       float64
	registerWh  float64
}

// schedule is the one that holds: a TxProfile goes before a TxDefaultProfile.
func (charging *Charging) schedule() []types.ChargingSchedulePeriod {
	for _, purpose := range []types.ChargingProfilePurposeType{
		types.ChargingProfilePurposeTxProfile, types.ChargingProfilePurposeTxDefaultProfile,
	} {
		for _, held := range charging.profiles {
			if held.profile.ChargingProfilePurpose == purpose {
				return held.profile.ChargingSchedule[0].ChargingSchedulePeriod
			}
		}
	}
	return []types.ChargingSchedulePeriod{types.NewChargingSchedulePeriod(0, mostWatts)}
}

// event takes the sample and the seqNo, and returns what sends it: not under the lock.
func (charging *Charging) event(
	kind transactions.TransactionEvent,
	trigger transactions.TriggerReason,
	info transactions.Transaction,
	token *types.IdToken,
) func() error {
	now := types.NewDateTime(time.Now().UTC())
	seqNo, connectorID := charging.seqNo, 1
	charging.seqNo++
	info.TransactionID = charging.transaction
	values := types.MeterValue{Timestamp: *now, SampledValue: []types.SampledValue{
		{Value: charging.watts, Measurand: types.MeasurandPowerActiveImport},
		{Value: charging.registerWh, Measurand: types.MeasurandEnergyActiveImportRegister},
	}}
	return func() error {
		_, err := charging.ocpp.TransactionEvent(kind, now, trigger, seqNo, info,
			func(request *transactions.TransactionEventRequest) {
				request.Evse = &types.EVSE{ID: 1, ConnectorID: &connectorID}
				request.MeterValue = []types.MeterValue{values}
				request.IDToken = token
			})
		return err
	}
}

// meter samples whenever the power is another one.
func (charging *Charging) meter() error {
	charging.lock.Lock()
	watts := math.Min(charging.schedule()[0].Limit, mostWatts)
	if charging.transaction == "" || watts == charging.watts {
		charging.lock.Unlock()
		return nil
	}
	charging.watts = watts
	charging.registerWh += watts / 4
	info := transactions.Transaction{ChargingState: transactions.ChargingStateCharging}
	send := charging.event(transactions.TransactionEventUpdated,
		transactions.TriggerReasonChargingRateChanged, info, nil)
	charging.lock.Unlock()
	return send()
}

func (charging *Charging) OnGetTransactionStatus(
	request *transactions.GetTransactionStatusRequest,
) (*transactions.GetTransactionStatusResponse, error) {
	charging.lock.Lock()
	defer charging.lock.Unlock()
	response := transactions.NewGetTransactionStatusResponse(false)
	ongoing := request.TransactionID == charging.transaction
	response.OngoingIndicator = &ongoing
	return response, nil
}

// Remote is who starts and stops from a distance.
type Remote struct {
	remotecontrol.ChargingStationHandler
	*Charging
}

func (remote *Remote) OnRequestStartTransaction(
	request *remotecontrol.RequestStartTransactionRequest,
) (*remotecontrol.RequestStartTransactionResponse, error) {
	remote.lock.Lock()
	defer remote.lock.Unlock()
	status := remotecontrol.RequestStartStopStatusRejected
	if remote.transaction == "" {
		status = remotecontrol.RequestStartStopStatusAccepted
		afterwards(func() error { return remote.start(request.IDToken, request.RemoteStartID) })
	}
	return remotecontrol.NewRequestStartTransactionResponse(status), nil
}

func (remote *Remote) start(token types.IdToken, remoteStartID int) error {
	answer, err := remote.ocpp.Authorize(token.IdToken, token.Type)
	if err != nil || answer.IdTokenInfo.Status != types.AuthorizationStatusAccepted {
		return err
	}
	if err := remote.status(availability.ConnectorStatusOccupied); err != nil {
		return err
	}
	remote.lock.Lock()
	remote.transaction = remote.id + "-1"
	info := transactions.Transaction{RemoteStartID: &remoteStartID}
	send := remote.event(transactions.TransactionEventStarted,
		transactions.TriggerReasonRemoteStart, info, &token)
	remote.lock.Unlock()
	if err := send(); err != nil {
		return err
	}
	return remote.meter()
}

func (remote *Remote) OnRequestStopTransaction(
	request *remotecontrol.RequestStopTransactionRequest,
) (*remotecontrol.RequestStopTransactionResponse, error) {
	remote.lock.Lock()
	defer remote.lock.Unlock()
	status := remotecontrol.RequestStartStopStatusRejected
	if request.TransactionID == remote.transaction {
		status = remotecontrol.RequestStartStopStatusAccepted
		afterwards(remote.stop)
	}
	return remotecontrol.NewRequestStopTransactionResponse(status), nil
}

func (remote *Remote) stop() error {
	remote.lock.Lock()
	remote.watts = 0
	info := transactions.Transaction{StoppedReason: transactions.ReasonRemote}
	send := remote.event(transactions.TransactionEventEnded,
		transactions.TriggerReasonRemoteStop, info, nil)
	remote.transaction = ""
	remote.lock.Unlock()
	return send()
}
