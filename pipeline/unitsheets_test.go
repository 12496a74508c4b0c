package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
)

func (o office) sheets(unit string, month period.Month, at time.Time) (pipeline.UnitSheets, []byte) {
	o.t.Helper()
	var one *catalogue.Unit
	if unit != "" {
		one, _ = o.Catalogue.Unit(unit)
	}
	sel := period.Selector{Kind: period.Fixed, Span: period.SpanOf(period.Monthly, month, period.Month{})}
	sheets, err := o.UnitSheets(context.Background(), one, sel, at, "")
	if err != nil {
		o.t.Fatal(err)
	}
	data, err := os.ReadFile(sheets.Path)
	if err != nil {
		o.t.Fatal(err)
	}
	return sheets, data
}

// A sheet names the newest revision only while it has its figures, is the same
// whenever it is drawn, and changes nothing that was published or recorded.
func TestUnitSheetsBesideRevisions(t *testing.T) {
	o := newOffice(t)
	o.send("a.xlsx", "HN-001", june, 10, 1)
	sheets, _ := o.sheets("HN-001", june, clock)
	if sheets.Standing != (report.Standing{}) {
		t.Errorf("nothing was published, and the sheet says %+v", sheets.Standing)
	}
	if _, err := os.Stat(o.State); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a sheet left something in the state: %v", err)
	}
	if want := filepath.Join(o.Outputs, "2025-06", "don-vi", "HN-001.pdf"); sheets.Path != want {
		t.Errorf("written to %s, want %s", sheets.Path, want)
	}

	published := o.mustRun(june)
	sheets, first := o.sheets("HN-001", june, clock.Add(time.Hour))
	if want := (report.Standing{Revision: 1, Same: true}); sheets.Standing != want {
		t.Errorf("published: %+v, want %+v", sheets.Standing, want)
	}
	if _, again := o.sheets("HN-001", june, clock.Add(48*time.Hour)); !bytes.Equal(first, again) {
		t.Error("the same figures drawn later are another file")
	}

	before := folder(t, published.Revision.Dir)
	o.send("b.xlsx", "HN-002", june, 20, 1)
	sheets, _ = o.sheets("HN-001", june, clock)
	if want := (report.Standing{Revision: 1}); sheets.Standing != want {
		t.Errorf("another report came: %+v, want %+v", sheets.Standing, want)
	}
	if after := folder(t, published.Revision.Dir); after != before {
		t.Error("the revision has changed")
	}
	if out := o.mustRun(june); out.Revision.Manifest.Revision != 2 {
		t.Errorf("the next revision is r%d, want r2", out.Revision.Manifest.Revision)
	}
}

// folder is the names and contents of a folder's files.
func folder(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(e.Name() + "\n" + string(data))
	}
	return all.String()
}

// All wards and communes, of which one has reported, each with a name that fills
// lines: the file is drawn, which it is not where anything leaves its margins.
func TestUnitSheetsOfAllWithLongNames(t *testing.T) {
	o := newShippedOffice(t)
	august := period.Month{Year: 2025, Number: time.August}
	o.send("a.xlsx", "HN-00004", august, 10, 1)
	for _, u := range o.Catalogue.Units {
		u.Name += " " + strings.Repeat("Thượng Phước Hạ", 8)
	}
	sheets, data := o.sheets("", august, time.Date(2025, 8, 20, 9, 0, 0, 0, time.UTC))
	if len(sheets.Units) < 126 {
		t.Errorf("sheets of %d units, want all wards and communes", len(sheets.Units))
	}
	if filepath.Base(sheets.Path) != "tat-ca.pdf" || !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Errorf("%s is no file of all units", sheets.Path)
	}
}

func TestNoSheetOfAUnitThatDoesNotReport(t *testing.T) {
	o := newShippedOffice(t)
	o.send("a.xlsx", "HN-001", june, 10, 1)
	ward, _ := o.Catalogue.Unit("HN-00004")
	sel := period.Selector{Kind: period.Fixed, Span: period.SpanOf(period.Monthly, june, period.Month{})}
	_, err := o.UnitSheets(context.Background(), ward, sel, clock, "")
	var unasked *pipeline.NotExpectedError
	if !errors.As(err, &unasked) || unasked.Unit != ward {
		t.Errorf("error %v, want that the ward does not report", err)
	}
	if _, err := os.Stat(o.Outputs); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was written all the same: %v", err)
	}
}
