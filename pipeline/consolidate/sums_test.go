package consolidate_test

import "testing"

func stories(t *testing.T, all map[string]string) {
	for name, text := range all {
		t.Run(name, func(t *testing.T) { tell(t, text) })
	}
}

func TestSums(t *testing.T) {
	stories(t, map[string]string{
		"known figures add": `
indicators: code
  LD
reports:
  2025-06 U1 LD=41
  2025-06 U2 LD=9
  2025-06 U3 LD=1.5
  2025-06 U4 LD=100
want:
  LD city month = 151.5 [4/4]`,
		"none counts as 0 and as reported": `
indicators: code
  LD
reports:
  2025-06 U1 LD=41
  2025-06 U2 LD=-
  2025-06 U3 LD=-
  2025-06 U4 LD=-
want:
  LD city month = 41 [4/4]
  LD U2 month = none [1/1]`,
		"none of all is none": `
indicators: code
  LD
reports:
  2025-06 U1 LD=-
  2025-06 U2 LD=-
  2025-06 U3 LD=-
  2025-06 U4 LD=-
want:
  LD city month = none [4/4]`,
		"none of some is none, and provisional": `
indicators: code
  LD
reports:
  2025-06 U1 LD=-
want:
  LD city month = ~none [1/4] -U2 -U3 -U4`,
		"a known 0 is not none": `
indicators: code,nature
  HV,stock
reports:
  2025-06 U1 HV=0
  2025-06 U2 HV=0
  2025-06 U3 HV=0
  2025-06 U4 HV=0
want:
  HV city month = 0 [4/4]`,
		"missing of every kind is never 0": `
indicators: code,allow_na
  LD,yes
reports:
  2025-06 U1 LD=…
  2025-06 U2 LD=!
  2025-06 U3
want:
  LD city month = ~refused:refused [0/4] -U1 -U2 -U3 -U4
  LD U1 month = ~not_available:not_available [0/1] -U1
  LD U2 month = ~refused:refused [0/1] -U2
  LD U3 month = ~blank:blank [0/1] -U3
  LD U4 month = ~blank:not_received [0/1] -U4`,
		"not applicable is left out of the expected": `
indicators: code,allow_na
  LD,yes
reports:
  2025-06 U1 LD=5
  2025-06 U2 LD=x
  2025-06 U3 LD=6
  2025-06 U4 LD=7
want:
  LD city month = 18 [3/3]
  LD U2 month = not_applicable:not_applicable [0/0]`,
		"an optional blank is not missing, an unreceived report is": `
indicators: code,required
  DN,no
reports:
  2025-06 U1 DN=5
  2025-06 U2 DN=
  2025-06 U3
want:
  DN city month = ~5 [1/2] -U4
  DN U2 month = blank:blank [0/0]
  DN U3 month = blank:blank [0/0]`,
		"an optional figure that cannot be read is missing": `
indicators: code,required
  DN,no
reports:
  2025-06 U1 DN=5
  2025-06 U2 DN=!
  2025-06 U3
  2025-06 U4
want:
  DN city month = ~5 [1/2] -U2`,
		"a contested figure counts and is provisional": `
indicators: code
  LD
  HO
reports:
  2025-06 U1 LD=41* HO=1
  2025-06 U2 LD=9 HO=1
  2025-06 U3 LD=9 HO=1
  2025-06 U4 LD=9 HO=1
want:
  LD city month = ~68 [4/4]
  LD city ytd = ~68 [4/4 um] ?01,02,03,04,05
  LD U1 month = ~41 [1/1]
  LD U2 month = 9 [1/1]
  HO city month = 4 [4/4]`,
		"a rate is provisional with any of its terms": `
units: id
  U1
indicators: code,formula
  A
  B
  C
  TL,A / B
  KHAC,C / B
reports:
  2025-06 U1 A=1* B=2 C=4
want:
  TL city month = ~0.5 (1/2) [1/1]
  KHAC city month = 2 (4/2) [1/1]`,
		"a contested blank that need not be filled in is provisional": `
indicators: code,required
  DN,no
reports:
  2025-06 U1 DN=5
  2025-06 U2 DN=*
  2025-06 U3 DN=1
  2025-06 U4 DN=1
want:
  DN city month = ~7 [3/3]
  DN U2 month = ~blank:blank [0/0]`,
	})
}

