package main

import (
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/smartcharging"
	"github.com/lorenzodonini/ocpp-go/ocpp2.0.1/types"
)

// Limits is its smart charging.
type Limits struct {
	*Charging
}

func (limits *Limits) OnSetChargingProfile(
	request *smartcharging.SetChargingProfileRequest,
) (*smartcharging.SetChargingProfileResponse, error) {
	limits.lock.Lock()
	defer limits.lock.Unlock()
	profile := *request.ChargingProfile
	isOfTransaction := profile.ChargingProfilePurpose == types.ChargingProfilePurposeTxProfile
	if isOfTransaction && (limits.transaction == "" || profile.TransactionID != limits.transaction) {
		answer := smartcharging.NewSetChargingProfileResponse(smartcharging.ChargingProfileStatusRejected)
		answer.StatusInfo = types.NewStatusInfo("TxNotFound", "")
		return answer, nil
	}
	limits.remove(&profile.ID)
	limits.profiles = append(limits.profiles, Profile{request.EvseID, profile})
	afterwards(limits.meter)
	return smartcharging.NewSetChargingProfileResponse(
		smartcharging.ChargingProfileStatusAccepted), nil
}

// remove says whether there was one of that id, or any where none is named.
func (limits *Limits) remove(id *int) bool {
	left := []Profile{}
	for _, held := range limits.profiles {
		if id != nil && held.profile.ID != *id {
			left = append(left, held)
		}
	}
	removed := len(left) < len(limits.profiles)
	limits.profiles = left
	return removed
}

func (limits *Limits) OnClearChargingProfile(
	request *smartcharging.ClearChargingProfileRequest,
) (*smartcharging.ClearChargingProfileResponse, error) {
	limits.lock.Lock()
	defer limits.lock.Unlock()
	status := smartcharging.ClearChargingProfileStatusUnknown
	if limits.remove(request.ChargingProfileID) {
		status = smartcharging.ClearChargingProfileStatusAccepted
		afterwards(limits.meter)
	}
	return smartcharging.NewClearChargingProfileResponse(status), nil
}

func (limits *Limits) OnGetCompositeSchedule(
	request *smartcharging.GetCompositeScheduleRequest,
) (*smartcharging.GetCompositeScheduleResponse, error) {
	limits.lock.Lock()
	defer limits.lock.Unlock()
	schedule := types.NewChargingSchedule(1, request.ChargingRateUnit, limits.schedule()...)
	answer := smartcharging.NewGetCompositeScheduleResponse(
		smartcharging.GetCompositeScheduleStatusAccepted, request.EvseID)
	answer.Schedule = &smartcharging.CompositeSchedule{
		StartDateTime: types.Now(), ChargingSchedule: schedule,
	}
	return answer, nil
}

func (limits *Limits) OnGetChargingProfiles(
	request *smartcharging.GetChargingProfilesRequest,
) (*smartcharging.GetChargingProfilesResponse, error) {
	limits.lock.Lock()
	defer limits.lock.Unlock()
	if len(limits.profiles) == 0 {
		return smartcharging.NewGetChargingProfilesResponse(
			smartcharging.GetChargingProfileStatusNoProfiles), nil
	}
	told := append([]Profile{}, limits.profiles...)
	afterwards(func() error { return limits.report(request.RequestID, told) })
	return smartcharging.NewGetChargingProfilesResponse(
		smartcharging.GetChargingProfileStatusAccepted), nil
}

func (limits *Limits) report(requestID int, told []Profile) error {
	for i, held := range told {
		_, err := limits.ocpp.ReportChargingProfiles(
			requestID, types.ChargingLimitSourceCSO, held.evseID,
			[]types.ChargingProfile{held.profile},
			func(request *smartcharging.ReportChargingProfilesRequest) {
				request.Tbc = i+1 < len(told)
			})
		if err != nil {
			return err
		}
	}
	return nil
}
