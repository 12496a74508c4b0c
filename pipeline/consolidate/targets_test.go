package consolidate_test

import (
	"strings"
	"testing"

	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/period"
)

func TestJudgedOrNot(t *testing.T) {
	stories(t, map[string]string{
		"no cases are not judged, whoever is missing": `
indicators: code,formula
  A
  B
  X,100 * A / B
targets: indicator,value,pace,horizon
  X,70,level,month
reports:
  2025-06 U1 A=- B=-
want:
  X city month = ~not_applicable:no_cases (0/0) [1/4] -U2 -U3 -U4 : not_applicable`,
		"something of nothing is no data": `
units: id
  U1
indicators: code,formula
  A
  B
  X,100 * A / B
targets: indicator,value,pace,horizon
  X,70,level,month
reports:
  2025-06 U1 A=5 B=-
want:
  X city month = refused:impossible (5/0) [1/1] : no_data`,
		"nobody gave it": `
indicators: code
  X
targets: indicator,value
  X,70
reports:
  2025-01 U1 X=…
  2025-01 U2 X=!
period: 2025-01
want:
  X city ytd = ~refused:refused [0/4] -U1 -U2 -U3 -U4 : no_data`,
		"months that nothing covers give no verdict, not even for a breached ceiling": `
units: id
  U1
indicators: code,min,formula
  X,0
  Y,0
  T,,100 * X / Y
targets: indicator,comparator,value,pace
  X,<=,0,level
  Y,>=,1,linear
  T,>=,1,level
reports:
  2025-06 U1 X=- Y=-
  2025-05 U1 X=5 Y=5
want:
  X city ytd = ~5 [2/2 um] ?01,02,03,04 : no_data
  Y city ytd = ~5 [2/2 um] ?01,02,03,04 : no_data
  T city ytd = ~100 (5/5) [2/2 um] ?01,02,03,04 : no_data
  X city month = none [1/1] : unjudged`,
		"uncovered months may have had the cases": `
units: id
  U1
indicators: code,formula
  A
  B
  T,100 * A / B
targets: indicator,value,pace
  T,1,level
reports:
  2025-06 U1 A=- B=-
want:
  T city ytd = ~not_applicable:no_cases (0/0) [1/1 um] ?01,02,03,04,05 : no_data`,
		"a contested figure is judged and provisional": `
period: 2025-01
units: id
  U1
indicators: code,min
  X,0
targets: indicator,value
  X,10
reports:
  2025-01 U1 X=10*
want:
  X city ytd = ~10 [1/1] : met`,
		"a unit has its own target, groups have none": `
period: 2025-01
units: id,group
  U1,Nhóm
  U2,Nhóm
indicators: code,min,allow_na
  X,0,yes
targets: indicator,unit,value
  X,,100
  X,U1,12
  X,U2,12
reports:
  2025-01 U1 X=1
  2025-01 U2 X=x
want:
  X city ytd = 1 [1/1] : behind
  X U1 ytd = 1 [1/1] : on_track
  X U2 ytd = not_applicable:not_applicable [0/0] : not_applicable
  X Nhóm ytd = 1 [1/1] : unjudged
  X city month = 1 [1/1] : unjudged
  X city qtd = 1 [1/1] : unjudged`,
		"a year's target judges the year, a plan's the plan": `
period: 2025-01
units: id
  U1
indicators: code,min
  X,0
targets: indicator,horizon,from,to,value
  X,year,2025-01,2025-12,12
  X,plan,2025-01,2026-12,48
reports:
  2025-01 U1 X=1
want:
  X city month = 1 [1/1] : unjudged
  X city qtd = 1 [1/1] : unjudged
  X city ytd = 1 [1/1] : on_track
  X city plan = 1 [1/1] : behind`,
		"a whole year is judged by the year's target": `
period: 2025
units: id
  U1
indicators: code,nature
  X,stock
targets: indicator,value,pace
  X,5,level
reports:
  2025-12 U1 X=4
want:
  X city year = 4 [1/1] : not_met`,
		"a half is judged by none": `
period: 2025-H2
units: id
  U1
indicators: code,nature
  X,stock
targets: indicator,value,pace
  X,5,level
reports:
  2025-12 U1 X=4
want:
  X city half = 4 [1/1] : unjudged`,
		"a changed year target replaces the year's from its month": `
period: 2025-07
units: id
  U1
indicators: code,nature
  X,stock
targets: indicator,value,pace,from,to
  X,5,level,2025-01,2025-06
  X,4,level,2025-07,2025-12
reports:
  2025-07 U1 X=4
want:
  X city ytd = 4 [1/1] : on_track`,
		"only what a plan judges, and its terms, is told for the plan": `
units: id
  U1
indicators: code,nature,formula
  A,stock
  B,stock
  C,stock
  X,,A - B
targets: indicator,horizon,from,to,value
  X,plan,2021-01,2025-12,10
reports:
  2025-06 U1 A=1 B=1 C=1
want:
  A city plan = 1 [1/1]
  B city plan = 1 [1/1] : unjudged
  C city plan = absent
  X city plan = 0 [1/1] : behind`,
		"the next plan begins anew": `
period: 2026-01
units: id
  U1
indicators: code,min
  X,0
targets: indicator,horizon,from,to,value
  X,plan,2021-01,2025-12,10
  X,plan,2026-01,2030-12,60
reports:
  2025-12 U1 X=100
  2026-01 U1 X=1
want:
  X city plan = 1 [1/1] : on_track`,
		"what may still fall is not met before the end": `
period: 2025-01
units: id
  U1
indicators: code,min,across
  X,-5,sum
  Y,0,min
targets: indicator,value
  X,12
  Y,12
reports:
  2025-01 U1 X=20 Y=20
want:
  X city ytd = 20 [1/1] : on_track
  Y city ytd = 20 [1/1] : on_track`,
		"a fact due in June is judged in June for good": `
units: id
  U1
indicators: code,nature,due
  X,stock,6
  Y,stock,6
targets: indicator,value,pace
  X,12,at_due
  Y,12,at_due
reports:
  2025-06 U1 X=12 Y=11
want:
  X city ytd = 12 [1/1] : met
  Y city ytd = 11 [1/1] : not_met`,
		"after the plan there is no plan": `
period: 2026-01
units: id
  U1
indicators: code,nature
  X,stock
targets: indicator,horizon,from,to,value
  X,plan,2021-01,2025-12,10
reports:
  2026-01 U1 X=1
want:
  X city plan = absent`,
	})
}

