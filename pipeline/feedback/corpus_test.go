package feedback_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/feedback"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/report"
	"tonghop/pipeline/workbook"
)

// Any workbook that the strict reader accepts comes back with every cell as it
// was, or is named as one that cannot be annotated. Of ordinary ones hardly any
// is.
func TestAnnotatesOrdinaryWorkbooks(t *testing.T) {
	const corpus = "../../../shared/corpus"
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpus of ordinary workbooks is not here")
	}
	const every = 15 // of them one is taken: all take a quarter of a minute
	seen, accepted, annotated := 0, 0, 0
	err := filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(strings.ToLower(filepath.Ext(path)), ".xls") {
			return err
		}
		if seen++; seen%every != 0 {
			return nil
		}
		if info, err := d.Info(); err != nil || info.Size() > 1<<20 {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		sent, err := workbook.Open(data, workbook.DefaultLimits())
		if err != nil {
			return nil
		}
		accepted++
		in := input(t)
		in.Findings = somewhere(t, sent)
		answer, err := feedback.Compose(in).Annotated(data)
		if err != nil {
			t.Logf("%s: %v", path, err)
			return nil
		}
		annotated++
		returned, err := workbook.Open(answer, workbook.DefaultLimits())
		if err != nil {
			t.Errorf("%s: the copy is refused: %v", path, err)
			return nil
		}
		if got := returned.Sheets[0].Name; !strings.HasPrefix(got, "Phản hồi") {
			t.Errorf("%s: the first sheet is %q", path, got)
		}
		sameCells(t, path, sent, returned)
		again, err := feedback.Compose(in).Annotated(answer)
		if err != nil {
			t.Errorf("%s: not annotated again: %v", path, err)
			return nil
		}
		if twice, err := workbook.Open(again, workbook.DefaultLimits()); err != nil || len(twice.Sheets) != len(returned.Sheets) {
			t.Errorf("%s: annotated twice it is another workbook: %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d annotated", annotated, accepted)
	if accepted == 0 || annotated*100 < accepted*95 {
		t.Errorf("only %d of %d were annotated", annotated, accepted)
	}
}

// somewhere finds fault with some cells of each sheet, stored ones and others.
func somewhere(t testing.TB, book *workbook.Book) []report.Finding {
	in := input(t)
	var all []report.Finding
	for _, s := range book.Sheets {
		refs := []workbook.Ref{{Row: 3, Col: 7}, {Row: 40, Col: 2}}
		for i := 0; i < len(s.Cells); i += 1 + len(s.Cells)/5 {
			refs = append(refs, s.Cells[i].Ref)
		}
		for _, ref := range refs {
			f := finding.New(finding.NumberUnreadable)
			f.Sheet, f.Cell, f.Row, f.Col, f.Raw = s.Name, ref.String(), ref.Row, ref.Col, "x"
			all = append(all, report.Finding{Finding: f, Sentence: in.Phrases.Finding(f, in.Phrases.FactsFrom(nil, f))})
		}
	}
	return all
}

// sameCells reports where a copy lost or changed a cell.
func sameCells(t *testing.T, name string, sent, returned *workbook.Book) {
	t.Helper()
	for _, s := range sent.Sheets {
		c := returned.Sheet(s.Name)
		if c == nil {
			t.Errorf("%s: sheet %q is gone", name, s.Name)
		} else if !slices.Equal(c.Cells, s.Cells) {
			t.Errorf("%s: sheet %q differs", name, s.Name)
		}
	}
}
