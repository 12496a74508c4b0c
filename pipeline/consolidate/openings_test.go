package consolidate_test

import "testing"

func TestOpenings(t *testing.T) {
	stories(t, map[string]string{
		"of the city, for the year": `
units: id
  U1
  U2
indicators: code
  LD
openings: indicator,through,value
  LD,2025-03,1000
reports:
  2025-04 U1 LD=1
  2025-05 U1 LD=2
  2025-06 U1 LD=4
  2025-06 U2 LD=8
want:
  LD city month = 12 [2/2]
  LD city qtd = ~15 [4/6 um] -U2:04,05
  LD city ytd = ~1015 [4/6 um] -U2:04,05 @2025-03
  LD U1 ytd = ~7 [3/3 um] ?01,02,03`,
		"a month that an opening covers is not counted twice": `
units: id
  U1
indicators: code
  LD
openings: indicator,through,value
  LD,2025-05,1000
reports:
  2025-05 U1 LD=20
  2025-06 U1 LD=4
want:
  LD city ytd = 1004 [1/1 um] @2025-05`,
		"an opening through the last month stands alone": `
units: id
  U1
indicators: code
  LD
openings: indicator,through,value
  LD,2025-06,1000
reports:
  2025-06 U1 LD=4
want:
  LD city ytd = 1000 [0/0 um] @2025-06
  LD city month = 4 [1/1]`,
		"an opening that ends after the span is not used": `
period: 2025-05
units: id
  U1
indicators: code
  LD
openings: indicator,through,value
  LD,2025-06,1000
reports:
  2025-05 U1 LD=4
want:
  LD city ytd = ~4 [1/1 um] ?01,02,03,04`,
		"months between the opening and the first submission are nobody's": `
units: id
  U1
indicators: code
  LD
openings: indicator,through,value
  LD,2025-02,1000
reports:
  2025-06 U1 LD=4
want:
  LD city ytd = ~1004 [1/1 um] @2025-02 ?03,04,05`,
		"of units: one without its own is missing there": `
units: id,group
  U1,A
  U2,A
  U3,B
indicators: code
  LD
openings: indicator,unit,through,value
  LD,U1,2025-04,100
  LD,U2,2025-05,200
reports:
  2025-05 U1 LD=1
  2025-05 U2 LD=2
  2025-06 U1 LD=4
  2025-06 U2 LD=8
  2025-06 U3 LD=16
want:
  LD city ytd = ~329 [4/9 um] -U3:01,02,03,04,05 @2025-05
  LD A ytd = 313 [3/3 um] @2025-05
  LD U1 ytd = 105 [2/2 um] @2025-04
  LD U3 ytd = ~16 [1/2 um] -U3:05 ?01,02,03,04`,
		"a month no unit's opening covers is nobody's": `
units: id
  U1
  U2
indicators: code
  LD
openings: indicator,unit,through,value
  LD,U1,2025-03,100
  LD,U2,2025-02,200
reports:
  2025-06 U1 LD=1
  2025-06 U2 LD=2
want:
  LD city ytd = ~303 [2/3 um] -U2:03 @2025-03 ?04,05`,
		"the plan's, then the years': chained": `
units: id
  U1
indicators: code
  LD
targets: indicator,horizon,from,to,value
  LD,plan,2021-01,2025-12,35000
openings: indicator,span,through,value
  LD,plan,2023-12,9000
  LD,year,2024-12,700
  LD,year,2025-05,50
reports:
  2025-06 U1 LD=4
want:
  LD city plan = 9754 [1/1 um] @2025-05
  LD city ytd = 54 [1/1 um] @2025-05`,
		"a year that does not follow is no link of the chain": `
units: id
  U1
indicators: code
  LD
targets: indicator,horizon,from,to,value
  LD,plan,2024-01,2025-12,35000
openings: indicator,span,through,value
  LD,plan,2024-10,9000
  LD,year,2025-05,50
reports:
  2025-06 U1 LD=4
want:
  LD city plan = ~9004 [1/1 um] @2024-10 ?11,12,01,02,03,04,05`,
		"the city's plan, then the year of each unit": `
units: id
  U1
  U2
indicators: code
  LD
targets: indicator,horizon,from,to,value
  LD,plan,2021-01,2025-12,35000
openings: indicator,unit,span,through,value
  LD,,plan,2024-12,9000
  LD,U1,year,2025-05,50
  LD,U2,year,2025-05,60
reports:
  2025-06 U1 LD=4
  2025-06 U2 LD=5
want:
  LD city plan = 9119 [2/2 um] @2025-05
  LD city ytd = 119 [2/2 um] @2025-05
  LD U1 plan = ~4 [1/1 um] ?` + fourYears + `,01,02,03,04,05`,
		"a plan's opening before the plan is of another": `
units: id
  U1
indicators: code
  LD
targets: indicator,horizon,from,to,value
  LD,plan,2025-05,2025-12,35000
openings: indicator,span,through,value
  LD,plan,2025-04,9000
reports:
  2025-05 U1 LD=1
  2025-06 U1 LD=4
want:
  LD city plan = 5 [2/2 um]`,
		"the city's year leaves no room for a unit's plan": `
units: id
  U1
indicators: code
  LD
targets: indicator,horizon,from,to,value
  LD,plan,2025-01,2025-12,35000
openings: indicator,unit,span,through,value
  LD,,year,2025-03,100
  LD,U1,plan,2025-05,120
reports:
  2025-06 U1 LD=4
want:
  LD city plan = ~104 [1/1 um] @2025-03 ?04,05
  LD U1 plan = 124 [1/1 um] @2025-05`,
		"terms whose openings end in different months have none": `
units: id
  U1
indicators: code,formula
  A
  B
  HIEU,A - B
openings: indicator,through,value
  A,2025-05,1000
  B,2025-04,500
reports:
  2025-05 U1 A=1 B=1
  2025-06 U1 A=10 B=4
want:
  A city ytd = 1010 [1/1 um] @2025-05
  B city ytd = 505 [2/2 um] @2025-04
  HIEU city ytd = ~6 [2/2 um] ?01,02,03,04`,
		"terms that one opening covers": `
units: id
  U1
indicators: code,formula
  A
  B
  TL,100 * A / B
openings: indicator,through,value
  A,2025-05,70
  B,2025-05,90
reports:
  2025-06 U1 A=5 B=10
want:
  TL city ytd = 75 (75/100) [1/1 um] @2025-05`,
		"a city's opening does not stand over the stocks of some units": `
units: id
  U1
  U2
indicators: code,nature,formula
  KN,flow
  HV,stock
  TL,,100 * KN / HV
openings: indicator,through,value
  KN,2025-05,50
reports:
  2025-06 U1 KN=1 HV=100
want:
  TL city ytd = ~1 (1/100) [1/2 um] -U2:06 ?01,02,03,04,05`,
		"a unit's opening counts only where its stock does": `
units: id
  U1
  U2
indicators: code,nature,formula
  KN,flow
  HV,stock
  TL,,100 * KN / HV
openings: indicator,unit,through,value
  KN,U1,2025-06,9
  KN,U2,2025-06,900
reports:
  2025-06 U1 KN=1 HV=100
want:
  TL city ytd = ~9 (9/100) [0/6 um] -U2:01,02,03,04,05,06 @2025-06`,
		"0 through an opening is none": `
units: id
  U1
indicators: code
  LD
openings: indicator,through,value
  LD,2025-05,0
reports:
  2025-06 U1 LD=-
want:
  LD city ytd = none [1/1 um] @2025-05`,
		"a share of units: one without an opening is missing there": `
units: id
  U1
  U2
indicators: code,formula,compute_at,across,reaches
  VU
  DX
  CT,100 * DX / VU,unit,share,100
openings: indicator,unit,through,value
  VU,U1,2025-05,2
  DX,U1,2025-05,1
reports:
  2025-06 U1 VU=1 DX=1
  2025-06 U2 VU=1 DX=1
want:
  CT city ytd = ~50 (1/2) [2/7 um] -U2:01,02,03,04,05 @2025-05
  CT U1 ytd = 66.666667 (2/3) [1/1 um] @2025-05`,
	})
}

// The months of 2021 to 2024, as a story wants them.
const fourYears = year + "," + year + "," + year + "," + year

const year = "01,02,03,04,05,06,07,08,09,10,11,12"
