package consolidate_test

import "testing"

func TestComparisonWithLastYear(t *testing.T) {
	stories(t, map[string]string{
		"both complete": `
units: id
  U1
  U2
indicators: code,type,nature,formula
  LD
  HV,whole,stock
  NU
  TL,percent,,100 * NU / LD
reports:
  2024-06 U1 LD=10 HV=100 NU=5
  2024-06 U2 LD=30 HV=100 NU=25
  2025-06 U1 LD=40 HV=90 NU=30
  2025-06 U2 LD=10 HV=90 NU=10
beside:
  LD city month = all 50/40 25%
  HV city month = all 180/200 -10%
  TL city month = all 80/75 5 points
  LD U2 month = all 10/30 -66.666667%
  LD city ytd = none:no_same_units`,
		"a year is one of the same months": `
units: id
  U1
indicators: code
  LD
reports:
  2024-04 U1 LD=1
  2024-05 U1 LD=2
  2024-06 U1 LD=4
  2024-07 U1 LD=900
  2025-04 U1 LD=3
  2025-05 U1 LD=3
  2025-06 U1 LD=1
beside:
  LD city qtd = all 7/7 0%`,
		"one side lacks a unit: over the others": `
units: id
  U1
  U2
  U3
indicators: code,type,formula
  DX
  VU
  TL,percent,100 * DX / VU
reports:
  2024-06 U1 DX=1 VU=10
  2024-06 U2 DX=2 VU=10
  2025-06 U1 DX=5 VU=10
  2025-06 U2 DX=! VU=10
  2025-06 U3 DX=9 VU=10
beside:
  VU city month = same:2 20/20 0%
  DX city month = same:1 5/1 400%
  TL city month = same:1 50/10 40 points
  DX U2 month = none:incomplete
  DX U3 month = none:incomplete_then`,
		"a rate over the same units comes of their sums, not of their rates": `
units: id
  U1
  U2
  U3
indicators: code,type,formula
  DX
  VU
  TL,percent,100 * DX / VU
reports:
  2024-06 U1 DX=1 VU=1
  2024-06 U2 DX=0 VU=99
  2025-06 U1 DX=1 VU=1
  2025-06 U2 DX=99 VU=99
  2025-06 U3 DX=0 VU=900
beside:
  TL city month = same:2 100/1 99 points`,
		"nobody has both": `
units: id
  U1
  U2
indicators: code
  LD
reports:
  2024-06 U1 LD=1
  2025-06 U2 LD=2
beside:
  LD city month = none:no_same_units`,
		"the first year has nothing to compare with": `
units: id
  U1
indicators: code
  LD
reports:
  2025-05 U1 LD=1
  2025-06 U1 LD=2
beside:
  LD city month = nothing
  LD U1 month = nothing`,
		"a base of 0 or less has no percent": `
units: id
  U1
indicators: code,formula
  A
  B
  RONG,A - B
reports:
  2024-06 U1 A=- B=3
  2025-06 U1 A=5 B=1
beside:
  A city month = all 5/0 5
  RONG city month = all 4/-3 7`,
		"a rate of nothing": `
units: id
  U1
indicators: code,type,formula
  DX
  VU
  TL,percent,100 * DX / VU
reports:
  2024-06 U1 DX=- VU=-
  2025-06 U1 DX=1 VU=2
beside:
  TL city month = none:no_cases`,
		"other units, the same city": `
units: id,group,valid_from,valid_to
  Q1,A,,2025-05-14
  P1,A,2025-05-15,
  P2,B,2025-05-15,
indicators: code
  LD
reports:
  2024-06 Q1 LD=10
  2025-06 P1 LD=5
  2025-06 P2 LD=6
beside:
  LD city month = all 11/10 10%
  LD P1 month = none:unit_changed
  LD A month = none:no_same_units`,
		"a group that lost a unit, over those that stayed": `
units: id,group,valid_from,valid_to
  U1,A,,
  U2,A,,2025-01-10
indicators: code
  LD
reports:
  2024-06 U1 LD=10
  2024-06 U2 LD=90
  2025-06 U1 LD=12
beside:
  LD A month = same:1 12/10 20%
  LD city month = all 12/100 -88%`,
		"a unit that took another in": `
units: id,valid_from,valid_to
  U1,,
  U2,,2024-12-31
  U3,,
successions: from,to,date
  U2,U1,2025-01-01
indicators: code
  LD
reports:
  2024-06 U1 LD=10
  2024-06 U2 LD=10
  2024-06 U3 LD=1
  2025-06 U1 LD=20
beside:
  LD U1 month = none:unit_changed
  LD city month = none:no_same_units`,
		"an indicator that is new, and one asked in other months": `
units: id
  U1
indicators: code,valid_from
  CU,
  MOI,2025-01-01
  GIUA,2024-05-01
reports:
  2024-01 U1 CU=1
  2024-06 U1 CU=1 GIUA=1
  2025-06 U1 CU=1 MOI=1 GIUA=1
beside:
  CU city month = all 1/1 0%
  MOI city month = nothing
  GIUA city month = all 1/1 0%
  GIUA city ytd = none:asked_otherwise`,
		"an opening is a complete year": `
period: 2025
units: id
  U1
indicators: code
  LD
openings: indicator,through,value
  LD,2024-12,600
  LD,2025-11,500
reports:
  2025-12 U1 LD=250
beside:
  LD city year = all 750/600 25%
  LD U1 year = nothing`,
		"an opening of the city is no unit's": `
period: 2025
units: id
  U1
  U2
indicators: code
  LD
openings: indicator,unit,through,value
  LD,,2024-12,600
  LD,U1,2025-11,500
  LD,U2,2025-11,400
reports:
  2025-12 U1 LD=250
beside:
  LD city year = none:no_same_units`,
	})
}

