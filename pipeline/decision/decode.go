package decision

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/table"
)

// Rows is what a table of decisions holds.
type Rows struct {
	Decisions []Decision
	Problems  []table.Problem
	// IDs are those that stand in the table, by the index of their row, whether
	// or not the row gives a decision.
	IDs map[int]string
	// Repeated are the rows that would be decisions but for another row of the same
	// id: one of them may have been taken in before.
	Repeated []Decision
}

// Decode reads the rows of a table. The header is the first row that names
// several columns: titles may stand above it. A row with a problem gives no
// decision, and no other row is touched by it; two rows with one id are both
// problems, for nobody here knows which was meant. Where a required column is
// missing there is no decision at all.
//
// Place, of the decisions, holds the index of the row in Rows; the caller knows
// the file.
func Decode(t table.Table, cat *catalogue.Catalogue) Rows {
	t.Name = Name
	t.Rows = slices.Clone(t.Rows)
	for i := range header(t.Rows) {
		t.Rows[i] = nil // a title is no header; the places of the other rows stay
	}
	layout := table.Layout{form}
	l := table.NewLoader(layout.FromTables([]table.Table{t}, ""))
	entries := table.Decode(l, Name, columns(cat))
	rows := Rows{IDs: map[int]string{}}
	ids := map[string][]table.Entry[Decision]{}
	for _, e := range entries {
		ids[e.Value.ID] = append(ids[e.Value.ID], e)
		rows.IDs[e.Row()] = e.Value.ID
	}
	for _, e := range entries {
		if e.Sound() {
			check(e, cat)
		}
		if same := ids[e.Value.ID]; len(same) > 1 && e.Value.ID != "" {
			other := same[0]
			if other.Row() == e.Row() {
				other = same[1]
			}
			if e.Sound() {
				rows.Repeated = append(rows.Repeated, taken(e))
			}
			e.Wrong("id", "", table.Because("số này còn ở %s", "this id is also in %s", other.Where("id")))
		}
	}
	rows.Problems = l.Problems()
	if l.Lacks(Name) {
		return rows
	}
	for _, e := range entries {
		if !e.Sound() {
			continue
		}
		rows.Decisions = append(rows.Decisions, taken(e))
	}
	return rows
}

// taken is a row as it is taken in.
func taken(e table.Entry[Decision]) Decision {
	d := *e.Value
	d.Place.Row = e.Row()
	d.Canonical = line(e.Canonical())
	return d
}

// Parse reads a row again from its canonical text: as it was taken in. There is
// a decision or a problem, which arises where the catalogue no longer knows what
// the row names.
func Parse(canonical string, cat *catalogue.Catalogue) (Decision, []table.Problem) {
	t, _, problems := table.ReadCSV(Name+".csv", []byte(strings.Join(form.Columns, ",")+"\n"+canonical+"\n"))
	if len(problems) > 0 {
		return Decision{}, problems
	}
	rows := Decode(t, cat)
	if len(rows.Decisions) != 1 {
		return Decision{}, rows.Problems
	}
	d := rows.Decisions[0]
	d.Place = Place{}
	return d, nil
}

// enough columns named in one row make it a header.
const enough = 4

// header finds the header row; 0 where no row looks like one.
func header(rows [][]string) int {
	const furthest = 20
	for i := range min(len(rows), furthest) {
		if form.Recognises(rows[i]) >= enough {
			return i
		}
	}
	return 0
}

// Canonical writes a row, given by column, as a line that Parse reads.
func Canonical(cells map[string]string) string {
	row := make([]string, len(form.Columns))
	for i, column := range form.Columns {
		row[i] = table.Clean(cells[column])
	}
	return line(row)
}

// line is a row as CSV, without the empty cells at its end: a row that was taken
// in before the table had its last columns is still the same row.
func line(row []string) string {
	return Trimmed(strings.TrimSuffix(string(table.Table{Rows: [][]string{row}}.CSV()), "\n"))
}

// Trimmed takes the empty cells at the end away from a row that was recorded
// with them. A quoted cell ends with its quote.
func Trimmed(canonical string) string { return strings.TrimRight(canonical, ",") }

