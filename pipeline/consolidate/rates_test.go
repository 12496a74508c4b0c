package consolidate_test

import (
	"testing"

	"tonghop/pipeline/finding"
)

func TestRates(t *testing.T) {
	stories(t, map[string]string{
		"a rate is of sums, never a mean of rates": `
units: id
  U1
  U2
indicators: code,formula
  NU
  LD
  TL,100 * NU / LD
reports:
  2025-06 U1 NU=1 LD=1
  2025-06 U2 NU=0 LD=99
want:
  TL city month = 1 (1/100) [2/2]
  TL U1 month = 100 (1/1) [1/1]
  TL U2 month = 0 (0/99) [1/1]`,
		"a unit without the denominator is in neither": `
indicators: code,formula
  NU
  LD
  TL,100 * NU / LD
reports:
  2025-06 U1 NU=30 LD=40
  2025-06 U2 NU=60 LD=!
  2025-06 U3 NU=… LD=1000
  2025-06 U4 NU=- LD=10
want:
  TL city month = ~60 (30/50) [2/4] -U2 -U3
  NU city month = ~90 [3/4] -U3
  LD city month = ~1050 [3/4] -U2
  TL U2 month = ~refused:refused [0/1] -U2
  TL U3 month = ~not_available:not_available [0/1] -U3
  TL U4 month = 0 (0/10) [1/1]`,
		"over a span only unit-months with every term": `
units: id
  U1
  U2
indicators: code,formula
  NU
  LD
  TL,100 * NU / LD
reports:
  2025-05 U1 NU=1 LD=10
  2025-06 U1 NU=2 LD=10
  2025-05 U2 NU=7 LD=!
  2025-06 U2 NU=3 LD=20
want:
  TL city qtd = ~15 (6/40) [3/4 um] -U2:05 ?04
  TL U2 qtd = ~15 (3/20) [1/2 um] -U2:05 ?04`,
		"the first state of any term is told": `
units: id
  U1
  U2
  U3
  U4
  U5
indicators: code,formula,allow_na,required
  A,,yes
  B,,yes
  C,,yes,no
  AB,A + B
  AC,A + C
reports:
  2025-06 U1 A=! B=x C=1
  2025-06 U2 A=… B= C=!
  2025-06 U3 A=… B=x C=x
  2025-06 U4 A=- B=- C=-
  2025-06 U5 A=1 B=1 C=
want:
  AB U1 month = refused:refused [0/0]
  AB U2 month = ~blank:blank [0/1] -U2
  AB U3 month = not_available:not_available [0/0]
  AB U4 month = 0 [1/1]
  AB city month = ~2 [2/3] -U2
  AC U2 month = ~refused:refused [0/1] -U2
  AC U5 month = blank:blank [0/0]
  AC city month = ~0 [1/3] -U1 -U2`,
		"0 of 0 is no cases": `
units: id
  U1
  U2
indicators: code,formula
  DX
  VU
  TL,100 * DX / VU
reports:
  2025-06 U1 DX=- VU=-
  2025-06 U2 DX=0 VU=0
want:
  TL city month = not_applicable:no_cases (0/0) [2/2]`,
		"a stock under a flow: the whole unit or nothing": `
units: id
  U1
  U2
  U3
indicators: code,nature,formula
  KN,flow
  HV,stock
  TL,,100 * KN / HV
reports:
  2025-05 U1 KN=1 HV=90
  2025-06 U1 KN=2 HV=100
  2025-05 U2 KN=50 HV=1
  2025-06 U2 KN=50 HV=!
  2025-05 U3 KN=! HV=70
  2025-06 U3 KN=! HV=70
want:
  TL city month = ~2 (2/100) [1/3] -U2 -U3
  TL city qtd = ~3 (3/100) [2/6 um] -U2:05,06 -U3:05,06 ?04
  TL U2 qtd = ~refused:refused [0/2 um] -U2:05,06 ?04`,
		"two points in time: the last month alone": `
units: id
  U1
  U2
indicators: code,nature,formula
  BD,cumulative
  CB,stock
  TL,,100 * BD / CB
reports:
  2025-05 U1 BD=1 CB=10
  2025-06 U1 BD=5 CB=10
  2025-05 U2 BD=9 CB=9
want:
  TL city ytd = ~50 (5/10) [1/2] -U2
  TL city month = ~50 (5/10) [1/2] -U2`,
		"terms that are not due together": `
units: id
  U1
  U2
indicators: code,nature,due,formula
  A,cumulative,12
  B,stock
  TL,,,100 * A / B
reports:
  2025-06 U1 B=5
  2025-06 U2 B=!
want:
  TL U2 ytd = blank:not_due [0/0]
  TL city ytd = blank:not_due [0/0]
  B city ytd = ~5 [1/2] -U2`,
		"a derived figure outside its own validity": `
period: 2025-08
units: id
  U1
  U2
indicators: code,formula,valid_from,valid_to
  A,,,
  B,,,
  CU,A + B,,2025-06-14
  MOI,A + B,2025-07-15,
reports:
  2025-06 U1 A=1 B=1
  2025-07 U1 A=10 B=10
  2025-08 U1 A=100 B=100
  2025-08 U2 A=100 B=100
want:
  CU city month = absent
  CU city ytd = ~2 [1/2 um] -U2:06 ?01,02,03,04,05
  MOI city ytd = 400 [2/2 um]`,
	})
}

