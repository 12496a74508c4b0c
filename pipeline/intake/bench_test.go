//go:build !race

// The race detector makes allocations of its own and keeps pools from keeping.

package intake

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
	"tonghop/templates"
)

// sampleReport is a form as a unit has filled it in, and what it is read against.
func sampleReport(t testing.TB) ([]byte, submission.File, *lexicon) {
	t.Helper()
	const path = "2025-06/gia-lam.xlsx"
	data, err := os.ReadFile(filepath.Join("..", "..", "inputs", filepath.FromSlash(path)))
	if err != nil {
		t.Skip("the sample workbooks are not here")
	}
	shipped, err := fs.Sub(templates.FS, "hanoi")
	if err != nil {
		t.Fatal(err)
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(shipped, "hanoi"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return data, hashed(submission.File{Path: path}, data), newLexicon(cat, period.Timetable{Zone: hanoi})
}

// Reading a form makes a bounded number of allocations, whatever the catalogue
// holds: what its words lead to is worked out once and not for each file.
func TestAllocations(t *testing.T) {
	data, file, words := sampleReport(t)
	const most = 1300
	got := testing.AllocsPerRun(20, func() {
		if r, _ := readBytes(file, data, words, workbook.DefaultLimits()); r.Submission == nil {
			t.Fatal(r.Findings)
		}
	})
	if got > most {
		t.Errorf("%v allocations a file, want %d at most", got, most)
	}
	t.Logf("%v allocations a file", got)
}

func BenchmarkRead(b *testing.B) {
	data, file, words := sampleReport(b)
	b.ReportAllocs()
	for b.Loop() {
		readBytes(file, data, words, workbook.DefaultLimits())
	}
}
