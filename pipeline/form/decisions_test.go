package form_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
	tables "tonghop/pipeline/table"
	"tonghop/pipeline/workbook"
)

func officeBook(t *testing.T) (form.DecisionsInput, []byte) {
	t.Helper()
	in := form.DecisionsInput{
		Catalogue: june(t).Catalogue, Months: []period.Month{{Year: 2025, Number: 5}, {Year: 2025, Number: 6}},
		Created: time.Date(2025, 6, 14, 0, 0, 0, 0, time.UTC),
	}
	data, err := form.Decisions(in)
	if err != nil {
		t.Fatal(err)
	}
	return in, data
}

func sheetRows(s *workbook.Sheet) [][]string {
	var rows [][]string
	for _, c := range s.Cells {
		for len(rows) < c.Ref.Row {
			rows = append(rows, nil)
		}
		for len(rows[c.Ref.Row-1]) < c.Ref.Col {
			rows[c.Ref.Row-1] = append(rows[c.Ref.Row-1], "")
		}
		rows[c.Ref.Row-1][c.Ref.Col-1] = c.Raw
	}
	return rows
}

// The workbook is read back by the strict reader, its first sheet and no other
// looks like the table, and it holds no row yet.
func TestOfficeWorkbookIsTheTable(t *testing.T) {
	in, data := officeBook(t)
	book, err := workbook.Open(data, workbook.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range book.Sheets {
		if got := decision.Looks(sheetRows(s)); got != (i == 0) {
			t.Errorf("sheet %s looks like the table: %v", s.Name, got)
		}
	}
	rows := sheetRows(book.Sheets[0])
	if len(rows) != 1 || !slices.Equal(rows[0], decision.Headers) {
		t.Errorf("the table holds %v", rows)
	}
	if again, err := form.Decisions(in); err != nil || !bytes.Equal(again, data) {
		t.Errorf("another time, other bytes: %v", err)
	}
}

// Whatever is picked from a list is understood.
func TestEveryChoiceOfTheOfficeWorkbookIsUnderstood(t *testing.T) {
	in, data := officeBook(t)
	book, err := workbook.Open(data, workbook.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	lists := sheetRows(book.Sheet(form.SheetLists))
	columns := map[string]int{"Danh sách loại": 3, "Danh sách kỳ": 4, "Danh sách đơn vị": 5, "Danh sách chỉ tiêu": 6, "Danh sách xác nhận": 11, "Danh sách thẩm quyền": 13}
	seen := 0
	for col, title := range lists[0] {
		at, ok := columns[title]
		if !ok {
			t.Fatalf("a list %q", title)
		}
		for _, row := range lists[1:] {
			if col >= len(row) || row[col] == "" {
				continue
			}
			seen++
			cells := []string{"QD-1", "2025-06-17", "Lan", "giải trình", "2025-06", in.Catalogue.Units[0].ID, "", "", "", "", "gọi", "", "", ""}
			if title == "Danh sách thẩm quyền" { // of one kind alone
				cells[3], cells[5] = "chốt kỳ", ""
			}
			cells[at] = row[col]
			got := decision.Decode(tables.Table{Rows: [][]string{decision.Headers, cells}}, in.Catalogue)
			for _, p := range got.Problems {
				if p.Got == row[col] && p.Column == decision.Columns()[at] && p.MessageEN != "" && !asked(p) {
					t.Errorf("%s: %s", row[col], p.Error())
				}
			}
		}
	}
	if want := len(decision.Kinds) + 2 + 2 + len(in.Catalogue.Units); seen <= want {
		t.Errorf("only %d choices", seen)
	}
}

// asked leaves aside that the first unit is not asked for every indicator.
func asked(p tables.Problem) bool { return p.Column == "indicator" && p.Want == "" }