// Looks reports whether a sheet's rows look like a table of decisions.
func Looks(rows [][]string) bool {
	h := header(rows)
	return h < len(rows) && form.Recognises(rows[h]) >= enough
}

// check holds a row against its kind: what it needs and what must be empty.
func check(e table.Entry[Decision], cat *catalogue.Catalogue) {
	d := e.Value
	d.Hour = -1
	need := func(columns ...string) {
		for _, column := range columns {
			if e.Text(column) == "" {
				e.Wrong(column, "", table.Because("loại “%[1]s” cần cột này", "kind %[2]s needs this column", d.Kind.Vietnamese(), d.Kind))
			}
		}
	}
	empty := func(columns ...string) {
		e.KeepEmpty(table.Because("loại “%[1]s” không dùng cột này", "kind %[2]s does not use this column", d.Kind.Vietnamese(), d.Kind), columns...)
	}
	switch d.Kind {
	case Correction:
		need("period", "unit", "indicator", "new_value")
		empty("file")
	case Paper:
		need("period", "unit", "indicator", "new_value")
		empty("file", "old_value")
	case Explanation:
		need("period", "unit")
		empty("file")
		if d.New.Given() {
			d.Code = code(e.Cell("new_value"))
		} else if d.Indicator == "" {
			e.Wrong("indicator", "", table.Because("cần chỉ tiêu, hoặc mã lỗi ở cột giá trị mới", "needs an indicator, or the code of a finding as new value"))
		}
	case Choose:
		need("period", "unit", "file")
		empty("indicator", "old_value", "new_value")
		checkFile(e)
	case Discard:
		need("file")
		empty("indicator", "old_value", "new_value")
		checkFile(e)
	case Extend:
		need("period", "unit", "new_value")
		empty("indicator", "file", "old_value")
		if d.New.Given() {
			d.Until, d.Hour, d.Minute = day(e.Cell("new_value"))
		}
	case Close:
		need("period", "unit")
		empty("indicator", "file", "old_value", "new_value")
	case Withdraw:
		need("old_value")
		empty("indicator", "file", "new_value")
		if d.Withdraws = d.Old.Raw; d.Withdraws == d.ID {
			e.Wrong("old_value", "", table.Because("một quyết định không thể tự rút", "a decision cannot withdraw itself"))
		}
	case SignOff:
		need("period", "signer", "title", "number", "dated")
		empty("unit", "indicator", "file", "new_value")
		d.Revision = revision(e.Cell("old_value"))
		d.Signature.Decision = d.ID
	case Reopen:
		need("period")
		empty("unit", "indicator", "file", "old_value", "new_value")
	}
	if d.Kind != SignOff {
		empty(signing...)
	}
	if d.Kind == Correction || d.Kind == Paper || d.Kind == Explanation {
		checkAsked(e, cat)
	}
	if d.Kind == Correction && d.Old.Given() && d.Old.Raw == d.New.Raw {
		e.Wrong("new_value", "", table.Because("giống giá trị cũ", "is the old value"))
	}
}

// checkAsked refuses a unit that the period has no answer of.
func checkAsked(e table.Entry[Decision], cat *catalogue.Catalogue) {
	d := e.Value
	u, ok := cat.Unit(d.Unit)
	i, known := cat.Indicator(d.Indicator)
	if ok && known && !i.AskedOfUnit(u) {
		e.Wrong("indicator", "", table.Because("%s không được hỏi chỉ tiêu này", "%s is not asked for this indicator", u.Title()))
	}
}

func checkFile(e table.Entry[Decision]) {
	const shortest = 8
	file := e.Value.File
	if file != "" && len(file) < shortest && !strings.ContainsAny(file, "./\\") {
		e.Wrong("file", "2025-06/ba-dinh.xlsx", table.Because("cần đường dẫn của tệp trong thư mục nhận, hoặc ít nhất %d ký tự đầu của mã sha256", "needs the file's path among the inputs, or at least %d digits of its sha256", shortest))
	}
}