func TestTrend(t *testing.T) {
	stories(t, map[string]string{
		"each month's own figure; before the first nothing": `
units: id,group,valid_from
  U1,A,
  U2,A,2025-05-15
indicators: code,type,nature,formula
  LD
  HV,whole,stock
  TL,percent,,100 * LD / HV
reports:
  2025-03 U1 LD=1 HV=10
  2025-05 U1 LD=2 HV=…
  2025-06 U1 LD=3 HV=10
  2025-06 U2 LD=4 HV=10
trend:
  LD city = 25-03:1 25-04:~blank 25-05:2 25-06:7
  HV city = 25-03:10 25-04:~blank 25-05:~not_available 25-06:20
  TL A = 25-03:10 25-04:~blank 25-05:~not_available 25-06:35
  LD U1 = 25-03:1 25-04:~blank 25-05:2 25-06:3
  LD U2 = absent`,
		"twelve months at most": `
units: id
  U1
indicators: code
  LD
reports:
  2024-05 U1 LD=1
  2024-07 U1 LD=-
  2025-06 U1 LD=3
trend:
  LD city = 24-07:none 24-08:~blank 24-09:~blank 24-10:~blank 24-11:~blank 24-12:~blank 25-01:~blank 25-02:~blank 25-03:~blank 25-04:~blank 25-05:~blank 25-06:3`,
		"a first month has none": `
units: id
  U1
indicators: code
  LD
reports:
  2025-06 U1 LD=3
trend:
  LD city = absent`,
		"of a quarter": `
period: 2025-Q2
units: id
  U1
indicators: code,due
  LD,
  Q,3|6
reports:
  2025-03 U1 LD=1 Q=5
  2025-04 U1 LD=2
  2025-05 U1 LD=3
  2025-06 U1 LD=4 Q=6
trend:
  LD city = 25-03:1 25-04:2 25-05:3 25-06:4
  Q city = 25-03:5 25-04:blank 25-05:blank 25-06:6`,
	})
}

func TestWeightOfTheMissing(t *testing.T) {
	stories(t, map[string]string{
		"of the month before, and of the same span of it": `
units: id,group
  U1,A
  U2,A
  U3,B
indicators: code,nature,formula
  LD
  HV,stock
  HIEU,,LD - HV
reports:
  2025-04 U1 LD=10 HV=1
  2025-04 U2 LD=10 HV=1
  2025-04 U3 LD=60 HV=1
  2025-05 U1 LD=10 HV=1
  2025-05 U2 LD=20 HV=1
  2025-05 U3 LD=70 HV=1
  2025-06 U1 LD=1 HV=1
weight:
  LD city month = 90 2/2
  LD city qtd = 88.888889 2/2
  LD A month = 66.666667 1/1
  LD U2 month = unknown
  HV city month = unknown
  HIEU city month = unknown`,
		"who was missing then too is not known": `
units: id
  U0
  U1
  U2
  U3
  U4
  U5
  U6
  U7
  U8
  U9
indicators: code
  LD
reports:
  2025-05 U0 LD=30
  2025-05 U1 LD=10
  2025-05 U2 LD=-
  2025-05 U3 LD=-
  2025-05 U4 LD=-
  2025-05 U5 LD=-
  2025-05 U6 LD=-
  2025-05 U7 LD=-
  2025-05 U8 LD=-
  2025-06 U0 LD=1
weight:
  LD city month = 25 8/9`,
		"a result of few units weighs nothing": `
units: id
  U1
  U2
  U3
indicators: code
  LD
reports:
  2025-05 U1 LD=30
  2025-05 U2 LD=10
  2025-06 U1 LD=1
weight:
  LD city month = unknown`,
		"nothing before, nothing of nothing": `
units: id
  U1
  U2
indicators: code
  LD
  KH
reports:
  2025-05 U1 LD=30 KH=-
  2025-05 U2 LD=! KH=-
  2025-06 U1 LD=1 KH=1
weight:
  LD city month = unknown
  KH city month = unknown`,
		"a complete figure has none": `
units: id
  U1
indicators: code
  LD
reports:
  2025-05 U1 LD=30
  2025-06 U1 LD=1
weight:
  LD city month = unknown`,
		"of a quarter the one before": `
period: 2025-Q2
units: id
  U1
  U2
indicators: code
  LD
reports:
  2025-01 U1 LD=1
  2025-02 U1 LD=1
  2025-03 U1 LD=1
  2025-01 U2 LD=1
  2025-02 U2 LD=-
  2025-03 U2 LD=-
  2025-04 U1 LD=1
  2025-05 U1 LD=1
  2025-06 U1 LD=1
weight:
  LD city quarter = 25 1/1`,
	})
}