func TestOverMonths(t *testing.T) {
	stories(t, map[string]string{
		"a flow adds over months, and coverage counts unit-months": `
units: id
  U1
  U2
indicators: code
  LD
reports:
  2025-04 U1 LD=1
  2025-05 U1 LD=2
  2025-06 U1 LD=4
  2025-04 U2 LD=10
  2025-06 U2 LD=…
want:
  LD city month = ~4 [1/2] -U2
  LD city qtd = ~17 [4/6 um] -U2:05,06
  LD U1 qtd = 7 [3/3 um]
  LD U2 qtd = ~10 [1/3 um] -U2:05,06`,
		"a stock is the last month's, never a sum": `
units: id
  U1
  U2
indicators: code,nature
  HV,stock
reports:
  2025-04 U1 HV=100
  2025-05 U1 HV=101
  2025-06 U1 HV=102
  2025-05 U2 HV=50
want:
  HV city month = ~102 [1/2] -U2
  HV city qtd = ~102 [1/2] -U2
  HV U1 ytd = 102 [1/1]
  HV U2 ytd = ~blank:not_received [0/1] -U2`,
		"a count since January is the last month's": `
units: id
  U1
  U2
indicators: code,nature
  CB,cumulative
reports:
  2025-05 U1 CB=10
  2025-06 U1 CB=12
  2025-06 U2 CB=-
want:
  CB city ytd = 12 [2/2]
  CB city qtd = 12 [2/2]`,
		"a count since January resets in January": `
period: 2026-01
units: id
  U1
indicators: code,nature
  CB,cumulative
reports:
  2025-12 U1 CB=90
  2026-01 U1 CB=3
want:
  CB city ytd = 3 [1/1]`,
		"a whole quarter, half and year": `
period: 2025-H1
units: id
  U1
indicators: code,nature
  LD,flow
  HV,stock
reports:
  2025-01 U1 LD=1 HV=10
  2025-02 U1 LD=2 HV=20
  2025-03 U1 LD=4 HV=30
  2025-04 U1 LD=8 HV=40
  2025-05 U1 LD=16 HV=50
  2025-06 U1 LD=32 HV=60
  2025-07 U1 LD=64 HV=70
want:
  LD city half = 63 [6/6 um]
  HV city half = 60 [1/1]
  LD city ytd = absent`,
		"what is not due is not missing and not covered by nobody": `
period: 2025-07
units: id
  U1
  U2
indicators: code,nature,due
  QUY,flow,3|6|9|12
  NAM,cumulative,12
reports:
  2025-05 U1
  2025-06 U1 QUY=5
  2025-06 U2 QUY=7
want:
  QUY city month = blank:not_due [0/0]
  QUY city ytd = ~12 [2/2 um] ?03
  NAM city month = blank:not_due [0/0]
  NAM city ytd = blank:not_due [0/0]`,
		"months before the first submission of all are nobody's": `
units: id
  U1
indicators: code
  LD
reports:
  2025-05 U1 LD=2
  2025-06 U1 LD=4
want:
  LD city ytd = ~6 [2/2 um] ?01,02,03,04
  LD city month = 4 [1/1]`,
		"a new indicator is not asked before it began": `
units: id
  U1
indicators: code,valid_from
  LD,
  MOI,2025-05-15
reports:
  2025-05 U1 LD=1
  2025-06 U1 LD=1 MOI=4
want:
  MOI city ytd = 4 [1/1 um]
  MOI city month = 4 [1/1]`,
	})
}

func TestMinMaxAndUnitsOnly(t *testing.T) {
	stories(t, map[string]string{
		"least and most of the units": `
indicators: code,type,nature,across
  IT,whole,stock,min
  NH,whole,stock,max
  DV,percent,stock,none
reports:
  2025-06 U1 IT=3 NH=3 DV=50
  2025-06 U2 IT=2 NH=2 DV=60
  2025-06 U3 IT=7 NH=!
want:
  IT city month = ~2 [3/4] -U4
  NH city month = ~3 [2/4] -U3 -U4
  DV city month = ~not_applicable:not_expected [2/4] -U3 -U4
  DV U1 month = 50 [1/1]`,
		"least over months is of each unit's own sum": `
units: id
  U1
  U2
indicators: code,across
  IT,min
reports:
  2025-05 U1 IT=1
  2025-06 U1 IT=9
  2025-05 U2 IT=4
  2025-06 U2 IT=-
want:
  IT city month = 0 [2/2]
  IT city qtd = ~4 [4/4 um] ?04`,
		"nobody gave it": `
units: id
  U1
  U2
indicators: code,nature,across,allow_na
  IT,stock,min,yes
reports:
  2025-06 U1 IT=…
  2025-06 U2 IT=x
want:
  IT city month = ~not_available:not_available [0/1] -U1`,
	})
}
