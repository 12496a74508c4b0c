package wording

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

func TestParagraphTemplatesAreCheckedAtLoad(t *testing.T) {
	book := shipped(t)
	for name, c := range map[string]struct {
		text string
		want string // in the error; none is to be one where it is empty
	}{
		"works":                    {"{{range .Headline}}{{.Name}} {{.Own.Amount}}{{end}}", ""},
		"says nothing":             {"", ""},
		"methods are fields":       {"{{if .Others.Provisional}}x{{end}}", ""},
		"never closed":             {"a\n{{if .Code}}\nb", "mau/paragraphs.vi.tmpl:3: mẫu viết chưa đúng cách; thường là thiếu end hay dấu ngoặc, hoặc sai tên hàm: unexpected EOF"},
		"no such function":         {"a\n{{money 3}}", `function "money" not defined`},
		"no such field":            {"a\n{{.Total}}", "mau/paragraphs.vi.tmpl:2:2: không có trường Total"},
		"in a branch never taken":  {"{{if eq .Code \"CT99\"}}\n{{range .Headline}}{{.Own.Amuont}}{{end}}{{end}}", "mau/paragraphs.vi.tmpl:2:"},
		"in a part never used":     {"{{define \"x\"}}\n\n{{.Nmae}}{{end}}", "mau/paragraphs.vi.tmpl:3:"},
		"of a variable":            {"{{$a := .}}{{with .Headline}}{{$a.Nmae}}{{end}}", "không có trường Nmae (có phải là Name?)"},
		"of what is computed":      {"{{(index .Headline 0).Nmae}}", "không có trường Nmae (có phải là Name?)"},
		"a field of another thing": {"{{range .Headline}}\n{{.Amount}}{{end}}", "mau/paragraphs.vi.tmpl:2:"},
		"fails where there is none": {
			"\n{{(index .Headline 0).Name}}", "mau/paragraphs.vi.tmpl:2:"},
		"fails on an empty text": {"{{range .Headline}}{{slice .Name 0 1}}{{end}}", "mau/paragraphs.vi.tmpl:1:"},
		"runs in a circle":       {"{{range 100000}}{{$.Code}}long{{end}}", "viết quá 20.000 ký tự"},
	} {
		_, err := book.WithParagraphs(fstest.MapFS{"paragraphs.vi.tmpl": {Data: []byte(c.text)}}, "mau")
		var told TemplateErrors
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.want != "" && (!errors.As(err, &told) || !strings.Contains(told[0].Tell(book.In(Vietnamese)), c.want)):
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
	if _, err := book.WithParagraphs(fstest.MapFS{}, "mau"); err == nil || !strings.Contains(err.Error(), "mau/paragraphs.vi.tmpl") {
		t.Errorf("without a template: %v", err)
	}
}

// Both languages are checked, and every error told.
func TestParagraphTemplatesOfBothLanguages(t *testing.T) {
	_, err := shipped(t).WithParagraphs(fstest.MapFS{"paragraphs.vi.tmpl": {Data: []byte("{{")}, "paragraphs.en.tmpl": {Data: []byte("\n{{.X}}")}}, "mau")
	for _, want := range []string{"paragraphs.vi.tmpl:1:", "\nmau/paragraphs.en.tmpl:2:"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestParagraphFunctions(t *testing.T) {
	facts := ProgrammeFacts{Missing: 1234, Number: "CNTT và số", Name: "Trong đó: Đơn vị", Others: Indicators{{Name: "a"}, {Name: "b"}}}
	own := `{{count .Missing}} {{lower .Number}} {{lower (without "Trong đó" .Name)}} {{upper "đạt"}} {{range upto 1 .Others}}{{.Name}}{{end}}{{len (upto 9 .Others)}}

  hết`
	book, err := shipped(t).WithParagraphs(fstest.MapFS{"paragraphs.vi.tmpl": {Data: []byte(own)}}, "mau")
	if err != nil {
		t.Fatal(err)
	}
	got, err := book.In(Vietnamese).Paragraph(facts)
	if want := "1.234 CNTT và số đơn vị Đạt a2\nhết"; got != want || err != nil {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	// A language without a template of the office keeps the shipped one.
	if got, err := book.In(English).Paragraph(facts); err != nil || !strings.HasPrefix(got, "Main results") {
		t.Errorf("got %q, %v", got, err)
	}
}
