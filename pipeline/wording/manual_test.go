package wording

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"tonghop/pipeline/finding"
)

// manualFile is the page of all codes that people look up. It is made from the
// tables; run the test with -update after changing them.
const manualFile = "../../docs/findings.md"

func TestManualIsCurrent(t *testing.T) {
	book := shipped(t)
	var page bytes.Buffer
	page.WriteString("# Các mã lỗi · Finding codes\n\n")
	page.WriteString("<!-- Made from templates/wording/findings.csv: go test ./pipeline/wording -update -->\n\n")
	page.WriteString("[Tiếng Việt](#tiếng-việt) · [English](#english)\n\n")
	writeManual(&page, book.In(Vietnamese), "Tiếng Việt", manualWords{
		intro: "Mỗi điểm chương trình nêu ra có một mã. Tra mã ở đây, hoặc gõ `tonghop finding MÃ`. " +
			"“Đề nghị sửa”: số liệu chưa được dùng cho đến khi sửa. “Đề nghị xem lại”: số liệu vẫn được dùng. “Ghi chú”: để biết.",
		code: "Mã", title: "Nội dung", severity: "Mức", example: "Ví dụ", arguments: "Tham số cho chương trình khác",
	})
	page.WriteString("\n")
	writeManual(&page, book.In(English), "English", manualWords{
		intro: "Everything the program points out has a code. Look it up here, or with `tonghop finding CODE`. " +
			"“To correct”: the figure is not used until it is corrected. “To check”: the figure is used. “Note”: good to know.",
		code: "Code", title: "What", severity: "Severity", example: "Example", arguments: "Arguments for other programs",
	})
	if *update {
		if err := os.WriteFile(manualFile, page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(manualFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, page.Bytes()) {
		t.Errorf("%s is not what the tables say; run go test ./pipeline/wording -update", manualFile)
	}
}

// plausible leaves out the arguments that do not go together with the others of
// their code.
func plausible(arg string) bool { return arg != "why" && arg != "title" }

type manualWords struct{ intro, code, title, severity, example, arguments string }

func writeManual(page *bytes.Buffer, p Phrases, heading string, w manualWords) {
	fmt.Fprintf(page, "## %s\n\n%s\n\n| %s | %s | %s |\n|---|---|---|\n", heading, w.intro, w.code, w.title, w.severity)
	for _, d := range finding.Definitions {
		e, _ := p.Explain(d.Code)
		fmt.Fprintf(page, "| `%s` | %s | %s |\n", d.Code, e.Title, p.Severity(d.Severity))
	}
	var stage finding.Stage
	for _, d := range finding.Definitions {
		if d.Stage != stage {
			stage = d.Stage
			fmt.Fprintf(page, "\n### %s\n", p.Stage(stage))
		}
		e, _ := p.Explain(d.Code)
		s := p.Finding(example(d.Code, plausible), exampleFacts)
		fmt.Fprintf(page, "\n#### `%s`: %s\n\n*%s.* %s\n\n> %s: %s %s\n", d.Code, e.Title, p.Severity(d.Severity), e.Text, w.example, s.Message, s.Remedy)
		if len(e.Args) > 0 {
			var names []string
			for _, a := range e.Args {
				names = append(names, fmt.Sprintf("`%s` (%s)", a.Name, a.Kind))
			}
			fmt.Fprintf(page, "\n%s: %s\n", w.arguments, strings.Join(names, ", "))
		}
	}
}
