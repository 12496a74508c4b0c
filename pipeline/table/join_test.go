package table

import (
	"testing"
	"testing/fstest"
)

func TestJoinKeepsPlacesAndMatchesColumnsByName(t *testing.T) {
	layout := Layout{{Name: "openings", Columns: []string{"indicator", "unit", "value"}}}
	base := layout.FromFolder(fstest.MapFS{"openings.csv": {Data: []byte("indicator,unit,value\nA,,1\n")}}, "base")
	office := layout.FromFolder(fstest.MapFS{"openings.csv": {Data: []byte("value;indicator;extra\n2;B;x\n")}}, "office")
	got := base.Join(office, "openings").Tables()[0]
	want := "indicator,unit,value,extra\nA,,1\nB,,2,x\n"
	if string(got.CSV()) != want {
		t.Errorf("joined:\n%swant:\n%s", got.CSV(), want)
	}
	for _, c := range []struct {
		row, col int
		want     string
	}{{1, 0, "openings.csv:2"}, {2, 2, "openings.csv:2"}, {0, 3, "openings.csv:1"}} {
		if at := got.Place(c.row, c.col); at != c.want {
			t.Errorf("place of row %d column %d is %s, want %s", c.row, c.col, at, c.want)
		}
	}
}

func TestJoinTakesOverTheTablesProblems(t *testing.T) {
	office := Layout{{Name: "openings"}}.FromFolder(fstest.MapFS{
		"openings.csv": {Data: []byte("\xff\xfe")}, "quyet-dinh.csv": {Data: []byte("\xff")},
	}, "office")
	if got := (Source{}).Join(office, "openings").problems; len(got) != 1 || got[0].Where != "openings.csv" {
		t.Errorf("problems: %v", got)
	}
}
