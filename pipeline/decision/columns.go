package decision

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/naming"
	"tonghop/pipeline/period"
	"tonghop/pipeline/table"
	"tonghop/pipeline/vietnamese"
)

// Name is what the table of decisions is called.
const Name = "decisions"

// Headers are the columns as the office reads them, in the order of the table.
var Headers = []string{
	"Số", "Ngày", "Người quyết định", "Loại", "Kỳ", "Đơn vị", "Chỉ tiêu", "Tệp",
	"Giá trị cũ", "Giá trị mới", "Căn cứ", "Xác nhận",
	"Người ký", "Thẩm quyền ký", "Chức vụ", "Số văn bản", "Ngày văn bản", "Người lập biểu", "Người kiểm tra",
}

// signing are the columns that only SignOff uses.
var signing = []string{"signer", "authority", "title", "number", "dated", "prepared_by", "checked_by"}

// The words of the column "Xác nhận".
const (
	Waiting   = "chờ"
	Available = "đã có"
)

var idPattern = table.Pattern{Regexp: regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}./_-]*$`), Example: "QD-1"}

// columns declares the table for a catalogue.
func columns(cat *catalogue.Catalogue) []table.Column[Decision] {
	unit := unitFinder(cat)
	return []table.Column[Decision]{
		table.Col("id", table.Must, func(d *Decision, c table.Cell) { d.ID = c.Match(idPattern) }),
		table.Col("date", table.Must, func(d *Decision, c table.Cell) { d.Date, _, _ = day(c) }),
		table.Col("by", table.Must, func(d *Decision, c table.Cell) { d.By = c.Text }),
		table.Col("kind", table.Must, func(d *Decision, c table.Cell) { d.Kind = kind(c) }),
		table.Col("period", table.May, func(d *Decision, c table.Cell) { d.Period, d.Span = months(c, d.Kind) }),
		table.Col("unit", table.May, func(d *Decision, c table.Cell) { d.Unit = unit(c, d.Period) }),
		table.Col("indicator", table.May, func(d *Decision, c table.Cell) { d.Indicator = indicator(c, cat) }),
		table.Col("file", table.May, func(d *Decision, c table.Cell) { d.File = c.Text }),
		table.Col("old_value", table.May, func(d *Decision, c table.Cell) { d.Old.Raw = c.Text }),
		table.Col("new_value", table.May, func(d *Decision, c table.Cell) { d.New.Raw = c.Text }),
		table.Col("basis", table.Must, func(d *Decision, c table.Cell) { d.Basis = c.Text }),
		table.Col("confirmed", table.May, func(d *Decision, c table.Cell) { d.Confirmed = confirmed(c) }),
		table.Col("signer", table.May, func(d *Decision, c table.Cell) { d.Signature.Signer = c.Text }),
		table.Col("authority", table.May, func(d *Decision, c table.Cell) { d.Signature.Authority = authority(c) }),
		table.Col("title", table.May, func(d *Decision, c table.Cell) { d.Signature.Title = c.Text }),
		table.Col("number", table.May, func(d *Decision, c table.Cell) { d.Signature.Number = c.Text }),
		table.Col("dated", table.May, func(d *Decision, c table.Cell) { d.Signature.Dated, _, _ = day(c) }),
		table.Col("prepared_by", table.May, func(d *Decision, c table.Cell) { d.Signature.PreparedBy = c.Text }),
		table.Col("checked_by", table.May, func(d *Decision, c table.Cell) { d.Signature.CheckedBy = c.Text }),
	}
}

// form is the table with its Vietnamese names beside the English ones.
var form = func() table.Form {
	f := table.FormOf(Name, columns(nil))
	f.Aliases = map[string]string{}
	for i, header := range Headers {
		f.Aliases[vietnamese.Fold(header)] = f.Columns[i]
	}
	return f
}()

// Header is what the office calls a column.
func Header(column string) string {
	if i := slices.Index(form.Columns, column); i >= 0 {
		return Headers[i]
	}
	return column
}

// Columns are the English names of the columns, in order.
func Columns() []string { return slices.Clone(form.Columns) }

func kind(c table.Cell) Kind {
	folded := vietnamese.Fold(c.Text)
	words := make([]string, 0, len(Kinds))
	for k, word := range kindWords {
		if folded == vietnamese.Fold(word) || strings.EqualFold(c.Text, string(k)) {
			return k
		}
	}
	for _, k := range Kinds {
		words = append(words, k.Vietnamese())
	}
	want := strings.Join(words, " | ")
	if near := table.Meant(c.Text, words); near != "" {
		want = near
	}
	c.Wrong(want, table.Because("không phải loại quyết định đã biết", "is not a kind of decision"))
	return ""
}

// months reads a period: a month, or what a whole report is about.
func months(c table.Cell, k Kind) (period.Month, period.Span) {
	if k.AboutReports() {
		if selector, err := period.ParseSelector(c.Text); err == nil && selector.Kind == period.Fixed {
			return selector.Span.To, selector.Span
		}
	}
	m := c.TypedMonth()
	return m, period.SpanOf(period.Monthly, m, period.Month{})
}

// authority reads by what authority somebody signs: for a collective (TM.), in
// place of the head (KT.), on the order of the head (TL.), by proxy (TUQ.), or in
// their own right.
func authority(c table.Cell) string {
	if c.Text == OwnRight || slices.Contains([]string{"khong", "none"}, vietnamese.Fold(c.Text)) {
		return OwnRight
	}
	for _, known := range []string{"TM", "KT", "TL", "TUQ"} {
		if rest, ok := strings.CutPrefix(strings.ToUpper(c.Text), known); ok && (rest == "" || rest[0] == '.' || rest[0] == ' ') {
			return strings.TrimSpace(known + ". " + strings.TrimSpace(strings.TrimLeft(c.Text[len(known):], ". ")))
		}
	}
	c.Wrong("TM. BAN THƯỜNG VỤ | KT. CHỦ TỊCH | không", table.Because("phải bắt đầu bằng TM., KT., TL. hoặc TUQ., hoặc là “không”", "must begin with TM., KT., TL. or TUQ., or be “none”"))
	return ""
}

// revision reads "r2"; 0 where nothing is said.
func revision(c table.Cell) int {
	n, err := strconv.ParseUint(strings.TrimPrefix(strings.ToLower(c.Text), "r"), 10, 31)
	if err != nil && c.Text != "" {
		c.Wrong("r2", table.Because("không phải số của bản báo cáo", "is not a revision"))
	}
	return int(n)
}

var (
	dayFirst = regexp.MustCompile(`^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$`)
	clock    = regexp.MustCompile(`^([0-9]{1,2})(?:h|:|giờ ?)([0-9]{2})?(?::00)?$`)
)

// day reads 2025-06-17 or 17/6/2025, and an hour after it: 17:00, 17h30. The
// hour is -1 where there is none.
func day(c table.Cell) (d period.Date, hour, minute int) {
	hour = -1
	date, rest, _ := strings.Cut(strings.Replace(c.Text, "T", " ", 1), " ")
	if m := dayFirst.FindStringSubmatch(date); m != nil {
		date = m[3] + "-" + twoDigits(m[2]) + "-" + twoDigits(m[1])
	}
	if rest = strings.TrimSpace(rest); rest != "" {
		m := clock.FindStringSubmatch(rest)
		if m != nil {
			hour, _ = strconv.Atoi(m[1])
			minute, _ = strconv.Atoi(m[2])
		}
		if m == nil || hour > 23 || minute > 59 {
			c.Wrong("2025-06-20 17:00", table.Because("giờ chưa rõ", "the hour is not clear"))
			return d, -1, 0
		}
	}
	return c.Part(date).Date(), hour, minute
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// unitFinder returns what reads the column of units: by id, else by code or as
// the unit's own reports may name it, among those there were in the month.
// Names and codes come back, so where that leaves two it is asked.
func unitFinder(cat *catalogue.Catalogue) func(table.Cell, period.Month) string {
	among := map[period.Month]naming.Units{}
	in := func(m period.Month) naming.Units {
		names, made := among[m]
		if !made {
			names = naming.Among(unitsIn(cat, m))
			among[m] = names
		}
		return names
	}
	return func(c table.Cell, m period.Month) string {
		for _, u := range cat.Units {
			if strings.EqualFold(u.ID, c.Text) {
				return u.ID
			}
		}
		answer := in(m).Find(c.Text)
		if len(answer.Units) == 0 && !m.IsZero() {
			answer = in(period.Month{}).Find(c.Text)
		}
		switch len(answer.Units) {
		case 1:
			return answer.Units[0].ID
		case 0:
			c.Wrong(titles(answer.Near, false), table.Because("không có đơn vị này trong danh mục", "there is no such unit"))
		default:
			c.Wrong(titles(answer.Units, true), table.Because("tên này chỉ nhiều đơn vị; hãy ghi mã", "this name means several units; write the id"))
		}
		return ""
	}
}

// unitsIn are the units of a month, all where it is not known. The days are
// those of either window, for a table of decisions knows no setting: what is
// clear by one of them only is asked.
func unitsIn(cat *catalogue.Catalogue, m period.Month) []*catalogue.Unit {
	if m.IsZero() {
		return cat.Units
	}
	days := period.Window{From: period.Scheme15to14.Window(m).From, To: period.SchemeCalendar.Window(m).To}
	return slices.DeleteFunc(slices.Clone(cat.Units), func(u *catalogue.Unit) bool { return !u.ValidDuring(days) })
}

// titles lists units to choose from; by their ids where their names are alike.
func titles(units []*catalogue.Unit, byID bool) string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.Title()
		if byID {
			names[i] = u.ID
		}
	}
	return strings.Join(names, " | ")
}

func indicator(c table.Cell, cat *catalogue.Catalogue) string {
	// The workbook's list offers "CT02_LD – Số lao động …".
	text, _, _ := strings.Cut(c.Text, " – ")
	if i, ok := cat.Named(text); ok { // by its present code, also where the row has an older one
		if i.Kind == catalogue.Derived {
			c.Wrong(strings.Join(i.Formula.Terms(), " | "), table.Because("chỉ tiêu này được tính từ chỉ tiêu khác", "this indicator is computed from others"))
			return ""
		}
		return i.Code
	}
	var codes []string
	for _, i := range cat.Indicators {
		codes = append(codes, i.Code)
	}
	c.Wrong(table.Meant(text, codes), table.Because("không có chỉ tiêu này trong danh mục", "there is no such indicator"))
	return ""
}

func confirmed(c table.Cell) bool {
	switch vietnamese.Fold(c.Text) {
	case vietnamese.Fold(Available), "co", "yes":
		return true
	case vietnamese.Fold(Waiting), "chua", "no":
		return false
	}
	c.Wrong(Waiting+" | "+Available, table.Because("không phải giá trị cho phép", "is not one of the allowed values"))
	return false
}

// code reads the code of a finding.
func code(c table.Cell) string {
	if finding.Code(c.Text).Known() {
		return c.Text
	}
	var all []string
	for _, d := range finding.Definitions {
		all = append(all, string(d.Code))
	}
	c.Wrong(table.Meant(c.Text, all), table.Because("không có mã lỗi này", "there is no such finding"))
	return ""
}
