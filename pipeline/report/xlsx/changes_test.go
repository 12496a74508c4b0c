package xlsx

import (
	"os"
	"strings"
	"testing"

	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary/summarytest"
	"tonghop/pipeline/wording"
)

// revised is the small summary as its third revision. Of what is printed for the
// city only a unit's and a group's figure changed as well.
func revised(t *testing.T, l wording.Language) Input {
	t.Helper()
	in := Input{Summary: summarytest.Summary(t), Words: phrases(t, l), Created: at, Draft: "DỰ THẢO – bản r3", Before: 2}
	for _, i := range in.Summary.Catalogue.Indicators {
		i.CityOnly = i.Code == "VU"
	}
	known := func(text string) *edition.Figure {
		return &edition.Figure{Value: &edition.Decimal{Number: figure.MustParse(text)}, State: "known"}
	}
	judged := func(text, verdict string) *edition.Figure {
		f := known(text)
		f.Target, f.Comparator, f.Verdict = &edition.Decimal{Number: figure.Int(1200)}, ">=", verdict
		return f
	}
	state := func(s string) *edition.Figure { return &edition.Figure{State: s} }
	late := edition.Cause{Why: edition.Late, Unit: "U-1", Month: june, File: "2025-06/u-1.xlsx"}
	decided := edition.Cause{Why: edition.Decided, Unit: "U-2", Month: june.Add(-1), Decision: "=QD-1"}
	change := func(code, unit, group string, span period.SpanKind, before, now *edition.Figure, causes ...edition.Cause) edition.Change {
		return edition.Change{Key: edition.Key{Indicator: code, Unit: unit, Group: group, Span: span}, Old: before, New: now, Causes: causes}
	}
	in.Changes = []edition.Change{
		change("VU", "", "", period.Monthly, known("51"), known("52"), late),
		change("VU", "U-1", "", period.Monthly, known("41"), known("42"), late),
		change("VU", "", "Cụm 1", period.Monthly, known("41"), known("42"), late),
		change("HO", "", "Cụm 1", period.Monthly, known("-9"), state("none"), late, decided),
		change("HO", "U-2", "", period.Monthly, state("refused"), known("3"), decided),
		change("LD", "", "", period.YearToDate, judged("1199", "behind"), judged("1201", "on_track"), late),
		change("TL_NU", "U-1", "", period.Monthly, known("73.170731"), known("73.170732"), edition.Cause{Why: edition.Program}),
		change("CU", "", "", period.Monthly, known("1.5"), nil, edition.Cause{Why: edition.Definition}),
	}
	return in
}

// changesSheet is the dump of the sheet alone.
func changesSheet(t *testing.T, in Input) string {
	t.Helper()
	return sheetOf(dump(t, open(t, draw(t, in))), sheetChanges)
}

func TestChangesGolden(t *testing.T) {
	for _, l := range wording.Languages {
		got := changesSheet(t, revised(t, l))
		golden := "testdata/changes." + string(l) + ".txt"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s differs (-update rewrites it):\n%s", golden, firstDifference(got, string(want)))
		}
	}
}

func TestAFirstRevisionHasNoChanges(t *testing.T) {
	if sheet := changesSheet(t, sample(t)); sheet != "" {
		t.Errorf("there is a sheet of changes:\n%s", sheet)
	}
}

// Where only what is not printed changed, the list is empty and says so.
func TestNothingOfTheChangesIsPrinted(t *testing.T) {
	in := revised(t, wording.Vietnamese)
	in.Changes = in.Changes[1:3]
	if sheet := changesSheet(t, in); strings.Contains(sheet, "VU") || !strings.Contains(sheet, wordsOf(wording.Vietnamese).none) {
		t.Errorf("the sheet is\n%s", sheet)
	}
}
