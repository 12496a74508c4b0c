package consolidate_test

import (
	"fmt"
	"slices"
	"testing"

	"tonghop/pipeline/finding"
)

func TestImports(t *testing.T) {
	stories(t, map[string]string{
		"add up like reports": `
units: id
  U1
  U2
indicators: code
  LD
imports:
  2025-01 U1 LD=1
  2025-01 U2 LD=2
  2025-02 U1 LD=4
  2025-02 U2 LD=-
  2025-03 U1 LD=8
  2025-03 U2 LD=16
reports:
  2025-04 U1 LD=100
  2025-04 U2 LD=100
  2025-05 U1 LD=100
  2025-05 U2 LD=100
  2025-06 U1 LD=100
  2025-06 U2 LD=100
want:
  LD city ytd = 631 [12/12 um]
  LD U2 ytd = 318 [6/6 um]`,
		"a unit that an imported month lacks is missing": `
units: id
  U1
  U2
indicators: code
  LD
imports:
  2025-05 U1 LD=1
reports:
  2025-06 U1 LD=2
  2025-06 U2 LD=2
want:
  LD city ytd = ~5 [3/4 um] -U2:05 ?01,02,03,04`,
		"months before adoption that no import gives are nobody's": `
units: id
  U1
indicators: code
  LD
  HO
imports:
  2024-12 U1 LD=1
  2025-02 U1 LD=1 HO=5
reports:
  2025-04 U1 LD=2 HO=2
  2025-05 U1 LD=2 HO=2
  2025-06 U1 LD=2 HO=2
want:
  LD city ytd = ~7 [4/4 um] ?01,03
  HO city ytd = ~11 [4/4 um] ?01,03`,
		"a rate needs both of its terms": `
units: id
  U1
indicators: code,formula
  A
  B
  R,100 * A / B
imports:
  2025-05 U1 A=1
reports:
  2025-06 U1 A=2 B=4
want:
  R city ytd = ~50 (2/4) [1/1 um] ?01,02,03,04,05`,
		"an opening counts, and the import of its months does not": `
units: id
  U1
indicators: code
  LD
openings: indicator,through,value
  LD,2025-03,1000
imports:
  2025-02 U1 LD=300
  2025-03 U1 LD=300
reports:
  2025-04 U1 LD=1
  2025-05 U1 LD=1
  2025-06 U1 LD=1
want:
  LD city ytd = 1003 [3/3 um] @2025-03`,
		"a month of imports": `
period: 2025-05
units: id
  U1
  U2
indicators: code,nature
  LD,flow
  HV,stock
imports:
  2025-05 U1 LD=3
want:
  LD city month = ~3 [1/2] -U2
  HV city month = ~blank:blank [0/2] -U1 -U2`,
	})
}

// What was imported of last year is what this year is compared with, and trends
// reach back into it: as far as it goes, and no farther.
func TestImportsAreAPast(t *testing.T) {
	stories(t, map[string]string{
		"compared with the imported month": `
units: id,group
  U1,A
  U2,A
indicators: code,type,nature,formula
  LD
  HV,whole,stock
  NU
  TL,percent,,100 * NU / LD
imports:
  2024-06 U1 LD=10 HV=100 NU=5
  2024-06 U2 LD=30 HV=100 NU=25
reports:
  2025-06 U1 LD=40 HV=90 NU=30
  2025-06 U2 LD=10 HV=90 NU=10
beside:
  LD city month = all 50/40 25%
  LD A month = all 50/40 25%
  LD U2 month = all 10/30 -66.666667%
  HV city month = all 180/200 -10%
  TL city month = all 80/75 5 points
  LD city ytd = none:no_same_units`,
		"not where the import lacks a unit": `
units: id
  U1
  U2
indicators: code
  LD
imports:
  2024-06 U1 LD=10
reports:
  2025-06 U1 LD=15
  2025-06 U2 LD=90
beside:
  LD city month = same:1 15/10 50%
  LD U2 month = none:incomplete_then`,
		"nor of what was not imported": `
units: id
  U1
indicators: code
  LD
  HO
imports:
  2024-06 U1 LD=10
reports:
  2025-06 U1 LD=15 HO=9
beside:
  LD city month = all 15/10 50%
  HO city month = none:no_same_units`,
		"a year of imports and reports": `
units: id
  U1
indicators: code
  LD
imports:
  2024-01 U1 LD=1
  2024-02 U1 LD=2
  2024-03 U1 LD=3
  2025-01 U1 LD=2
  2025-02 U1 LD=4
reports:
  2025-03 U1 LD=3
period: 2025-03
want:
  LD city ytd = 9 [3/3 um]
beside:
  LD city ytd = all 9/6 50%`,
		"trends reach back into imports": `
units: id
  U1
  U2
indicators: code
  LD
  HO
imports:
  2025-02 U1 LD=1
  2025-03 U1 LD=2 HO=5
  2025-03 U2 LD=3 HO=6
reports:
  2025-05 U1 LD=4 HO=1
  2025-05 U2 LD=4 HO=1
  2025-06 U1 LD=5 HO=1
  2025-06 U2 LD=5 HO=1
trend:
  LD city = 25-02:~1 25-03:5 25-04:~blank 25-05:8 25-06:10
  HO city = 25-02:~blank 25-03:11 25-04:~blank 25-05:2 25-06:2
  LD U1 = 25-02:1 25-03:2 25-04:~blank 25-05:4 25-06:5`,
		"twelve months at most, of a first report too": `
units: id
  U1
indicators: code
  LD
imports:
  2024-06 U1 LD=99
  2024-07 U1 LD=1
  2025-05 U1 LD=2
reports:
  2025-06 U1 LD=3
trend:
  LD city = 24-07:1 24-08:~blank 24-09:~blank 24-10:~blank 24-11:~blank 24-12:~blank 25-01:~blank 25-02:~blank 25-03:~blank 25-04:~blank 25-05:2 25-06:3`,
	})
}

// An opening that reaches into known months is told: as a warning where units
// reported them, as a note where they were imported; not where neither did.
func TestOpeningsThatReachIntoKnownMonths(t *testing.T) {
	const head = `
units: id
  U1
  U2
indicators: code
  LD
  HO
openings: indicator,unit,through,value
  LD,,2025-03,1000
  HO,U1,2025-03,100
`
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"neither": {"reports:\n  2025-06 U1 LD=1 HO=1\nimports:\n  2024-06 U1 LD=1 HO=1", nil},
		"reports": {"reports:\n  2025-03 U1 LD=1", []string{"warning HO 2025-03", "warning LD 2025-03"}},
		"imports": {"reports:\n  2025-06 U1 LD=1\nimports:\n  2025-02 U2 LD=1 HO=1", []string{"note LD 2025-02"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range tell(t, head+c.text).Findings {
				if f.Code == finding.OpeningOverlaps {
					got = append(got, fmt.Sprint(f.Severity, " ", f.Indicator, " ", f.Args["first"]))
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("told %v, want %v", got, c.want)
			}
		})
	}
}
