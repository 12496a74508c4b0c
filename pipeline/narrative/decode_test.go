package narrative

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/table"
	"tonghop/templates"
)

func shipped(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	dir, err := fs.Sub(templates.FS, "hanoi")
	if err != nil {
		t.Fatal(err)
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(dir, "hanoi"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return cat
}

func decode(t testing.TB, cat *catalogue.Catalogue, rows ...[]string) Rows {
	t.Helper()
	all := append([][]string{{"LỜI VĂN BÁO CÁO"}, nil, Headers}, rows...)
	if !Looks(all) {
		t.Fatal("the table is not recognised")
	}
	return Decode(table.Table{Name: "Lời văn", Rows: all}, cat, cat.Units)
}

func TestDecode(t *testing.T) {
	cat := shipped(t)
	for _, c := range []struct {
		row  []string
		want Written // the problem free row
	}{
		{[]string{"I. Công tác chỉ đạo", "", "", "một\r\nhai\n\n ba ", ""}, Written{Part: Direction, Paragraphs: []string{"một", "hai", "ba"}}},
		{[]string{"cong tac chi dao", "", "", "x", "có"}, Written{Part: Direction, Paragraphs: []string{"x"}, Consent: true}},
		{[]string{"IV", "", "", "x", "không"}, Written{Part: Outlook, Paragraphs: []string{"x"}}},
		{[]string{"proposals", "", "", "x"}, Written{Part: Proposals, Paragraphs: []string{"x"}}},
		{[]string{"Nguyên nhân", "ct02_ld – Số lao động", "", "x"}, Written{Part: Cause, About: "CT02_LD", Paragraphs: []string{"x"}}},
		{[]string{"Giải pháp", "CT01_TL_BD", "", "x"}, Written{Part: Remedy, About: "CT01_TL_BD", Paragraphs: []string{"x"}}},
		{[]string{"In nội dung của đơn vị", "CT07_GP1_ND", "Tất cả"}, Written{Part: Print, About: "CT07_GP1_ND", Unit: EveryUnit}},
		{[]string{"In nội dung của đơn vị", "CT07_GP1_ND", "Q. Ba Đình"}, Written{Part: Print, About: "CT07_GP1_ND", Unit: "HN-001"}},
		{[]string{"Duyệt in", "CT02", "HN-001", "x", "có"}, Written{Part: Approve, About: "CT02", Unit: "HN-001", Paragraphs: []string{"x"}, Consent: true}},
		{[]string{"Duyệt in", "02-CTr/TU", "HN-001", "x", "có"}, Written{Part: Approve, About: "CT02", Unit: "HN-001", Paragraphs: []string{"x"}, Consent: true}},
	} {
		got := decode(t, cat, c.row)
		if len(got.Problems) > 0 || len(got.Rows) != 1 {
			t.Errorf("%q: %d rows, %v", c.row, len(got.Rows), got.Problems)
			continue
		}
		one := got.Rows[0]
		if one.Place.Row != 3 {
			t.Errorf("%q stands at row %d", c.row, one.Place.Row)
		}
		if one.Part != c.want.Part || one.About != c.want.About || one.Unit != c.want.Unit || one.Consent != c.want.Consent || !slices.Equal(one.Paragraphs, c.want.Paragraphs) {
			t.Errorf("%q is %+v", c.row, one)
		}
	}
}

// Rows that were prepared and not filled in say nothing, and nothing is wrong
// with them.
func TestDecodePreparedRows(t *testing.T) {
	got := decode(t, shipped(t),
		[]string{"III. Đánh giá"}, []string{"Nguyên nhân", "CT02_LD – Số lao động"}, []string{"In nội dung của đơn vị"},
		[]string{"Duyệt in", "CT02", "HN-001", "chị Hoa 0912 345 678", ""}, []string{"Duyệt in", "CT02", "HN-001", "chị Hoa 0912 345 678", "không"}, nil)
	if len(got.Rows) > 0 || len(got.Problems) > 0 {
		t.Errorf("%+v", got)
	}
}

func TestDecodeProblems(t *testing.T) {
	cat := shipped(t)
	for _, c := range []struct {
		row    []string
		column string
		want   string // part of what would be right
	}{
		{[]string{"", "", "", "x"}, "part", ""},
		{[]string{"I. Công tác chỉ đạp", "", "", "x"}, "part", "I. Công tác chỉ đạo"},
		{[]string{"Phương hướng", "", "", "x"}, "part", "IV. Phương hướng, nhiệm vụ"},
		{[]string{"II. Kết quả", "", "", "x"}, "part", "Nguyên nhân"},
		{[]string{"III. Đánh giá", "CT02_LD", "", "x"}, "about", ""},
		{[]string{"III. Đánh giá", "", "HN-001", "x"}, "unit", ""},
		{[]string{"Nguyên nhân", "", "", "x"}, "about", ""},
		{[]string{"Nguyên nhân", "CT02_LDD", "", "x"}, "about", "CT02_LD"},
		{[]string{"Nguyên nhân", "CT02", "", "x"}, "about", ""},
		{[]string{"In nội dung của đơn vị", "CT02_LD", "tất cả"}, "about", "CT07_GP1_ND"},
		{[]string{"In nội dung của đơn vị", "CT07_GP1_TRT", "tất cả"}, "about", "CT07_GP1_ND"},
		{[]string{"In nội dung của đơn vị", "CT07_GP1_ND", ""}, "unit", ""},
		{[]string{"In nội dung của đơn vị", "CT07_GP1_ND", "Quận Ba Đinhh"}, "unit", "Quận Ba Đình"},
		{[]string{"In nội dung của đơn vị", "CT07_GP1_ND", "tất cả", "", "có"}, "consent", ""},
		{[]string{"In nội dung của đơn vị", "CT07_GP1_ND", "tất cả", "x"}, "text", ""},
		{[]string{"Duyệt in", "CT02", "tất cả", "x", "có"}, "unit", ""},
		{[]string{"Duyệt in", "CT02", "HN-001", "", "có"}, "text", ""},
		{[]string{"Duyệt in", "CT02", "HN-001", "x", "chắc"}, "consent", "có | không"},
	} {
		got := decode(t, cat, c.row)
		if len(got.Rows) > 0 || len(got.Problems) != 1 {
			t.Errorf("%q: %d rows, %v", c.row, len(got.Rows), got.Problems)
			continue
		}
		p := got.Problems[0]
		if p.Column != c.column || p.Row != 3 || !strings.Contains(p.Want, c.want) {
			t.Errorf("%q: %+v", c.row, p)
		}
	}
}
