package report_test

import (
	"os"
	"strings"
	"testing"

	"tonghop/pipeline/edition"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/export"
	"tonghop/pipeline/wording"
)

// revised is the report of the small summary as its second revision: since the
// first U-1 sent another version, a target was lowered, and one indicator took
// another's place.
func revised(t *testing.T, l wording.Language) report.Input {
	t.Helper()
	in := input(t, l)
	for _, r := range in.Summary.Submissions {
		if r.Used != nil {
			in.Summary.Basis = append(in.Summary.Basis, r.Used)
		}
	}
	var data strings.Builder
	if err := export.JSON(&data, export.Input{Summary: in.Summary, AsOf: in.AsOf}); err != nil {
		t.Fatal(err)
	}
	text := data.String()
	for _, change := range []struct{ now, before string }{
		{`{"indicator":"LD","unit":null,"group":null,"span":"month","value":"130"`, `{"indicator":"LD","unit":null,"group":null,"span":"month","value":"101"`},
		{`{"indicator":"LD","unit":"U-1","group":null,"span":"month","value":"70"`, `{"indicator":"LD","unit":"U-1","group":null,"span":"month","value":"41"`},
		{`"span":"month","value":"90.03"`, `"span":"month","value":"90.0312"`},
		{`"span":"year_to_date","value":"89.9999"`, `"span":"year_to_date","value":"90.5"`},
		{`"attained_percent":"99.999889","verdict":"behind"`, `"attained_percent":"99.999889","verdict":"on_track"`},
		{`{"indicator":"HO","unit":null,"group":null,"span":"month","value":"61","state":"known"`, `{"indicator":"HO","unit":null,"group":null,"span":"month","value":null,"state":"blank"`},
		{`{"indicator":"KEM","unit":null,"group":null,"span":"month"`, `{"indicator":"CU","unit":null,"group":null,"span":"month"`},
		{`"target":"6000"`, `"target":"6500"`},
		{`"sha256":"` + strings.Repeat("u0", 32) + `"`, `"sha256":"` + strings.Repeat("u1", 32) + `"`},
	} {
		if !strings.Contains(text, change.now) {
			t.Fatalf("%s is not exported", change.now)
		}
		text = strings.ReplaceAll(text, change.now, change.before)
	}
	decode := func(text string) *edition.Edition {
		e, err := edition.Decode([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	in.Before = 1
	in.Changes = edition.Compare(decode(text), decode(data.String()), in.Summary.Catalogue)
	return in
}

// appendix is the last part of the document.
func appendix(in report.Input) string {
	doc := report.Compose(in)
	return dump(report.Document{Sections: doc.Sections[len(doc.Sections)-1:]})
}

func TestChangesGolden(t *testing.T) {
	for _, l := range wording.Languages {
		got := appendix(revised(t, l))
		if strings.ContainsAny(got, "⟦⟧") {
			t.Errorf("%s: a phrase or a fact is missing", l)
		}
		path := "testdata/changes." + string(l) + ".txt"
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: the appendix has changed; look at it, then run with -update\n%s", l, firstDifference(got, string(want)))
		}
	}
}

func TestChangesOfAFirstRevisionAreNotTold(t *testing.T) {
	hasNot(t, dump(report.Compose(input(t, wording.Vietnamese))), "Phụ lục V")
}

// What only units gave otherwise is told by its cause; the table is the city's.
func TestChangesOfUnitsAlone(t *testing.T) {
	in := revised(t, wording.Vietnamese)
	var units []edition.Change
	for _, c := range in.Changes {
		if !c.IsCity() {
			units = append(units, c)
		}
	}
	if len(units) == 0 {
		t.Fatal("no unit changed")
	}
	in.Changes = units
	got := appendix(in)
	has(t, got, "Quận Một, tháng 6/2025: dùng bản khác của báo cáo")
	hasNot(t, got, "| ", "bản trước")
}
