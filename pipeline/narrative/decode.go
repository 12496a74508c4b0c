package narrative

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/naming"
	"tonghop/pipeline/table"
	"tonghop/pipeline/vietnamese"
)

// Rows is what a table holds.
type Rows struct {
	Text
	Problems []table.Problem
}

// lineBreak stands for a line break while the table is decoded, whose cells are
// single lines.
const lineBreak = "\u2029"

var breaks = strings.NewReplacer("\r\n", lineBreak, "\n", lineBreak, "\r", lineBreak, "\t", " ")

// Decode reads the rows of a table for a period with these units, in catalogue
// order. Titles may stand above the header. A row with a problem is not used,
// the others are; a row that was prepared and not filled in says nothing. Place
// holds the index of the row in Rows; the caller knows the file.
func Decode(t table.Table, cat *catalogue.Catalogue, units []*catalogue.Unit) Rows {
	t.Name = Name
	t.Rows = slices.Clone(t.Rows)
	for i := range header(t.Rows) {
		t.Rows[i] = nil // a title is no header; the places of the other rows stay
	}
	for i, row := range t.Rows {
		t.Rows[i] = slices.Clone(row)
		for j, cell := range row {
			t.Rows[i][j] = breaks.Replace(cell)
		}
	}
	l := table.NewLoader(table.Layout{form}.FromTables([]table.Table{t}, ""))
	var rows Rows
	for _, e := range table.Decode(l, Name, columns(reader{cat, naming.Among(units), units})) {
		if e.Sound() && !l.Lacks(Name) && filled(e) {
			check(e, cat)
			if e.Sound() {
				e.Value.Place.Row = e.Row()
				rows.Rows = append(rows.Rows, *e.Value)
			}
		}
	}
	rows.Problems = l.Problems()
	return rows
}

// enough columns named in one row make it a header.
const enough = 3

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

// Looks reports whether a sheet's rows look like the table.
func Looks(rows [][]string) bool {
	h := header(rows)
	return h < len(rows) && form.Recognises(rows[h]) >= enough
}

// filled reports whether a row says anything: the office's workbook has rows
// prepared.
func filled(e table.Entry[Written]) bool {
	switch e.Value.Part {
	case Print:
		return e.Text("about") != "" || e.Text("unit") != "" || e.Text("text") != ""
	case Approve:
		return e.Value.Consent
	}
	return e.Text("text") != ""
}

// check holds a row against its part: what it needs and what must be empty.
func check(e table.Entry[Written], cat *catalogue.Catalogue) {
	w := e.Value
	need := func(columns ...string) {
		for _, column := range columns {
			if e.Text(column) == "" {
				e.Wrong(column, "", table.Because("phần “%[1]s” cần cột này", "part %[2]s needs this column", w.Part.Vietnamese(), w.Part))
			}
		}
	}
	empty := func(columns ...string) {
		e.KeepEmpty(table.Because("phần “%[1]s” không dùng cột này", "part %[2]s does not use this column", w.Part.Vietnamese(), w.Part), columns...)
	}
	ind, isIndicator := cat.Indicator(w.About)
	switch w.Part {
	case Direction, Assessment, Outlook, Proposals:
		empty("about", "unit")
	case Cause, Remedy:
		need("about")
		empty("unit")
		if w.About != "" && !isIndicator {
			e.Wrong("about", "", table.Because("phần này cần một chỉ tiêu, không phải chương trình", "this part needs an indicator, not a programme"))
		}
	case Print:
		need("about", "unit")
		empty("text", "consent")
		if w.About != "" && (!isIndicator || ind.Type != catalogue.Prose) {
			e.Wrong("about", strings.Join(prose(cat, w.About), " | "), table.Because("không phải chỉ tiêu trả lời bằng lời", "is not answered in prose"))
		}
	case Approve:
		need("about", "unit", "text")
		if w.Unit == EveryUnit {
			e.Wrong("unit", "", table.Because("duyệt in phải ghi từng đơn vị", "each unit’s text is agreed to by itself"))
		}
	}
}

// prose are the indicators answered in prose, of the named programme or of that
// of the named indicator first of all.
func prose(cat *catalogue.Catalogue, about string) []string {
	programme := about
	if ind, ok := cat.Indicator(about); ok {
		programme = ind.Programme
	}
	var near, all []string
	for _, i := range cat.Indicators {
		if i.Type != catalogue.Prose {
			continue
		}
		all = append(all, i.Code)
		if i.Programme == programme {
			near = append(near, i.Code)
		}
	}
	if len(near) > 0 {
		return near
	}
	return all
}

