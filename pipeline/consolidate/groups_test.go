package consolidate_test

import (
	"testing"

	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

func TestGroups(t *testing.T) {
	tell(t, `
units: id,group
  U1,Nội
  U2,
  U3,Ngoại
  U4,Nội
indicators: code,formula
  A
  B
  R,100 * A / B
reports:
  2025-06 U1 A=1 B=2
  2025-06 U2 A=10 B=20
  2025-06 U3 A=100 B=100
want:
  A city month = ~111 [3/4] -U4
  A Nội month = ~1 [1/2] -U4
  A Ngoại month = 100 [1/1]
  R Nội month = ~50 (1/2) [1/2] -U4
  R city month = ~90.983607 (111/122) [3/4] -U4`)
}

func TestWordsAreTalliedNotSummed(t *testing.T) {
	city := tell(t, `
indicators: code,kind,type,choices,due
  TT,text,choice,chưa|đang|xong,
  CK,text,yesno,,
  ND,text,text,,
  SAU,text,yesno,,12
reports:
  2025-06 U1 TT=đang CK=có ND=lời
  2025-06 U2 TT=đang CK=không
  2025-06 U3 TT=x CK=
want:
  TT city month = absent
  ND U1 month = absent`)
	got := ""
	for _, tally := range city.Tallies {
		got += tallyLine(tally)
	}
	if want := "TT [{chưa 0} {đang 2} {xong 0}] 2/3; CK [{có 1} {không 1}] 2/4; "; got != want {
		t.Errorf("tallies %s\nwant %s", got, want)
	}
}

func TestUnitFiguresNameTheirCell(t *testing.T) {
	city := tell(t, `
indicators: code,formula
  A
  B
  C
  R,A + B
openings: indicator,unit,through,value
  C,U1,2025-05,100
reports:
  2025-05 U2 A=1 B=1
  2025-06 U1 A=41 B=2 C=5
  2025-06 U2 A=3 B=1
`)
	for _, c := range []struct {
		indicator, unit string
		span            period.SpanKind
		want            string
	}{
		{"A", "U1", period.Monthly, "cell 2025-06/U1.xlsx Báo cáo E10 41"},
		{"B", "U1", period.Monthly, "cell 2025-06/U1.xlsx Báo cáo E11 2"},
		{"A", "U1", period.QuarterToDate, "cell 2025-06/U1.xlsx Báo cáo E10 41"}, // its only month
		{"A", "U2", period.QuarterToDate, "computed"},
		{"C", "U1", period.YearToDate, "computed"}, // with its opening
		{"C", "", period.Monthly, "computed"},
		{"R", "U1", period.Monthly, "computed"},
		{"A", "", period.Monthly, "computed"},
		{"A", "U3", period.Monthly, "computed"},
	} {
		if got := sourceLine(city.Find(c.indicator, c.span, "", c.unit).Source); got != c.want {
			t.Errorf("%s %s %s from %q, want %q", c.indicator, c.unit, c.span, got, c.want)
		}
	}
}

func sourceLine(s summary.Source) string {
	if s.Kind != summary.SourceCell {
		return string(s.Kind)
	}
	return string(s.Kind) + " " + s.File + " " + s.Sheet + " " + s.Cell + " " + s.Raw
}
