package intake

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

func issued(t *testing.T, cat *catalogue.Catalogue, month string, filled form.Filled) []byte {
	t.Helper()
	m, err := period.ParseMonth(month)
	if err != nil {
		t.Fatal(err)
	}
	unit, _ := cat.Unit("HN-001")
	version, ok := cat.FormFor(m, times.Scheme)
	if !ok {
		t.Fatal("no form")
	}
	data, err := form.Build(form.Input{
		Catalogue: cat, Unit: unit, Month: m, Scheme: times.Scheme, Form: version, Filled: &filled, Created: sunday,
		Previous: func(string) (figure.Figure, figure.Figure) {
			return figure.Of(figure.Int(777)), figure.Of(figure.Int(7777))
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What a unit types into the form it was given is what is read back, and no
// figure of the city's own columns with it.
func TestReadsTheFormBack(t *testing.T) {
	cat := office(t)
	number := func(s string) form.Content { return form.Number(figure.MustParse(s)) }
	answers := map[string]form.Answer{
		"LD": {Content: number("41"), Note: "3 lớp"}, "LD_NU": {Content: form.Text("chưa có số liệu")},
		"CS": {Content: number("21")}, "TL": {Content: number("82.91")}, "NAM": {Content: number("5")},
		"VU": {Content: form.Text("KAD")}, "TT": {Content: form.Text("hoàn thành")}, "NX": {Content: form.Text("Dòng một\nDòng hai")},
	}
	data := issued(t, cat, "2025-06", form.Filled{
		Answers: answers, PreparedBy: "Nguyễn Thị An", ApprovedBy: "Trần Thị Bình", Phone: "024 1234", Version: 2, Reason: "sửa số",
		Remarks: []submission.Remark{{Programme: "CT02", Kind: submission.Proposals, Text: "Đề nghị tập huấn"}},
	})
	for name, data := range map[string][]byte{"as issued": data, "names lost": withoutNames(t, data)} {
		r := Read(submission.File{Path: "2025-06/a.xlsx"}, data, cat, times, workbook.DefaultLimits())
		if got := said(r); len(got) > 0 {
			t.Errorf("%s: findings %q", name, got)
		}
		want := "LD=41 LD_NU=not_available CS=21 TL=82.91 NAM=5 VU=not_applicable TT=hoàn thành NX=Dòng một\nDòng hai"
		if got := figures(r.Submission); got != want {
			t.Fatalf("%s: got %s", name, got)
		}
		s := r.Submission
		if s.Unit != "HN-001" || s.Period.String() != "2025-06" || s.FormVersion != "M1" || s.Version != 2 || s.Reason != "sửa số" ||
			s.PreparedBy != "Nguyễn Thị An" || s.ApprovedBy != "Trần Thị Bình" || s.Phone != "024 1234" || s.NilReturn {
			t.Errorf("%s: %+v", name, s)
		}
		if v, _ := s.Value("LD"); v.Note != "3 lớp" || !strings.HasPrefix(v.Cell, "E") {
			t.Errorf("%s: %+v", name, v)
		}
		if len(s.Remarks) != 1 || s.Remarks[0].Text != "Đề nghị tập huấn" || s.Remarks[0].Programme != "CT02" || s.Remarks[0].Kind != submission.Proposals {
			t.Errorf("%s: %+v", name, s.Remarks)
		}
		if !s.Modified.Equal(sunday) {
			t.Errorf("%s: modified %s", name, s.Modified)
		}
	}
}

func TestFormLeftBlank(t *testing.T) {
	cat := office(t)
	read := func(filled form.Filled) submission.Received {
		return Read(submission.File{Path: "a.xlsx"}, issued(t, cat, "2025-05", filled), cat, times, workbook.DefaultLimits())
	}
	r := read(form.Filled{})
	if got, want := figures(r.Submission), "LD=blank LD_NU=blank CS=blank TL=blank NAM=blank(not due) VU=blank TT=blank NX=blank"; got != want || len(said(r)) > 0 {
		t.Errorf("blank form: %s, %q", got, said(r))
	}
	r = read(form.Filled{Nil: true})
	if got, want := figures(r.Submission), "LD=none LD_NU=none CS=blank TL=blank NAM=blank(not due) VU=none TT=blank NX=blank"; got != want || !r.Submission.NilReturn {
		t.Errorf("nil form: %s", got)
	}
	if got := said(r); len(got) != 1 || !strings.HasPrefix(got[0], "nil-return") {
		t.Errorf("nil form: %q", got)
	}
}

// Every state that the form's guide knows is read back as that state.
func TestStatesOfTheFormAreReadBack(t *testing.T) {
	cat := office(t)
	for _, state := range []figure.Figure{
		figure.Of(figure.Int(12)), figure.Without(figure.None), figure.Without(figure.NotAvailable), figure.Without(figure.NotApplicable), {},
	} {
		data := issued(t, cat, "2025-05", form.Filled{Answers: map[string]form.Answer{"VU": {Content: form.Of(state)}}})
		r := Read(submission.File{Path: "a.xlsx"}, data, cat, times, workbook.DefaultLimits())
		if v, _ := r.Submission.Value("VU"); !v.Figure.Equal(state) {
			t.Errorf("%s read as %s", state, v.Figure)
		}
	}
	for word, want := range map[string]figure.State{
		"-": figure.None, "KPS": figure.None, "không phát sinh": figure.None, "không có": figure.None,
		"…": figure.NotAvailable, "...": figure.NotAvailable, "không áp dụng": figure.NotApplicable,
	} {
		data := issued(t, cat, "2025-05", form.Filled{Answers: map[string]form.Answer{"VU": {Content: form.Text(word)}}})
		r := Read(submission.File{Path: "a.xlsx"}, data, cat, times, workbook.DefaultLimits())
		if v, _ := r.Submission.Value("VU"); !v.Figure.Is(want) {
			t.Errorf("%q read as %s", word, v.Figure)
		}
	}
}

// withoutNames saves the workbook as a program would that knows no defined
// names.
func withoutNames(t *testing.T, data []byte) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range slices.Clone(f.GetDefinedName()) {
		if !strings.HasPrefix(name.Name, "TH_") || strings.HasPrefix(name.Name, "TH_TU_") {
			continue
		}
		if err := f.DeleteDefinedName(&excelize.DefinedName{Name: name.Name}); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