// reader gives cells their meaning in a catalogue.
type reader struct {
	cat     *catalogue.Catalogue
	names   naming.Units
	current []*catalogue.Unit
}

func columns(r reader) []table.Column[Written] {
	return []table.Column[Written]{
		table.Col("part", table.Must, func(w *Written, c table.Cell) { w.Part = part(c) }),
		table.Col("about", table.May, func(w *Written, c table.Cell) { w.About = r.about(c) }),
		table.Col("unit", table.May, func(w *Written, c table.Cell) { w.Unit = r.unit(c) }),
		table.Col("text", table.May, func(w *Written, c table.Cell) { w.Paragraphs = paragraphs(c.Text) }),
		table.Col("consent", table.May, func(w *Written, c table.Cell) { w.Consent = consent(c) }),
	}
}

func paragraphs(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, lineBreak) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// part reads a part by its words, with or without the numeral, by the numeral
// alone, or by its English name.
func part(c table.Cell) Part {
	folded := vietnamese.Fold(c.Text)
	var words []string
	for _, p := range Parts {
		numeral, title, numbered := strings.Cut(p.Vietnamese(), ". ")
		switch {
		case folded == vietnamese.Fold(p.Vietnamese()), strings.EqualFold(c.Text, string(p)),
			numbered && (folded == vietnamese.Fold(title) || folded == vietnamese.Fold(numeral)):
			return p
		}
		words = append(words, p.Vietnamese())
	}
	want := strings.Join(words, " | ")
	if near := table.Meant(c.Text, words); near != "" {
		want = near
	} else if i := slices.IndexFunc(words, func(word string) bool { return folded != "" && strings.Contains(vietnamese.Fold(word), folded) }); i >= 0 {
		want = words[i]
	}
	c.Wrong(want, table.Because("không phải phần đã biết của báo cáo", "is no known part of the report"))
	return ""
}

// about reads the code of an indicator or of a programme.
func (r reader) about(c table.Cell) string {
	// The workbook's list offers "CT02_LD – Số lao động …".
	text, _, _ := strings.Cut(c.Text, " – ")
	var codes []string
	for _, i := range r.cat.Indicators {
		if strings.EqualFold(i.Code, text) {
			return i.Code
		}
		codes = append(codes, i.Code)
	}
	for _, p := range r.cat.Programmes {
		if strings.EqualFold(p.Code, text) || p.Number != "" && strings.EqualFold(p.Number, text) {
			return p.Code
		}
		codes = append(codes, p.Code)
	}
	c.Wrong(table.Meant(text, codes), table.Because("không có chỉ tiêu hoặc chương trình này trong danh mục", "there is no such indicator or programme"))
	return ""
}

// unit reads a unit by its id or code, or as its own reports may name it.
func (r reader) unit(c table.Cell) string {
	if folded := vietnamese.Fold(c.Text); folded == "tat ca" || folded == "all" || c.Text == EveryUnit {
		return EveryUnit
	}
	for _, u := range r.current {
		if strings.EqualFold(u.ID, c.Text) || u.Code != "" && u.Code == c.Text {
			return u.ID
		}
	}
	answer := r.names.Find(c.Text)
	switch len(answer.Units) {
	case 1:
		return answer.Units[0].ID
	case 0:
		c.Wrong(listed(answer.Near, (*catalogue.Unit).Title), table.Because("không có đơn vị này trong kỳ", "there is no such unit in the period"))
	default:
		c.Wrong(listed(answer.Units, func(u *catalogue.Unit) string { return u.ID }),
			table.Because("tên này chỉ nhiều đơn vị; hãy ghi mã", "this name means several units; write the id"))
	}
	return ""
}

func listed(units []*catalogue.Unit, name func(*catalogue.Unit) string) string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = name(u)
	}
	return strings.Join(names, " | ")
}

// The words of the column "Đồng ý in".
const (
	Agreed = "có"
	Denied = "không"
)

func consent(c table.Cell) bool {
	switch vietnamese.Fold(c.Text) {
	case vietnamese.Fold(Agreed), "dong y", "yes":
		return true
	case vietnamese.Fold(Denied), "khong dong y", "no":
		return false
	}
	c.Wrong(Agreed+" | "+Denied, table.Because("phải là có hoặc không", "must be yes or no"))
	return false
}