func TestComputedAtTheUnit(t *testing.T) {
	const cases = `
indicators: code,formula,compute_at,across,reaches
  VU
  DX
  CT,100 * DX / VU,unit,share,100
`
	stories(t, map[string]string{
		"share of units with cases that proposed all": cases + `
reports:
  2025-05 U1 VU=2 DX=2
  2025-06 U1 VU=- DX=-
  2025-05 U2 VU=1 DX=0
  2025-06 U2 VU=2 DX=2
  2025-05 U3 VU=- DX=-
  2025-06 U3 VU=- DX=-
  2025-05 U4 VU=1 DX=1
  2025-06 U4 VU=1 DX=1
want:
  CT city month = 100 (2/2) [4/4]
  CT city qtd = ~66.666667 (2/3) [8/8 um] ?04
  CT U2 qtd = ~66.666667 (2/3) [2/2 um] ?04
  CT U3 qtd = ~not_applicable:no_cases (0/0) [2/2 um] ?04`,
		"units that began at different times": `
units: id,valid_from
  U1,2025-03-20
  U2,` + cases + `
reports:
  2025-06 U1 VU=2 DX=2
  2025-06 U2 VU=2 DX=1
want:
  CT U1 ytd = ~100 (2/2) [1/1 um] ?04,05
  CT city ytd = ~50 (1/2) [2/2 um] ?01,02,03,04,05`,
		"no unit had a case": cases + `
reports:
  2025-06 U1 VU=- DX=-
  2025-06 U2 VU=- DX=-
  2025-06 U3 VU=- DX=-
want:
  CT city month = ~not_applicable:no_cases [3/4] -U4`,
		"nobody told": cases + `
reports:
  2025-06 U1 VU=! DX=!
  2025-06 U2 VU=1 DX=…
want:
  CT city month = ~refused:refused [0/4] -U1 -U2 -U3 -U4`,
		"sum, least and most of what each unit computes": `
units: id
  U1
  U2
indicators: code,formula,compute_at,across
  A
  B
  TICH,A * B,unit,sum
  IT,A / B,unit,min
  NH,A / B,unit,max
  DV,A / B,unit,none
reports:
  2025-06 U1 A=1 B=2
  2025-06 U2 A=3 B=4
want:
  TICH city month = 14 [2/2]
  IT city month = 0.5 [2/2]
  NH city month = 0.75 [2/2]
  DV city month = not_applicable:not_expected [2/2]
  DV U1 month = 0.5 (1/2) [1/1]`,
	})
}

func TestSomethingOfNothingIsAFinding(t *testing.T) {
	city := tell(t, `
indicators: code,formula,compute_at,across,reaches
  DX
  VU
  TL,100 * DX / VU
  CT,100 * DX / VU,unit,share,100
reports:
  2025-06 U1 DX=2 VU=-
  2025-06 U2 DX=- VU=-
  2025-06 U3 DX=1 VU=1
want:
  TL U1 month = refused:impossible (2/0) [1/1]
  TL U2 month = not_applicable:no_cases (0/0) [1/1]
  CT city month = ~100 (1/1) [3/4] -U4`)
	got := ""
	for _, f := range city.Findings {
		if f.Code != finding.ZeroDenominator || f.Severity != finding.Error || f.Period.String() != "2025-06" {
			t.Errorf("finding %+v", f)
		}
		got += f.Unit + " " + f.Indicator + " " + f.Args["numerator_value"] + "; "
	}
	// Once for each unit and rate, though three spans show it.
	if want := "U1 CT 2; U1 TL 2; "; got != want {
		t.Errorf("findings %q, want %q", got, want)
	}
	// A group's is its unit's; nobody else's figure is touched.
	city = tell(t, `
units: id,group
  U1,Cụm
  U2,
indicators: code,formula
  DX
  VU
  TL,100 * DX / VU
reports:
  2025-06 U1 DX=2 VU=-
  2025-06 U2 DX=2 VU=8
want:
  TL Cụm month = refused:impossible (2/0) [1/1]
  TL city month = 50 (4/8) [2/2]`)
	if len(city.Findings) != 1 || city.Findings[0].Unit != "U1" {
		t.Errorf("findings %v", city.Findings)
	}
	// Where only the units' own are impossible, they alone are told.
	city = tell(t, `
units: id
  U1
indicators: code,formula,compute_at,across,reaches
  DX
  VU
  CT,100 * DX / VU,unit,share,100
reports:
  2025-06 U1 DX=2 VU=-
want:
  CT city month = ~refused:impossible [1/1]
  CT U1 month = refused:impossible (2/0) [1/1]`)
	if len(city.Findings) != 1 || city.Findings[0].Unit != "U1" {
		t.Errorf("findings %v", city.Findings)
	}
	city = tell(t, `
units: id,group
  U1,Cụm
indicators: code,formula
  DX
  VU
  TL,100 * DX / VU
reports:
  2025-06 U1 DX=2 VU=-
want:
  TL city month = refused:impossible (2/0) [1/1]
  TL Cụm month = refused:impossible (2/0) [1/1]`)
	if len(city.Findings) != 2 { // the city's and the unit's
		t.Errorf("findings %v", city.Findings)
	}
}
