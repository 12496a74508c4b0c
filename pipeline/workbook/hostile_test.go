package workbook

import (
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestHostileArchives holds small files that cost much against the promise: ten
// seconds and 256 MiB at most, and a refusal that names the budget.
func TestHostileArchives(t *testing.T) {
	const mib = 1 << 20
	row := `<row r="1"><c r="A1"><v>7</v></c></row>`
	many := small(row)
	for n := range 16 {
		many = many.with("xl/media/image"+strconv.Itoa(n)+".png", strings.Repeat("\x00", 9*mib))
	}
	// Each of a million cells leads to the one long text.
	var echo strings.Builder
	for n := 1; n <= 200_000; n++ {
		echo.WriteString(`<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c><c t="s"><v>0</v></c><c t="s"><v>0</v></c><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>`)
	}
	for what, test := range map[string]struct {
		book  parts
		limit string
	}{
		"sheet of blanks":    {small(strings.Repeat(" ", 20*mib) + row), "ratio"},
		"strings of blanks":  {small(row).with("xl/sharedStrings.xml", xmlHead+`<sst `+mainSpace+`>`+strings.Repeat(" ", 8*mib)+`</sst>`), "ratio"},
		"parts nobody reads": {many, "total"},
		"one text, often":    {small(echo.String()), "ratio"},
	} {
		data := test.book.zipped(t)
		if len(data) > 2*mib {
			t.Fatalf("%s: %d bytes are no small file", what, len(data))
		}
		test.book = nil
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begun := time.Now()
		_, err := Open(data, DefaultLimits())
		took := time.Since(begun)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s: opened", what)
			continue
		}
		if r := asRefusal(t, err); r.Code != WorkbookTooLarge || r.Limit != test.limit {
			t.Errorf("%s: %s, limit %q (%s), want %q", what, r.Code, r.Limit, r.Detail, test.limit)
		}
		if spent := (after.TotalAlloc - before.TotalAlloc) / mib; took > 10*time.Second || spent > 256 {
			t.Errorf("%s: %s and %d MiB", what, took, spent)
		}
	}
}

// TestNamesOfPartsLeadNowhere: a part's name is a key and never a path.
func TestNamesOfPartsLeadNowhere(t *testing.T) {
	row := `<row r="1"><c r="A1"><v>7</v></c></row>`
	for _, name := range []string{"../../../etc/passwd", "/etc/passwd", `..\..\a`, `C:\a`, "xl/../../a", "a\x00b"} {
		book, err := Open(small(row).with(name, "<a/>").zipped(t), DefaultLimits())
		if err != nil {
			_ = asRefusal(t, err)
			continue
		}
		if got := dump(book.Sheets[0]); got != "A1 number \"7\"\n" {
			t.Errorf("%q: %s", name, got)
		}
	}
	away := small(row).edit(t, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../../../../etc/passwd")
	if _, err := Open(away.zipped(t), DefaultLimits()); err == nil {
		t.Error("a relation leads out of the package")
	}
}