// "Chưa ghi nhận ở 28/30 đơn vị" counts the units asked, ended ones too.
func TestUnitsBehindAVerdict(t *testing.T) {
	city := tell(t, `
period: 2025-08
units: id,kind,valid_to
  TP,thành phố,
  CU,,2025-06-14
  U1,,
  U2,,
  U3,,
indicators: code,across
  X
  Y,max
openings: indicator,through,value
  X,2025-05,0
targets: indicator,comparator,value,pace
  X,<=,0,level
  Y,<=,0,level
reports:
  2025-06 U1 X=-
  2025-06 U2 X=-
  2025-06 U3 X=-
  2025-07 U1 X=-
  2025-07 U2 X=-
  2025-07 U3 X=-
  2025-08 U1 X=-
  2025-08 U2 X=-
want:
  X city ytd = ~none [8/10 um] -CU:06 -U3:08 @2025-05 : on_track`)
	j := city.Find("X", period.YearToDate, "", "").Judgment
	if j.Reporting != 2 || j.Missing != 2 {
		t.Errorf("%d reporting, %d missing, want 2 and 2 of the four asked", j.Reporting, j.Missing)
	}
	if n := j.Counted; n.Reported != 8 || n.Expected != 10 {
		t.Errorf("%d of %d reports counted, want 8 of 10", n.Reported, n.Expected)
	}
	if j := city.Find("Y", period.YearToDate, "", "").Judgment; j.Reporting != 0 || j.Missing != 4 {
		t.Errorf("across units %d reporting, %d missing, want 0 and 4", j.Reporting, j.Missing)
	}
}

// The end of the horizon is that of the target, whatever its kind.
func TestHorizonEnds(t *testing.T) {
	for _, c := range []struct {
		target, month string
		want          bool
	}{
		{"year,2025-01,2025-12", "2025-11", false}, {"year,2025-01,2025-12", "2025-12", true},
		{"plan,2021-01,2025-12", "2024-12", false}, {"plan,2021-01,2025-12", "2025-12", true},
		{"month,2025-01,2025-12", "2025-03", true},
	} {
		text := strings.NewReplacer("TARGET", c.target, "MONTH", c.month).Replace(`
period: MONTH
indicators: code,nature
  X,stock
targets: indicator,horizon,from,to,value,pace
  X,TARGET,5,level
reports:
`)
		for _, f := range consolidate.City(parseStory(t, text).input(t)).Figures {
			if j := f.Judgment; j != nil && j.HorizonEnds != c.want {
				t.Errorf("%s in %s ends: %v, want %v", c.target, c.month, j.HorizonEnds, c.want)
			}
		}
	}
}
