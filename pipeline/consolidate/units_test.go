package consolidate_test

import (
	"fmt"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// The window of 2025-07 is 15/6 to 14/7: a unit that ended on 30/6 still owes
// its flows, and no longer its stock.
func TestUnitsThatChange(t *testing.T) {
	const units = `
units: id,kind,valid_from,valid_to
  CU,quận,,2025-06-30
  MOI,phường,2025-07-01,
  NAY,xã,,
indicators: code,nature
  LD,flow
  HV,stock
  CB,cumulative
`
	stories(t, map[string]string{
		"flows on any day, stocks on the last": units + `
period: 2025-07
reports:
  2025-07 CU LD=1 HV=100 CB=10
  2025-07 MOI LD=2 HV=200 CB=20
  2025-07 NAY LD=4 HV=400 CB=40
want:
  LD city month = 7 [3/3]
  HV city month = 600 [2/2]
  CB city month = 60 [2/2]
  HV CU month = not_applicable:not_expected [0/0]
  LD CU month = 1 [1/1]`,
		"a unit that ended stays in the year's flows and in no later stock": units + `
period: 2025-08
reports:
  2025-06 CU LD=1 HV=100 CB=10
  2025-06 NAY LD=2 HV=200 CB=20
  2025-07 MOI LD=4 HV=400 CB=40
  2025-07 NAY LD=8 HV=800 CB=80
  2025-08 MOI LD=16 HV=401 CB=41
  2025-08 NAY LD=32 HV=801 CB=81
want:
  LD city month = 48 [2/2]
  LD city ytd = ~63 [6/7 um] -CU:07 ?01,02,03,04,05
  HV city ytd = 1202 [2/2]
  CB city ytd = 122 [2/2]
  LD CU month = absent
  LD CU ytd = absent`,
		"a group whose units have ended has no row": `
period: 2025-08
units: id,group,valid_to
  CU,Cũ,2025-06-30
  NAY,Nay,
indicators: code
  LD
reports:
  2025-01 CU LD=1
  2025-08 NAY LD=2
want:
  LD Cũ month = absent
  LD Cũ ytd = ~1 [1/7 um] -CU:02,03,04,05,06,07
  LD Nay month = 2 [1/1]`,
		"a unit that has not begun is not missing": units + `
period: 2025-06
reports:
  2025-06 CU LD=1
  2025-06 NAY LD=2
want:
  LD city month = 3 [2/2]
  LD MOI month = absent`,
		"a half across the change equals the stock of its last month": units + `
period: 2025-H2
reports:
  2025-07 CU LD=1
  2025-07 NAY LD=1 HV=800
  2025-12 NAY LD=1 HV=810
  2025-12 MOI LD=1 HV=405
want:
  HV city half = 1215 [2/2]
  LD CU half = 1 [1/1 um]`,
		"renamed inside the window: only the new one is asked for flows": `
period: 2025-07
units: id,valid_from,valid_to
  CU,,2025-06-30
  MOI,2025-07-01,
successions: from,to,date,kind
  CU,MOI,2025-07-01,renamed
indicators: code
  LD
reports:
  2025-06 CU LD=1
  2025-07 MOI LD=2
want:
  LD city month = 2 [1/1]
  LD CU month = not_applicable:not_expected [0/0]
  LD city ytd = ~3 [2/2 um] ?01,02,03,04,05`,
	})
}

// What is asked only of units that have all ended has no gap after them; what
// units are asked that begin later has one before them.
func TestKindsThatEndAndBegin(t *testing.T) {
	const ended = `
units: id,kind,valid_from,valid_to
  CU,quận,,2025-06-14
  MOI,phường,2025-08-15,
indicators: code,asked_of
  LD,quận
  PH,phường
targets: indicator,value,pace,from,to
  LD,10,linear,2025-01,2025-12
  LD,10,linear,2026-01,2026-12
  PH,10,linear,2025-01,2025-12
  PH,10,linear,2026-01,2026-12
`
	stories(t, map[string]string{
		"no month after the end is lacking": ended + `
period: 2025-08
reports:
  2025-01 CU LD=1
  2025-02 CU LD=1
  2025-03 CU LD=1
  2025-04 CU LD=1
  2025-05 CU LD=1
  2025-06 CU LD=5
want:
  LD city ytd = 10 [6/6 um] : on_track`,
		"until the others begin theirs are": ended + `
period: 2025-09
reports:
  2025-01 CU LD=1
  2025-02 CU LD=1
  2025-03 CU LD=1
  2025-04 CU LD=1
  2025-05 CU LD=1
  2025-06 CU LD=5
  2025-09 MOI PH=9
want:
  LD city ytd = 10 [6/6 um] : on_track
  PH city ytd = ~9 [1/1 um] ?01,02,03,04,05,06,07,08 : no_data
  PH MOI ytd = 9 [1/1 um] : unjudged`,
		"a unit that never reported stays missing": ended + `
period: 2025-08
reports:
  2025-01 CU LD=1
  2025-06 CU LD=1
want:
  LD city ytd = ~2 [2/6 um] -CU:02,03,04,05 : behind`,
		"nor is any of the next year": ended + `
period: 2026-02
reports:
  2025-06 CU LD=5
  2026-02 MOI PH=1
want:
  LD city ytd = not_applicable:not_expected [0/0 um] : no_data
  PH city ytd = ~1 [1/2 um] -MOI:01 : behind`,
	})
}

func TestWhoIsAsked(t *testing.T) {
	stories(t, map[string]string{
		"by kind, by group, and the city office for its own": `
units: id,kind,name,group
  TP,thành phố,Cơ quan,
  Q1,quận,Một,Nội
  H1,huyện,Hai,Ngoại
  Q2,quận,Ba,Ngoại
indicators: code,asked_of,formula
  AI,
  QUAN,quận
  NGOAI,Ngoại
  CB,quận|huyện|city
  TL,,100 * NGOAI / CB
reports:
  2025-06 TP AI=1000 QUAN=1000 NGOAI=1000 CB=8
  2025-06 Q1 AI=1 QUAN=1 NGOAI=1000 CB=1
  2025-06 H1 AI=2 QUAN=1000 NGOAI=2 CB=2
  2025-06 Q2 AI=4 QUAN=4 NGOAI=4 CB=4
want:
  AI city month = 7 [3/3]
  QUAN city month = 5 [2/2]
  NGOAI city month = 6 [2/2]
  CB city month = 15 [4/4]
  TL city month = 100 (6/6) [2/2]
  TL Q1 month = not_applicable:not_expected [0/0]
  AI TP month = not_applicable:not_expected [0/0]`,
		"nobody is asked": `
indicators: code,asked_of
  LD,xã
reports:
  2025-06 U1 LD=5
want:
  LD city month = not_applicable:not_expected [0/0]`,
	})
}

func TestCountsOfReceipts(t *testing.T) {
	in := parseStory(t, `
units: id,kind
  Q1,quận
  H1,huyện
  Q2,quận
  Q3,quận
  Q4,quận
indicators: code
  LD
reports:
`).input(t)
	statuses := []submission.Status{
		submission.Accepted, submission.Missing, submission.Unusable, submission.NeedsCorrection, submission.AcceptedWithWarnings,
	}
	for i, u := range in.Catalogue.Units {
		in.Receipts = append(in.Receipts, summary.Receipt{Unit: u, Status: statuses[i], OnTime: i == 0 || i == 3})
	}
	city := consolidate.City(in)
	if got, want := city.Counts, (summary.Counts{Expected: 5, Received: 4, Usable: 3, OnTime: 2}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
	want := fmt.Sprint([]summary.KindCounts{
		{Kind: catalogue.UrbanDistrict, Counts: summary.Counts{Expected: 4, Received: 4, Usable: 3, OnTime: 2}},
		{Kind: catalogue.RuralDistrict, Counts: summary.Counts{Expected: 1}},
	})
	if got := fmt.Sprint(city.CountsByKind); got != want {
		t.Errorf("by kind %s, want %s", got, want)
	}
	if len(city.Expected) != 5 || city.Expected[1].ID != "H1" {
		t.Errorf("expected %v", city.Expected)
	}
}
